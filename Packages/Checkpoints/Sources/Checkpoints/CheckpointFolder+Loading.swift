public import Files
public import Modules

extension CheckpointFolder {
  /// A checkpoint in the folder, as far as its name and seal tell.
  struct Entry {
    var step: Int
    var score: Double?
    /// Whether the seal is whole; what it seals is verified by loading.
    var isSealed = false

    var name: String { Self.name(step: step) }

    static func name(step: Int) -> String {
      let digits = String(max(step, 0))
      return "ckpt-" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits + ".h5"
    }

    init?(name: String) {
      guard name.hasPrefix("ckpt-"), name.hasSuffix(".h5"), let step = Int(name.dropFirst(5).dropLast(3)), step >= 0,
        Self.name(step: step) == name
      else { return nil }
      self.step = step
    }
  }

  /// The steps of the checkpoints in the folder, newest first.
  public var steps: [Int] { ((try? entries()) ?? []).map(\.step) }

  /// Loads the newest checkpoint that is whole into a model.
  ///
  /// Damaged ones are skipped; `Progress.notices` names them.
  public func loadNewest(
    into model: inout some Module, options: LoadOptions = .strict
  ) throws(LoadError) -> Progress {
    try load(try entries()) { path throws(LoadError) in
      try Checkpoint.load(path, into: &model, options: options, reader: reader)
    }
  }

  /// Loads the newest checkpoint that is whole into a model and its optimizer, so that training goes on bit for bit.
  public func loadNewest(
    into model: inout some Module, _ optimizer: inout some Module, options: LoadOptions = .strict
  ) throws(LoadError) -> Progress {
    try load(try entries()) { path throws(LoadError) in
      try Checkpoint.load(path, into: &model, &optimizer, options: options, reader: reader)
    }
  }

  /// Loads the model with the lowest score.
  public func loadBest(into model: inout some Module, options: LoadOptions = .strict) throws(LoadError) -> Progress {
    let scored = try entries().filter { $0.score?.isNaN == false }
    let ordered = scored.sorted { ($0.score ?? 0, $0.step) < ($1.score ?? 0, $1.step) }
    return try load(ordered) { path throws(LoadError) in
      try Checkpoint.load(path, into: &model, options: options, reader: reader)
    }
  }

  private var reader: FileReader { FileReader(operations: operations) }

  private func load(
    _ entries: [Entry], with loadOne: (String) throws(LoadError) -> Progress
  ) throws(LoadError) -> Progress {
    var notices: [String] = []
    for entry in entries {
      do throws(LoadError) {
        var progress = try loadOne(folder.file(entry.name))
        progress.notices = notices + progress.notices
        return progress
      } catch {
        // Only damage is a reason to look further: an older checkpoint fits a wrong model no better.
        guard case .corrupt = error else { throw error }
        notices.append("skipped \(error.description)")
      }
    }
    if let first = notices.first {
      throw .corrupt(path: path, expected: "at least one whole checkpoint", found: "only damaged ones, first: \(first)")
    }
    throw .notFound(path: folder.file("ckpt-*.h5"))
  }

  /// All checkpoints by name and seal, newest first.
  func entries() throws(LoadError) -> [Entry] {
    var entries: [Entry] = []
    for name in try folder.names {
      guard var entry = Entry(name: name) else { continue }
      if let head = try? reader.read(folder.file(name), first: Seal.byteCount),
        let seal = try? Seal(head.withBytes { Array($0) }, path: name)
      {
        (entry.isSealed, entry.score) = (true, seal.score)
      }
      entries.append(entry)
    }
    return entries.sorted { $0.step > $1.step }
  }

  static func best(of entries: [Entry]) -> Entry? {
    entries.filter { $0.score?.isNaN == false }.min { ($0.score ?? 0, $0.step) < ($1.score ?? 0, $1.step) }
  }
}
