public import Tensors

/// Checks come in two kinds. `check` is for arithmetic: the reference follows from a theorem or an exact calculation and
/// holds for every seed and setting. `expect` is for thresholds that were measured over many seeds: they are judged
/// only while the experiment runs with its standard settings.
extension Run {
  /// Checks that a number is a reference value, give or take.
  public mutating func check(
    _ name: String, _ value: Double, equals reference: Double, within tolerance: Double = 0, source: String = "exact"
  ) {
    add(name, value, .equals(reference, tolerance: tolerance), .exact, source)
  }

  /// Checks that all elements of a tensor are those of a reference, give or take; the largest difference is shown.
  public mutating func check(
    _ name: String, _ value: Tensor, equals reference: Tensor, within tolerance: Double = 0, source: String = "exact"
  ) {
    // NaN has to come out as the largest difference, which `max` does not promise.
    let differences = zip(value.scalars, reference.scalars).map { $0 == $1 ? 0 : abs($0 - $1) }
    let largest = differences.contains(where: \.isNaN) ? .nan : differences.max() ?? 0
    let difference = value.shape == reference.shape ? largest : .infinity
    add("\(name), largest difference", difference, .atMost(tolerance), .exact, source)
  }

  /// Checks that a number does not exceed a bound.
  public mutating func check(_ name: String, _ value: Double, atMost bound: Double, source: String = "exact") {
    add(name, value, .atMost(bound), .exact, source)
  }

  /// Checks that a number does not fall below a bound.
  public mutating func check(_ name: String, _ value: Double, atLeast bound: Double, source: String = "exact") {
    add(name, value, .atLeast(bound), .exact, source)
  }

  /// Checks that a number lies between two bounds.
  public mutating func check(
    _ name: String, _ value: Double, between low: Double, and high: Double, source: String = "exact"
  ) {
    add(name, value, .between(low, high), .exact, source)
  }

  /// Checks that something is true.
  public mutating func check(_ name: String, holds: Bool, source: String = "exact") {
    add(name, holds ? 1 : 0, .holds, .exact, source)
  }

  /// Expects that a measured number is a reference value, give or take.
  public mutating func expect(
    _ name: String, _ value: Double, equals reference: Double, within tolerance: Double = 0, source: String = "measured"
  ) {
    add(name, value, .equals(reference, tolerance: tolerance), .statistical, source)
  }

  /// Expects that a measured number does not exceed a measured bound.
  public mutating func expect(_ name: String, _ value: Double, atMost bound: Double, source: String = "measured") {
    add(name, value, .atMost(bound), .statistical, source)
  }

  /// Expects that a measured number does not fall below a measured bound.
  public mutating func expect(_ name: String, _ value: Double, atLeast bound: Double, source: String = "measured") {
    add(name, value, .atLeast(bound), .statistical, source)
  }

  /// Expects that a measured number lies between two measured bounds.
  public mutating func expect(
    _ name: String, _ value: Double, between low: Double, and high: Double, source: String = "measured"
  ) {
    add(name, value, .between(low, high), .statistical, source)
  }

  /// Expects that something usually holds.
  public mutating func expect(_ name: String, holds: Bool, source: String = "measured") {
    add(name, holds ? 1 : 0, .holds, .statistical, source)
  }

  private mutating func add(
    _ name: String, _ value: Double, _ condition: Check.Condition, _ kind: Check.Kind, _ source: String
  ) {
    let isJudged = kind == .exact || isStandard
    checks.append(Check(name, value, condition, kind, source: source, isJudged: isJudged))
  }
}
