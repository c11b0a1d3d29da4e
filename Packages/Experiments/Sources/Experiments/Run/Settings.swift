/// What a user has asked for: the same for all experiments of one call.
public struct Settings: Sendable {
  /// The seed of all random numbers.
  public var seed: UInt64 = 7
  /// Whether to train shorter and over fewer seeds, for a first look; measured thresholds are then not judged.
  public var isQuick = false
  /// The folder of the results; nil where nothing is to be written.
  public var output: String?
  /// The folder of the image files, where there is one.
  public var data: String?
  /// Settings that differ from an experiment's own, by name.
  public var values: [String: Parameter.Value] = [:]
  /// Whether the results of an earlier run may be replaced.
  public var isForced = false
  /// Whether to go on where an earlier run stopped.
  public var isResuming = false
  /// Pixels per inch of the figures.
  public var resolution = 144.0
  /// The command line that is written into files.
  public var command = ""
  /// Called now and then during long work.
  public var progress: @Sendable (Step) -> Void = { _ in }
  /// Whether the user wants to stop.
  public var isInterrupted: @Sendable () -> Bool = { false }

  /// The usual settings, which write nothing.
  public init() {}

  /// How far long work has come.
  public struct Step: Sendable {
    /// What is done, such as "training".
    public let name: String
    /// How many parts are done, and how many there are.
    public let done: Int, total: Int
    /// What is worth knowing now, such as the loss.
    public let note: String

    /// How far some work has come.
    public init(name: String, done: Int, total: Int, note: String) {
      self.name = name
      self.done = done
      self.total = total
      self.note = note
    }
  }
}
