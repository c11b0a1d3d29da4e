internal import Files
public import Tensors

/// One execution of an experiment: what it was asked with, and what it has said, checked and drawn so far.
public struct Run {
  /// The experiment that runs.
  public let experiment: any Experiment
  /// What the user asked for.
  public let settings: Settings
  /// The answer so far.
  public internal(set) var blocks: [Block] = []
  /// The checks so far.
  public internal(set) var checks: [Check] = []
  /// The files written so far, by their names in the run folder.
  public internal(set) var files: [String] = []
  /// Where files go; nil where nothing is written.
  let folder: Folder?

  /// Begins an execution that writes into a folder of the experiment's name below the output folder.
  init(_ experiment: any Experiment, _ settings: Settings) {
    self.experiment = experiment
    self.settings = settings
    folder = settings.output.map { Folder(Folder($0).file(experiment.id)) }
  }

  /// The seed of all random numbers.
  public var seed: UInt64 { settings.seed }

  /// A source of random numbers that belongs to this seed and experiment.
  public var random: RandomSource { RandomSource(seed: seed).stream(experiment.id) }

  /// Whether to train shorter and over fewer seeds.
  public var isQuick: Bool { settings.isQuick }

  /// Whether pictures and files are wanted; a sweep over seeds only wants the checks.
  public var writesFiles: Bool { folder != nil }

  /// Seeds for a statistic over `count` trainings; at most five of them in a quick run.
  public func seeds(_ count: Int) -> [UInt64] {
    (0..<UInt64(isQuick ? min(count, 5) : count)).map { seed &* 1_000 &+ $0 }
  }

  // MARK: The experiment's own settings

  /// How often all examples are shown.
  public var epochs: Int { integer("epochs") }
  /// The number of hidden units.
  public var hidden: Int { integer("hidden") }
  /// The step width of the optimizer.
  public var learningRate: Double {
    switch value("learning-rate") {
    case .number(let number): number
    case .integer(let number): Double(number)
    case .word: fatalError("\(experiment.id): the learning rate is a number")
    }
  }
  /// The activation of the hidden units.
  public var activation: String { value("activation").description }

  /// Whether all settings are those that the thresholds were measured with.
  public var isStandard: Bool {
    !isQuick && experiment.parameters.allSatisfy { value($0.name) == $0.standard }
  }

  private func integer(_ name: String) -> Int {
    guard case .integer(let number) = value(name) else { fatalError("\(experiment.id): \(name) is a whole number") }
    return number
  }

  func value(_ name: String) -> Parameter.Value {
    guard let parameter = experiment.parameters.first(where: { $0.name == name }) else {
      fatalError("\(experiment.id): \(name) is read but not listed in `parameters`: list it with its default")
    }
    return settings.values[name] ?? parameter.standard
  }
}
