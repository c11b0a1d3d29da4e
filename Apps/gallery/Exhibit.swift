import Drawing
import Plotting

/// One picture of the gallery.
struct Exhibit: Sendable {
  var name: String
  var make: @Sendable (Theme) throws -> any Picture

  init(_ name: String, _ make: @escaping @Sendable (Theme) throws -> any Picture) {
    self.name = name
    self.make = make
  }
}

let exhibits = plotExhibits + fieldExhibits + chartExhibits + networkExhibits + graphExhibits

/// Repeatable made-up numbers for the exhibits: a small linear congruential generator (Knuth's MMIX constants).
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  /// Roughly normal: the sum of twelve uniform numbers.
  mutating func normal() -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += uniform() }
    return sum
  }
}
