#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A regular polygon around the sheet's circle of radius 5, whose square of points has twice the area of the disc.
struct RegularPolygon {
  /// The number of corners, at least 4: a triangle would stick out of the square.
  let corners: Int
  /// The distance of the edges from the middle.
  let apothem: Double

  /// The share of all points of the square that it puts on the right side: what lies
  /// between polygon and circle is lost.
  var accuracy: Double {
    let radius = 5.0
    // From the middle of an edge to a corner; up to `crossing` the edge runs inside the circle.
    let end = Double.pi / Double(corners)
    let crossing = min(acos(min(apothem / radius, 1)), end)
    let inside = radius * radius * crossing - apothem * apothem * tan(crossing)
    let outside = apothem * apothem * (tan(end) - tan(crossing)) - radius * radius * (end - crossing)
    return 1 - Double(corners) * (inside + outside) / (2 * .pi * radius * radius)
  }

  /// The polygon with the largest accuracy, by golden section: there is a single maximum.
  static func best(corners: Int) -> RegularPolygon {
    func accuracy(_ apothem: Double) -> Double { RegularPolygon(corners: corners, apothem: apothem).accuracy }
    var (low, high) = (3.0, 5.0)
    let ratio = (5.0.squareRoot() - 1) / 2
    while high - low > 1e-9 {
      let (a, b) = (high - ratio * (high - low), low + ratio * (high - low))
      if accuracy(a) > accuracy(b) { high = b } else { low = a }
    }
    return RegularPolygon(corners: corners, apothem: low)
  }
}
