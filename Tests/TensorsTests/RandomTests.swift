import TensorKernels
import Tensors
import Testing

@Suite("Random numbers")
struct RandomTests {
  /// From `tests/kat_vectors` of the Random123 library: zeros, ones, and digits of π.
  @Test(
    "Philox-4x32-10 gives the published answers",
    arguments: [
      (
        [0, 0, 0, 0], [0, 0],
        [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
      ),
      (
        [0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff], [0xffff_ffff, 0xffff_ffff],
        [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
      ),
      (
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0],
        [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
      ),
    ] as [([UInt32], [UInt32], [UInt32])])
  func knownAnswers(counter: [UInt32], key: [UInt32], answer: [UInt32]) {
    var block: [UInt32] = [0, 0, 0, 0]
    wabe_philox(counter, key, &block)
    #expect(block == answer)
  }

  @Test("the first words of seed 0 are those of the zero vector")
  func words() {
    var random = RandomSource(seed: 0)
    #expect(random.next() == 0xe169_c58d_6627_e8d5)
    #expect(random.next() == 0x9b00_dbd8_bc57_ac4c)
  }

  /// From `scipy.special.ndtri`.
  @Test(
    "the normal quantile agrees with SciPy's",
    arguments: [
      (0.5, 0.0), (0.975, 1.959963984540054), (0.075, -1.4395314709384563), (0.9, 1.2815515655446008),
      (1e-6, -4.753424308822899), (1e-12, -7.034483825301131), (0x1p-54, -8.292361075813595),
    ])
  func quantile(p: Double, z: Double) {
    #expect((wabe_normal_quantile(p) - z).magnitude <= 4e-15 * max(1, z.magnitude))
  }

  @Test("element i depends on its position alone, however a draw is cut", arguments: [0, 1, 2, 511, 512, 33_000])
  func cutting(cut: Int) {
    let draws: [(Int, inout RandomSource) -> Tensor] = [
      { Tensor.normal([$0], using: &$1) },
      { Tensor.uniform([$0], dtype: .float64, using: &$1) },
      { Tensor.truncatedNormal([$0], using: &$1) },
      { Tensor.bernoulli([$0], probability: 0.3, using: &$1) },
      { Tensor.integers([$0], in: -5..<100, using: &$1) },
    ]
    for draw in draws {
      var whole = RandomSource(seed: 11)
      var parts = RandomSource(seed: 11)
      let all = draw(100_001, &whole)
      let joined = Tensor.concatenate([draw(cut, &parts), draw(100_001 - cut, &parts)])
      #expect(all == joined)
      #expect(whole == parts)
    }
  }

  @Test("one number at a time gives what a tensor gives")
  func oneAtATime() {
    var single = RandomSource(seed: 3)
    var tensor = RandomSource(seed: 3)
    #expect((0..<5).map { _ in single.nextNormal() } == Tensor.normal([5], dtype: .float64, using: &tensor).scalars)
    #expect((0..<5).map { _ in single.nextUniform() } == Tensor.uniform([5], dtype: .float64, using: &tensor).scalars)
  }

  @Test("float32 draws are the float64 ones with fewer digits")
  func precisions() {
    var (narrow, wide) = (RandomSource(seed: 5), RandomSource(seed: 5))
    let normal = Tensor.normal([1000], using: &narrow)
    #expect(normal == Tensor.normal([1000], dtype: .float64, using: &wide).cast(to: .float32))
    let even = Tensor.uniform([1000], using: &narrow).cast(to: .float64)
    let finer = Tensor.uniform([1000], dtype: .float64, using: &wide)
    #expect(even.isClose(to: finer, relative: 0, absolute: 0x1p-24))
  }

  @Test("the state goes on exactly where it stood")
  func state() {
    var random = RandomSource(seed: -7)
    _ = Tensor.normal([13], using: &random)
    var resumed = RandomSource(state: random.state)
    #expect(random.state.position == 13)
    #expect(Tensor.permutation(50, using: &random) == Tensor.permutation(50, using: &resumed))
    #expect(random == resumed)
  }

  @Test("streams differ by name, number, parent and seed, and do not depend on what was drawn")
  func streams() {
    var random = RandomSource(seed: 1)
    let before = random.stream("dropout")
    _ = random.next()
    #expect(random.stream("dropout") == before)
    var streams = [random.stream("shuffle"), before, random.stream(0), random.stream(1), before.stream("dropout")]
    streams += [RandomSource(seed: 2).stream("dropout"), RandomSource(seed: 1), random.split(), random.split()]
    let first = streams.map { source in
      var source = source
      return source.next()
    }
    #expect(Set(first).count == first.count)
  }

  @Test("a permutation names every number once, and orders are equally likely")
  func permutations() {
    var random = RandomSource(seed: 8)
    #expect(Tensor.permutation(5000, using: &random).sorted() == Tensor.arange(5000, dtype: .int64))
    var counts: [[Double]: Double] = [:]
    for _ in 0..<6000 { counts[Tensor.permutation(3, using: &random).scalars, default: 0] += 1 }
    #expect(counts.count == 6)
    // χ² with 5 degrees of freedom exceeds 20.5 once in a thousand seeds.
    #expect(chiSquare(Array(counts.values), 1000) < 20.5)
  }

  @Test("Swift's own shuffling and choosing take the source")
  func standardLibrary() {
    var random = RandomSource(seed: 1)
    #expect(Array(0..<100).shuffled(using: &random).sorted() == Array(0..<100))
    #expect((0..<10).contains(Int.random(in: 0..<10, using: &random)))
  }
}

/// Σ (count − expected)² / expected.
func chiSquare(_ counts: [Double], _ expected: Double) -> Double {
  counts.reduce(0) { $0 + ($1 - expected) * ($1 - expected) / expected }
}
