import Tensors
import Testing

/// Seeds are fixed, so none of this can fail by chance; the bounds are about four standard errors.
@Suite("Distributions")
struct DistributionTests {
  static let count = 1_000_000

  private func moments(_ x: Tensor) -> (mean: Double, variance: Double, skew: Double, tail: Double) {
    let values = x.scalars
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    var (second, third, fourth) = (0.0, 0.0, 0.0)
    for value in values {
      let distance = value - mean
      second += distance * distance
      third += distance * distance * distance
      fourth += distance * distance * distance * distance
    }
    let variance = second / count
    return (mean, variance, third / count / (variance * variance.squareRoot()), fourth / count / (variance * variance))
  }

  @Test("normal numbers have the moments of the bell curve", arguments: [DType.float32, .float64])
  func normal(dtype: DType) {
    var random = RandomSource(seed: 42)
    let found = moments(Tensor.normal([Self.count], mean: 3, deviation: 2, dtype: dtype, using: &random))
    #expect((found.mean - 3).magnitude < 0.008)
    #expect((found.variance - 4).magnitude < 0.025)
    #expect(found.skew.magnitude < 0.01)
    #expect((found.tail - 3).magnitude < 0.02)
  }

  @Test("uniform numbers fill their range evenly and stay below its end", arguments: [DType.float32, .float64])
  func uniform(dtype: DType) {
    var random = RandomSource(seed: 42)
    let values = Tensor.uniform([Self.count], from: -1, to: 3, dtype: dtype, using: &random).scalars
    #expect(values.allSatisfy { $0 >= -1 && $0 < 3 })
    var counts = Array(repeating: 0.0, count: 100)
    for value in values { counts[Int((value + 1) * 25)] += 1 }
    // χ² with 99 degrees of freedom: 99 ± 14.
    #expect(chiSquare(counts, 10_000) < 160)
    #expect(chiSquare(counts, 10_000) > 50)
  }

  @Test("neighbouring uniform numbers are independent")
  func pairs() {
    var random = RandomSource(seed: 43)
    let values = Tensor.uniform([Self.count], using: &random).scalars
    var counts = Array(repeating: 0.0, count: 100)
    for pair in 0..<(values.count / 2) {
      counts[Int(values[2 * pair] * 10) * 10 + Int(values[2 * pair + 1] * 10)] += 1
    }
    #expect(chiSquare(counts, 5000) < 160)
  }

  @Test("truncated normal numbers stay within their limit and keep the shape of the middle")
  func truncated() {
    var random = RandomSource(seed: 42)
    let x = Tensor.truncatedNormal([Self.count], mean: 1, deviation: 0.5, limit: 2, using: &random)
    #expect(x.scalars.allSatisfy { $0 >= 0 && $0 <= 2 })
    let found = moments(x)
    #expect((found.mean - 1).magnitude < 0.002)
    // The variance of the standard normal distribution cut at ±2 is 0.773741 (scipy.stats.truncnorm).
    #expect((found.variance / 0.25 - 0.773741).magnitude < 0.004)
  }

  @Test("integers are equally likely, also in ranges that do not divide the words")
  func integers() {
    var random = RandomSource(seed: 42)
    var counts = Array(repeating: 0.0, count: 7)
    for value in Tensor.integers([700_000], in: -3..<4, using: &random).scalars(as: Int.self) { counts[value + 3] += 1 }
    // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand seeds.
    #expect(chiSquare(counts, 100_000) < 22.5)
    // Two thirds of the words: without refusing, one half of this range would come up twice as often.
    let range = 0..<(Int.max / 3 * 2 + 1)
    let low = Tensor.integers([30_000], in: range, using: &random).scalars(as: Int.self).count { $0 < range.count / 2 }
    #expect((low - 15_000).magnitude < 350)
    let signed = Tensor.integers([1000], in: Int.min..<Int.max, using: &random).scalars(as: Int.self)
    #expect((signed.count { $0 < 0 } - 500).magnitude < 65)
  }

  @Test("bernoulli numbers are 1 as often as they should be, and never or always at the ends")
  func bernoulli() {
    var random = RandomSource(seed: 42)
    let found = Tensor.bernoulli([Self.count], probability: 0.3, using: &random).scalars.reduce(0, +)
    #expect((found - 300_000).magnitude < 1900)
    #expect(Tensor.bernoulli([1000], probability: 0, dtype: .bool, using: &random).scalars.allSatisfy { $0 == 0 })
    #expect(Tensor.bernoulli([1000], probability: 1, dtype: .int32, using: &random).scalars.allSatisfy { $0 == 1 })
  }
}
