import Layers
import Modules
import Tensors
import Testing

@Suite("Initializers")
struct InitializerTests {
  /// One initializer with the variance it promises, as a function of inputs and outputs, and its bound if it has one.
  struct Row: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let make: Initializer
    let mean: Double
    let variance: @Sendable (Double, Double) -> Double
    let isEven: Bool
  }

  static let rows: [Row] = [
    Row(
      testDescription: "uniform", make: .uniform(from: -1, to: 3), mean: 1, variance: { _, _ in 16 / 12.0 },
      isEven: true),
    Row(
      testDescription: "normal", make: .normal(mean: -2, deviation: 0.5), mean: -2, variance: { _, _ in 0.25 },
      isEven: false),
    Row(
      testDescription: "glorotUniform", make: .glorotUniform, mean: 0, variance: { 2 / ($0 + $1) }, isEven: true),
    Row(testDescription: "glorotNormal", make: .glorotNormal, mean: 0, variance: { 2 / ($0 + $1) }, isEven: false),
    Row(testDescription: "heUniform", make: .heUniform, mean: 0, variance: { fans, _ in 2 / fans }, isEven: true),
    Row(testDescription: "heNormal", make: .heNormal, mean: 0, variance: { fans, _ in 2 / fans }, isEven: false),
    Row(testDescription: "leCunUniform", make: .leCunUniform, mean: 0, variance: { fans, _ in 1 / fans }, isEven: true),
    Row(testDescription: "leCunNormal", make: .leCunNormal, mean: 0, variance: { fans, _ in 1 / fans }, isEven: false),
    Row(testDescription: "standard", make: .standard, mean: 0, variance: { fans, _ in 1 / (3 * fans) }, isEven: true),
  ]

  @Test("has the mean and the variance it promises, and no number beyond an even spread", arguments: rows)
  func moments(row: Row) {
    var random = RandomSource(seed: 5)
    let made = Linear(300, 200, weight: row.make, bias: row.make, dtype: .float64, using: &random)
    let variance = row.variance(300, 200)
    let deviation = variance.squareRoot()
    let mean = made.weight.mean().scalar
    #expect(abs(mean - row.mean) < 5 * deviation / 60_000.0.squareRoot())
    #expect(abs(made.weight.populationVariance().scalar / variance - 1) < 0.03)
    let furthest = abs(made.weight - row.mean).max().scalar
    #expect(row.isEven ? furthest <= 3.0.squareRoot() * deviation * (1 + 1e-12) : furthest > 3 * deviation)
    #expect(made.bias!.shape == [200])
  }

  @Test("a truncated normal stays within two deviations")
  func truncated() {
    var random = RandomSource(seed: 6)
    let made = Linear(100, 100, weight: .truncatedNormal(deviation: 0.1), bias: .zeros, using: &random)
    #expect(abs(made.weight).max().scalar <= 0.2)
    #expect(made.bias! == .zeros([100]))
  }

  @Test(
    "the orthogonal one has columns or rows at right angles, for convolutions too",
    arguments: [
      (8, 5), (5, 8), (6, 6),
    ])
  func orthogonal(rows: Int, columns: Int) {
    var random = RandomSource(seed: 7)
    let w = Linear(rows, columns, weight: .orthogonal(gain: 2), bias: nil, dtype: .float64, using: &random).weight
    let product = rows >= columns ? w.matmul(w, transposeA: true) : w.matmul(w, transposeB: true)
    #expect(distance(product, .eye(min(rows, columns), dtype: .float64) * 4) <= 1e-13)
    let kernels = Conv2D(2, 3, kernel: 3, weight: .orthogonal(), dtype: .float64, using: &random).weight
    let flat = kernels.reshaped(to: [3, 18])
    #expect(distance(flat.matmul(flat, transposeB: true), .eye(3, dtype: .float64)) <= 1e-13)
  }

  @Test("the spread one points into evenly turned directions of length 1")
  func spread() {
    var random = RandomSource(seed: 8)
    let fixed = Linear(2, 3, weight: .spread(from: 90), bias: .zeros, dtype: .float64, using: &random).weight
    let half = 3.0.squareRoot() / 2
    #expect(distance(fixed, Tensor([[0, -half, half], [1, -0.5, -0.5]])) <= 1e-15)
    let w = Linear(2, 4, weight: .spread(over: 180), bias: .zeros, dtype: .float64, using: &random).weight
    #expect(distance(square(w).sum(axis: 0), .ones([4], dtype: .float64)) <= 1e-15)
    let cosines = (0..<3).map { (w[.all, $0] * w[.all, $0 + 1]).sum().scalar }
    #expect(cosines.allSatisfy { abs($0 - 0.5.squareRoot()) <= 1e-15 })
    let other = Linear(2, 4, weight: .spread(over: 180), bias: .zeros, dtype: .float64, using: &random).weight
    #expect(other != w)
  }

  @Test("a seed fixes every number, and float32 is float64 rounded")
  func seed() {
    func weights(_ dtype: DType) -> Tensor {
      var random = RandomSource(seed: 9)
      return Linear(20, 30, weight: .heNormal, dtype: dtype, using: &random).weight
    }
    #expect(weights(.float32) == weights(.float32))
    #expect(distance(weights(.float64), weights(.float32)) < 1e-7)
    var random = RandomSource(seed: 9)
    let layer = Linear(2, 1, weight: .values([[1], [2]]), bias: .constant(3), using: &random)
    #expect(layer(Tensor([[10, 100]])).scalar == 213)
  }
}
