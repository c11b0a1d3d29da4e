public import Files
public import Modules

/// A folder of checkpoints of one training: the newest few and the best.
///
/// Every checkpoint is one file that is complete or absent, named by its step: `ckpt-00001200.h5`. There is no file that
/// says which one is newest and could be wrong; the newest is found by looking.
public struct CheckpointFolder: Sendable {
  /// Where the folder is.
  public var path: String { folder.path }
  /// How many of the newest checkpoints are kept, besides the best one.
  public var keep: Int
  /// Whether NaN and infinite numbers are saved.
  public var allowNonFinite = false

  let folder: Folder
  let operations: any FileOperations

  /// A folder that is made with the first checkpoint.
  public init(_ path: String, keep: Int = 3, operations: any FileOperations = SystemFiles()) {
    if keep < 1 { fatalError("CheckpointFolder: keep: \(keep): at least the newest checkpoint must be kept") }
    self.keep = keep
    self.operations = operations
    folder = Folder(path, operations: operations)
  }

  /// Saves a model; afterwards it is on the disk, and checkpoints beyond `keep` are gone.
  public func save(_ model: some Module, at progress: Progress) throws(SaveError) {
    try save([("model", model.arrays)], at: progress)
  }

  /// Saves a model and its optimizer; afterwards they are on the disk, and checkpoints beyond `keep` are gone.
  public func save(_ model: some Module, _ optimizer: some Module, at progress: Progress) throws(SaveError) {
    let parts = [("model", model.arrays), ("optimizer", optimizer.arrays)]
    try save(parts, at: progress)
  }

  private func save(_ parts: [(name: String, arrays: [NamedArray])], at progress: Progress) throws(SaveError) {
    try folder.make()
    let name = Entry.name(step: progress.step)
    try checkOrder(of: progress.step)
    try Checkpoint.write(
      parts, progress, to: folder.file(name), AtomicWriter(operations: operations), allowNonFinite: allowNonFinite)
    // From here on the new checkpoint is safe; older ones may go.
    _ = try removeLeftovers(in: path, operations: operations) { Entry(name: $0) != nil }
    try prune()
  }

  // A training that starts again in the folder of a longer one would be forgotten by `loadNewest`.
  private func checkOrder(of step: Int) throws(SaveError) {
    for entry in (try? entries()) ?? [] where entry.step > step {
      let reader = FileReader(operations: operations)
      guard (try? SealedFile(readingFrom: folder.file(entry.name), reader: reader)) != nil else { continue }
      let reason = "\(path) holds the later step \(entry.step): go on with loadNewest, or choose an empty folder"
      throw .unsupported(path: folder.file(Entry.name(step: step)), reason: reason)
    }
  }

  private func prune() throws(SaveError) {
    guard let entries = try? entries() else { return }
    let best = Self.best(of: entries)
    let old = entries.filter(\.isSealed).dropFirst(keep).filter { $0.step != best?.step }
    try folder.remove(old.map(\.name))
  }
}
