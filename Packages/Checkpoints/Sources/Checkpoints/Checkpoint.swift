public import Files
internal import HDF5
public import Modules

/// Saves a model, and what trains it, as one file, and loads it again.
public enum Checkpoint {
  /// Saves a model at `path`.
  ///
  /// - Parameter allowNonFinite: whether NaN and infinite numbers are written; usually they are a failed training.
  public static func save(
    _ model: some Module, to path: String, at progress: Progress = Progress(epoch: 0), allowNonFinite: Bool = false
  ) throws(SaveError) {
    try write([("model", model.arrays)], progress, to: path, AtomicWriter(), allowNonFinite: allowNonFinite)
  }

  /// Saves a model and its optimizer at `path`.
  public static func save(
    _ model: some Module, _ optimizer: some Module, to path: String, at progress: Progress,
    allowNonFinite: Bool = false
  ) throws(SaveError) {
    let parts = [("model", model.arrays), ("optimizer", optimizer.arrays)]
    try write(parts, progress, to: path, AtomicWriter(), allowNonFinite: allowNonFinite)
  }

  /// Loads the model of the checkpoint at `path`: completely, or not at all.
  @discardableResult
  public static func load(
    _ path: String, into model: inout some Module, options: LoadOptions = .strict, reader: FileReader = FileReader()
  ) throws(LoadError) -> Progress {
    let stored = try StoredCheckpoint(path, reader: reader)
    let assignment = try Assignment(stored.model, to: model, options: options, path: path)
    try refuse([("model", assignment.refused(by: options))], path: path)
    assignment.apply(to: &model)
    return stored.progress(leavingOut: [assignment])
  }

  /// Loads the model and the optimizer of the checkpoint at `path`: both completely, or neither.
  @discardableResult
  public static func load(
    _ path: String, into model: inout some Module, _ optimizer: inout some Module, options: LoadOptions = .strict,
    reader: FileReader = FileReader()
  ) throws(LoadError) -> Progress {
    let stored = try StoredCheckpoint(path, reader: reader)
    let first = try Assignment(stored.model, to: model, options: options, path: path)
    // A new optimizer remembers nothing yet; it takes its shape from the model, as before its first step.
    var prepared = shaped(optimizer, for: &model)
    let second = try Assignment(stored.optimizer, to: prepared, options: options, path: path)
    try refuse([("model", first.refused(by: options)), ("optimizer", second.refused(by: options))], path: path)
    first.apply(to: &model)
    second.apply(to: &prepared)
    optimizer = prepared
    return stored.progress(leavingOut: [first, second])
  }

  private static func shaped<Other: Module>(_ other: Other, for model: inout some Module) -> Other {
    guard var companion = other as? any Companion & Module else { return other }
    companion.prepare(for: &model)
    return companion as? Other ?? other
  }

  static func write(
    _ parts: [(name: String, arrays: [NamedArray])], _ progress: Progress, to path: String, _ writer: AtomicWriter,
    allowNonFinite: Bool
  ) throws(SaveError) {
    var content = HDF5Content(groups: parts.map(\.name))
    var truthValues: [String] = []
    for (part, arrays) in parts {
      for array in arrays {
        let name = "\(part)/\(array.name)"
        if array.type == .bool { truthValues.append(name) }
        content.arrays.append(NamedArray(name: name, type: array.type, shape: array.shape, bytes: array.bytes))
      }
    }
    guard Set(content.arrays.map(\.name)).count == content.arrays.count else {
      throw .unsupported(path: path, reason: "two tensors have the same name: give each line of visit its own")
    }
    let manifest = Manifest(progress: progress, truthValues: truthValues.sorted())
    content.arrays.append(manifest.array)
    content.attributes.append(.init("format", .text("wabe checkpoint")))
    content.attributes.append(.init("version", .integer(Int64(Manifest.newestVersion))))
    let file = SealedFile(content: content, step: progress.step, score: progress.score)
    do throws(SaveError) {
      try file.write(to: path, writer: writer) { array in
        // A lone number of an optimizer may be infinite, as the best loss is before there was one.
        !allowNonFinite && !(array.name.hasPrefix("optimizer/") && array.shape.isEmpty)
      }
    } catch {
      guard case .nonFinite(let path, let name, let count) = error else { throw error }
      // The model's names, not those of the file: "first.weight" for "model/first.weight".
      throw .nonFinite(path: path, name: String(name.split(separator: "/", maxSplits: 1)[1]), count: count)
    }
  }

  private static func refuse(_ parts: [(name: String, mismatch: Mismatch)], path: String) throws(LoadError) {
    var all = Mismatch()
    for (name, mismatch) in parts where !mismatch.isEmpty {
      // Only the optimizer's names need to say where they belong.
      func full(_ path: String) -> String { name == "model" ? path : "\(name).\(path)" }
      all.missing += mismatch.missing.map(full)
      all.unexpected += mismatch.unexpected.map(full)
      all.different += mismatch.different.map {
        .init(name: full($0.name), expected: $0.expected, found: $0.found)
      }
    }
    if !all.isEmpty { throw .mismatch(path: path, all) }
  }
}

/// A checkpoint in memory, verified, not yet in any model.
struct StoredCheckpoint {
  private(set) var model: [NamedArray] = []
  private(set) var optimizer: [NamedArray] = []
  private let manifest: Manifest

  init(_ path: String, reader: FileReader) throws(LoadError) {
    let file = try SealedFile(readingFrom: path, reader: reader)
    guard let meta = file.content.arrays.first(where: { $0.name == "meta" }) else {
      throw .corrupt(path: path, expected: "the manifest of a checkpoint", found: "none")
    }
    manifest = try Manifest(meta, path: path)
    let truthValues = Set(manifest.truthValues)
    for array in file.content.arrays where array.name != "meta" {
      let parts = array.name.split(separator: "/", maxSplits: 1)
      guard parts.count == 2 else { throw .corrupt(path: path, expected: "a known part", found: array.name) }
      let isTruth = truthValues.contains(array.name)
      if isTruth, array.type != .uint8 || array.bytes.withBytes({ $0.contains { $0 > 1 } }) {
        throw .corrupt(path: path, expected: "truth values in \(array.name)", found: "other numbers")
      }
      let named = NamedArray(
        name: String(parts[1]), type: isTruth ? .bool : array.type, shape: array.shape, bytes: array.bytes)
      switch parts[0] {
      case "model": model.append(named)
      case "optimizer": optimizer.append(named)
      default: throw .corrupt(path: path, expected: "a known part", found: array.name)
      }
    }
  }

  /// Where the training stood; what the options allowed to leave out is in its notices.
  func progress(leavingOut assignments: [Assignment]) -> Progress {
    var progress = manifest.progress
    progress.notices = assignments.filter { !$0.mismatch.isEmpty }.map { "not loaded: \($0.mismatch)" }
    return progress
  }
}
