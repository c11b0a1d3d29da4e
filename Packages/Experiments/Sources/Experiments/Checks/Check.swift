/// A number that came out, beside what it has to be and where that is known from.
public struct Check: Sendable, Equatable {
  /// What the number has to fulfil.
  public enum Condition: Sendable, Equatable {
    /// It lies at a value, give or take.
    case equals(Double, tolerance: Double)
    /// It does not exceed a bound.
    case atMost(Double)
    /// It does not fall below a bound.
    case atLeast(Double)
    /// It lies between two bounds.
    case between(Double, Double)
    /// It is true: one and not zero.
    case holds
  }

  /// Whether arithmetic decides or chance has a part in it.
  public enum Kind: String, Sendable {
    /// Follows from exact arithmetic or a theorem; holds for every seed and setting.
    case exact
    /// A threshold that was measured over many seeds with the standard settings.
    case statistical
  }

  /// What was looked at.
  public let name: String
  /// What came out; 1 or 0 for something that holds or does not.
  public let value: Double
  /// What it has to fulfil.
  public let condition: Condition
  /// Whether chance has a part in it.
  public let kind: Kind
  /// Where the reference is known from, such as "exact" or "NumPy, 20 seeds".
  public let source: String
  /// Whether the threshold applies: one that was measured with other settings is shown, but not judged.
  public let isJudged: Bool

  init(_ name: String, _ value: Double, _ condition: Condition, _ kind: Kind, source: String, isJudged: Bool = true) {
    self.name = name
    self.value = value
    self.condition = condition
    self.kind = kind
    self.source = source
    self.isJudged = isJudged
  }

  /// Whether the number fulfils its condition. NaN fulfils none.
  public var passes: Bool {
    switch condition {
    case .equals(let reference, let tolerance): abs(value - reference) <= tolerance || value == reference
    case .atMost(let bound): value <= bound
    case .atLeast(let bound): value >= bound
    case .between(let low, let high): value >= low && value <= high
    case .holds: value == 1
    }
  }

  /// The outcome in one word: "PASS", "FAIL", or "shown" where the threshold does not apply.
  public var outcome: String { isJudged ? (passes ? "PASS" : "FAIL") : "shown" }

  /// The value as text.
  public var valueText: String { condition == .holds ? (value == 1 ? "yes" : "no") : value.text(7) }

  /// What the value has to be, as text.
  public var referenceText: String {
    switch condition {
    case .equals(let reference, let tolerance):
      tolerance == 0 ? reference.text(7) : "\(reference.text(7)) ± \(tolerance.text(3))"
    case .atMost(let bound): "≤ \(bound.text(5))"
    case .atLeast(let bound): "≥ \(bound.text(5))"
    case .between(let low, let high): "\(low.text(5)) … \(high.text(5))"
    case .holds: "yes"
    }
  }
}
