internal import Checkpoints
internal import Files
internal import Modules
internal import Tensors
internal import Training

/// The checkpoints of one training inside a run folder.
struct TrainingStore {
  let folder: Folder
  let name: String
  let configuration: [String: String]

  /// What the names of folders with checkpoints begin with.
  static let prefix = "checkpoints-"

  /// Whether a file of such a folder was written here.
  static func isOwn(_ name: String) -> Bool {
    name.hasSuffix(".h5") && (name.hasPrefix("ckpt-") || name.hasPrefix("snapshot-"))
  }

  private var checkpoints: CheckpointFolder { CheckpointFolder(folder.file(directory), keep: 1) }
  private var directory: String { Self.prefix + name }

  /// The files of the training, by their names in the run folder.
  var files: [String] {
    let names = (try? Folder(folder.file(directory)).names) ?? []
    return names.filter(Self.isOwn).sorted().map { "\(directory)/\($0)" }
  }

  /// Saves where the training stands.
  func save(_ model: some Module, _ optimizer: some Module, _ random: RandomSource, _ history: History) throws {
    var progress = Progress(epoch: history.rows.count, random: random)
    try progress.keep(history, as: "history")
    try progress.keep(configuration, as: "configuration")
    try folder.make()
    try checkpoints.save(model, optimizer, at: progress)
  }

  /// Puts the newest saved state back; an empty history where there is none.
  func resume(
    _ model: inout some Module, _ optimizer: inout some Module, _ random: inout RandomSource, isForced: Bool
  ) throws -> History {
    if checkpoints.steps.isEmpty { return History() }
    let (freshModel, freshOptimizer) = (model, optimizer)
    let progress = try checkpoints.loadNewest(into: &model, &optimizer)
    let saved: [String: String] = try progress.value("configuration")
    let differences = Set(saved.keys).union(configuration.keys).sorted().filter { saved[$0] != configuration[$0] }
    if !differences.isEmpty && !isForced {
      (model, optimizer) = (freshModel, freshOptimizer)
      let list = differences.map { "\($0): \(saved[$0] ?? "none") there, \(configuration[$0] ?? "none") now" }
      throw RunError.differs(path: checkpoints.path, differences: list)
    }
    random = try progress.random
    return try progress.value("history")
  }

  /// Saves the model of one epoch, for pictures.
  func save(snapshot model: some Module, _ epoch: Int) throws {
    try folder.make()
    try Folder(folder.file(directory)).make()
    try Checkpoint.save(model, to: path(of: epoch), at: Progress(epoch: epoch))
  }

  /// The model of one epoch.
  func snapshot<Model: Module>(_ epoch: Int, of model: Model) throws -> Model {
    var result = model
    _ = try Checkpoint.load(path(of: epoch), into: &result)
    return result
  }

  private func path(of epoch: Int) -> String { folder.file("\(directory)/snapshot-\(epoch).h5") }
}
