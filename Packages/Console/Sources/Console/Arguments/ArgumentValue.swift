/// A type whose values can be given on the command line.
///
/// An enumeration with string cases needs nothing but the conformance: its cases become the choices.
///
/// ```swift
/// enum Activation: String, CaseIterable, ArgumentValue { case relu, tanh }
/// let activation = command.option("activation", default: Activation.relu, help: "The nonlinearity.")
/// ```
public protocol ArgumentValue: Sendable {
  /// Reads the word a person typed; nil if it is no value of this type.
  init?(argument: String)
  /// How a person types this value, for the defaults in the help.
  var argumentText: String { get }
  /// What stands for the value in the help, in capitals: `N` in `--seed N`.
  static var argumentPlaceholder: String { get }
  /// What a word has to be, for error messages: "a whole number".
  static var argumentExpectation: String { get }
  /// All possible words, if they are few; otherwise empty.
  static var argumentChoices: [String] { get }
  /// Whether a list of values is one word with commas (`--hidden 32,16`) as well as the option repeated.
  static var argumentsSplitAtCommas: Bool { get }
}

extension ArgumentValue {
  /// Any word may be tried.
  public static var argumentChoices: [String] { [] }
  /// Lists may be written with commas.
  public static var argumentsSplitAtCommas: Bool { true }
}

extension ArgumentValue where Self: LosslessStringConvertible {
  /// Reads the word as the type's own description.
  public init?(argument: String) { self.init(argument) }
  /// The value's description.
  public var argumentText: String { description }
}

extension ArgumentValue where Self: RawRepresentable & CaseIterable, RawValue == String {
  /// Reads the name of a case.
  public init?(argument: String) { self.init(rawValue: argument) }
  /// The name of the case.
  public var argumentText: String { rawValue }
  /// A choice is called NAME.
  public static var argumentPlaceholder: String { "NAME" }
  /// One of the names of the cases.
  public static var argumentExpectation: String { "one of \(argumentChoices.joined(separator: ", "))" }
  /// The names of the cases.
  public static var argumentChoices: [String] { allCases.map(\.rawValue) }
}

extension Int: ArgumentValue {
  /// A number is called N.
  public static var argumentPlaceholder: String { "N" }
  /// A whole number.
  public static var argumentExpectation: String { "a whole number" }
}

extension UInt64: ArgumentValue {
  /// A number is called N.
  public static var argumentPlaceholder: String { "N" }
  /// A whole number that is not negative.
  public static var argumentExpectation: String { "a non-negative whole number" }
}

extension Double: ArgumentValue {
  /// Reads a finite number: an infinite learning rate is a slip of the finger.
  public init?(argument: String) {
    guard let number = Double(argument), number.isFinite else { return nil }
    self = number
  }
  /// A number with a fraction is called X.
  public static var argumentPlaceholder: String { "X" }
  /// A finite number.
  public static var argumentExpectation: String { "a number" }
}

extension String: ArgumentValue {
  /// Reads any word.
  public init?(argument: String) { self = argument }
  /// The text itself.
  public var argumentText: String { self }
  /// A text is called TEXT.
  public static var argumentPlaceholder: String { "TEXT" }
  /// Any text.
  public static var argumentExpectation: String { "a text" }
  /// A text may contain commas itself, so a list of texts is the option repeated.
  public static var argumentsSplitAtCommas: Bool { false }
}
