/// One part of an exercise: what it asks, and a program that answers it with numbers, figures and checks.
///
/// ```swift
/// struct OutputError: Experiment {
///   let id = "rgnn01.1.a.1"
///   let title = "The error term of the output neuron"
///   let question = "What is the derivative of the binary cross-entropy by the logit?"
///
///   func run(in run: inout Run) throws {
///     run.say("With p = σ(z) the chain rule gives (p − y) / (p (1 − p)) · p (1 − p) = p − y.")
///     run.check("derivative at z = 0, y = 1", derivative, equals: -0.5, within: 1e-15)
///   }
/// }
/// ```
public protocol Experiment: Sendable {
  /// Where it belongs: the short name of the sheet and the number of the part, such as `rgnn01.3.1`.
  var id: String { get }
  /// What it is about, in a few words.
  var title: String { get }
  /// What the exercise asks, in the project's own words.
  var question: String { get }
  /// The settings that a user may change, with their defaults; none unless stated.
  var parameters: [Parameter] { get }
  /// Whether it trains for so long that nobody expects the answer at once.
  var isLong: Bool { get }

  /// Works the exercise out. What it says, checks and draws goes into `run`.
  func run(in run: inout Run) throws
}

extension Experiment {
  /// No settings.
  public var parameters: [Parameter] { [] }
  /// An answer at once.
  public var isLong: Bool { false }
}

/// A setting of an experiment that a user may change on the command line.
public struct Parameter: Sendable, Equatable {
  /// What a setting can be.
  public enum Value: Sendable, Equatable {
    /// A whole number, any number, a word.
    case integer(Int), number(Double), word(String)
  }

  /// The name of the option without its dashes, such as `hidden`.
  public let name: String
  /// The value that the criteria of the exercise were measured with.
  public let standard: Value
  /// Which words are allowed; empty where the value is a number.
  public let choices: [String]

  /// How often all examples are shown: `--epochs`.
  public static func epochs(_ count: Int) -> Parameter { Parameter(name: "epochs", standard: .integer(count)) }
  /// The number of hidden units: `--hidden`.
  public static func hidden(_ count: Int) -> Parameter { Parameter(name: "hidden", standard: .integer(count)) }
  /// The step width of the optimizer: `--learning-rate`.
  public static func learningRate(_ rate: Double) -> Parameter {
    Parameter(name: "learning-rate", standard: .number(rate))
  }
  /// The activation of the hidden units: `--activation`.
  public static func activation(_ name: String, of choices: [String]) -> Parameter {
    Parameter(name: "activation", standard: .word(name), choices: choices)
  }

  init(name: String, standard: Value, choices: [String] = []) {
    self.name = name
    self.standard = standard
    self.choices = choices
  }
}

extension Parameter.Value: CustomStringConvertible {
  /// The value as one would type it.
  public var description: String {
    switch self {
    case .integer(let number): String(number)
    case .number(let number): String(describing: number)
    case .word(let word): word
    }
  }
}
