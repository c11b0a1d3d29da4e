/// What a comparison of gradients with central differences found.
public struct GradientCheck: Sendable {
  /// One partial derivative, found in two ways.
  public struct Entry: Sendable, Equatable {
    /// Which input it is taken by.
    public let input: Int
    /// Where in that input, one index per axis.
    public let element: [Int]
    /// Which number of the result it is taken of, one index per axis.
    public let output: [Int]
    /// The value that the gradient rules give.
    public let gradient: Double
    /// The value that central differences give.
    public let difference: Double

    /// How far apart the two are.
    public var error: Double { (gradient - difference).magnitude }
  }

  /// Whether all derivatives agree, apart from kinks that were skipped, and at least one was compared.
  public internal(set) var passed = true
  /// The number of derivatives that were compared.
  public internal(set) var count = 0
  /// The derivative that agrees worst, measured by the tolerance.
  public internal(set) var worst: Entry?
  /// The derivatives at places where the function has a kink, and which were therefore not judged.
  public internal(set) var kinks: [Entry] = []
  /// The largest ratio of an error to what the tolerance allows: below 1 for every derivative if the check passes.
  public internal(set) var worstRatio = 0.0

  /// Judges one derivative.
  mutating func add(_ entry: Entry, tolerance: Tolerance) {
    count += 1
    let allowed = tolerance.absolute + tolerance.relative * entry.difference.magnitude
    let ratio = entry.error <= allowed ? entry.error / max(allowed, .leastNormalMagnitude) : entry.error / allowed
    let isWrong = !(entry.error <= allowed)
    if isWrong { passed = false }
    // A NaN compares as false with everything; it is the worst of all.
    if worst == nil || ratio.isNaN || ratio > worstRatio {
      worst = entry
      worstRatio = ratio.isNaN ? .infinity : ratio
    }
  }

  /// How far two values of one derivative may be apart: `absolute + relative × |difference|`.
  struct Tolerance {
    let absolute: Double
    let relative: Double
  }
}

extension GradientCheck: CustomStringConvertible {
  /// One sentence: the verdict, and the derivative that agrees worst.
  public var description: String {
    let skipped = kinks.isEmpty ? "" : ", \(kinks.count) at kinks skipped"
    guard let worst else { return "gradient check: nothing was compared\(skipped)" }
    let place = "∂output\(worst.output)/∂input \(worst.input)\(worst.element)"
    let values = "gradient \(worst.gradient), central difference \(worst.difference)"
    return passed
      ? "gradient check passed: \(count) derivatives\(skipped), worst \(place): \(values)"
      : "gradient check FAILED: \(place): \(values) (\(count) derivatives compared\(skipped))"
  }
}
