#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// How numbers are spread along an axis.
public enum Scale: Hashable, Sendable {
  /// Equal steps for equal differences.
  case linear
  /// Equal steps for equal ratios; only positive numbers can be shown.
  case logarithmic
  /// Logarithmic in both directions from ±`threshold` on and linear between, for numbers of both signs.
  case symmetricLogarithmic(threshold: Double)

  /// The place of a number on the unscaled axis; not-a-number where the scale shows nothing.
  public func forward(_ value: Double) -> Double {
    switch self {
    case .linear: value
    case .logarithmic: value > 0 ? log10(value) : .nan
    case .symmetricLogarithmic(let threshold):
      abs(value) <= threshold
        ? value / threshold : (value < 0 ? -1 : 1) * (1 + log10(abs(value) / threshold))
    }
  }

  /// The number at a place.
  public func inverse(_ place: Double) -> Double {
    switch self {
    case .linear: place
    case .logarithmic: pow(10, place)
    case .symmetricLogarithmic(let threshold):
      abs(place) <= 1 ? place * threshold : (place < 0 ? -1 : 1) * threshold * pow(10, abs(place) - 1)
    }
  }

  /// Whether the scale can show a number.
  public func shows(_ value: Double) -> Bool { value.isFinite && (self != .logarithmic || value > 0) }
}
