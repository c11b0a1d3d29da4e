/// Reproducible numbers between -1 and 1.
struct Numbers {
  var state: UInt64 = 7

  mutating func next(_ count: Int) -> [Float] {
    (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Float(Int32(truncatingIfNeeded: state >> 32)) / 2_147_483_648
    }
  }
}
