/// Stands for an option, a flag or an argument of a command; `values[option]` is what was given for it.
///
/// `Value` is `Bool` for a flag, an array for a list, and an optional for an option that has no default.
public struct Option<Value: Sendable>: Sendable {
  let key: String

  init(_ parameter: Parameter) { key = parameter.key }
}

/// What the words of a command line may say: one option, flag or argument, without the type of its value.
struct Parameter: Sendable {
  enum Kind: Sendable { case flag, single, list, argument, arguments }

  let command: String
  let name: String
  var short: Character?
  let kind: Kind
  var placeholder = ""
  let help: String
  var group = ""
  /// What the help adds in parentheses: choices, limits, the default.
  var notes: [String] = []
  /// The value when nothing is given, and how it is written; without one, something has to be given.
  var absent: (value: any Sendable, text: String)?
  /// Makes the value of the words that were given, or says what is wrong with them.
  let convert: @Sendable ([String]) throws(Complaint) -> any Sendable

  /// Tells the parameters of a command and its subcommands apart.
  var key: String { "\(command) \(name)" }
  var isPositional: Bool { kind == .argument || kind == .arguments }
  /// How messages call it.
  var spelling: String { isPositional ? name : "--\(name)" }
}

/// What is wrong with the words given for a parameter, before it is known which parameter that is.
struct Complaint: Error {
  let text: String
}

/// How words become values of `Value`, and which of them are welcome.
struct Conversion<Value: ArgumentValue>: Sendable {
  var expectation = Value.argumentExpectation
  var choices = Value.argumentChoices
  var accepts: @Sendable (Value) -> Bool = { _ in true }
  /// What the help says about the limits; empty if there are none.
  var limits = ""

  /// Every value of the type.
  init() {}

  /// The values in a range.
  init<R: RangeExpression & Sendable>(in range: R) where R.Bound == Value, Value: Comparable {
    accepts = { range.contains($0) }
    limits = describe(range)
    let link = limits.hasPrefix("at ") ? "of " : ""
    expectation = "\(Value.argumentExpectation) \(link)\(limits)"
  }

  func callAsFunction(_ word: String) throws(Complaint) -> Value {
    if let value = Value(argument: word), accepts(value) {
      if choices.isEmpty || choices.contains(word) { return value }
    }
    let hint = nearest(to: word, among: choices).map { ": did you mean \($0)?" } ?? ""
    throw Complaint(text: "expected \(expectation), found \(quoted(word))\(hint)")
  }

  func list(_ words: [String]) throws(Complaint) -> [Value] {
    var values: [Value] = []
    for word in words {
      let parts =
        Value.argumentsSplitAtCommas ? word.split(separator: ",", omittingEmptySubsequences: false) : [word[...]]
      for part in parts { values.append(try self(String(part))) }
    }
    return values
  }
}

extension Conversion where Value == String {
  /// The given words.
  init(oneOf words: [String]) {
    choices = words
    expectation = "one of \(words.joined(separator: ", "))"
  }
}

/// A range in words: "at least 1".
private func describe<R: RangeExpression>(_ range: R) -> String where R.Bound: ArgumentValue {
  switch range {
  case let range as ClosedRange<R.Bound>: "from \(range.lowerBound.argumentText) to \(range.upperBound.argumentText)"
  case let range as Range<R.Bound>: "from \(range.lowerBound.argumentText) to below \(range.upperBound.argumentText)"
  case let range as PartialRangeFrom<R.Bound>: describe(from: range.lowerBound)
  case let range as PartialRangeThrough<R.Bound>: "at most \(range.upperBound.argumentText)"
  case let range as PartialRangeUpTo<R.Bound>: "below \(range.upperBound.argumentText)"
  default: "in \(range)"
  }
}

/// The lower limit in words. Swift has no range that leaves its lower bound out; the least positive number is one.
private func describe<Bound: ArgumentValue>(from bound: Bound) -> String {
  if let number = bound as? Double, number == .leastNonzeroMagnitude { return "above 0" }
  return "at least \(bound.argumentText)"
}
