import Autograd
import Losses
import Tensors
import Testing

@Suite("Losses at the ends of the number range")
struct ExtremesTests {
  @Test("binary cross-entropy of ±10⁴ is exactly 0 or 10⁴", arguments: [DType.float32, .float64], Reduction.allCases)
  func binaryFarOut(dtype: DType, reduction: Reduction) {
    let cases = [(1e4, 1.0, 0.0), (1e4, 0, 1e4), (-1e4, 1, 1e4), (-1e4, 0, 0)]
    for (logit, target, expected) in cases {
      let loss = binaryCrossEntropy(
        logits: Tensor([logit]).cast(to: dtype), targets: Tensor([target]).cast(to: dtype), reduction: reduction)
      #expect(loss.scalar == expected)
    }
  }

  @Test(
    "binary cross-entropy and its gradient are finite for every finite logit", arguments: [DType.float32, .float64])
  func binaryFinite(dtype: DType) {
    let largest = dtype == .float32 ? Double(Float.greatestFiniteMagnitude) : 1e308
    let tiny = dtype == .float32 ? 1e-45 : Double.leastNonzeroMagnitude
    for logit in [0, -0.0, tiny, -tiny, 88, -88, 104, -104, 1e4, -1e4, largest, -largest] {
      for target in [0.0, 1] {
        let t = Tensor([target]).cast(to: dtype)
        let (loss, slope) = valueWithGradient(at: Tensor([logit]).cast(to: dtype)) {
          binaryCrossEntropy(logits: $0, targets: t)
        }
        #expect(loss.scalar.isFinite && loss.scalar >= 0)
        #expect(abs(slope.scalar) <= 1)
      }
    }
  }

  @Test("binary cross-entropy keeps the digits of a loss near 0")
  func binarySmall() {
    for reduction in Reduction.allCases {
      let loss = binaryCrossEntropy(logits: Tensor([Float(40)]), targets: Tensor([Float(1)]), reduction: reduction)
      #expect(abs(loss.scalar / 4.248354255291589e-18 - 1) < 1e-6)  // e^−40
    }
  }

  @Test("a certain and right binary prediction at infinity costs nothing, a wrong one everything")
  func binaryInfinite() {
    func loss(_ logit: Double, _ target: Double) -> Double {
      binaryCrossEntropy(logits: Tensor([logit]), targets: Tensor([target])).scalar
    }
    #expect(loss(.infinity, 1) == 0 && loss(-.infinity, 0) == 0)
    #expect(loss(.infinity, 0) == .infinity && loss(-.infinity, 1) == .infinity)
    #expect(loss(.nan, 1).isNaN)
  }

  @Test("cross-entropy is finite for every finite logit, and so is its gradient", arguments: [DType.float32, .float64])
  func classesFinite(dtype: DType) {
    let largest = dtype == .float32 ? 3e38 : 1e308
    for x in [[0.0, 0, 0], [1e4, -1e4, 0], [largest, 0, -1], [-88, -104, -1e4], [1e-45, -0.0, 88]] {
      for label in 0..<3 {
        let (loss, slope) = valueWithGradient(at: Tensor([x]).cast(to: dtype)) {
          crossEntropy(logits: $0, targets: Tensor([label]))
        }
        #expect(loss.scalar.isFinite && loss.scalar >= 0, "\(x) \(label)")
        #expect(slope.scalars.allSatisfy { abs($0) <= 1 })
      }
    }
  }

  @Test("a row of nothing but −∞ costs ∞ and has a gradient of 0; an impossible class costs nothing if not expected")
  func classesInfinite() {
    let row = Tensor([[-Double.infinity, -Double.infinity]] as [[Double]])
    let (loss, slope) = valueWithGradient(at: row) { crossEntropy(logits: $0, targets: Tensor([1], dtype: .int64)) }
    #expect(loss.scalar == .infinity)
    #expect(slope.scalars == [0, 0])
    let one = crossEntropy(
      logits: Tensor([[-Double.infinity, 3]] as [[Double]]), targets: Tensor([[0.0, 1]], dtype: .float64))
    #expect(one.scalar == 0)
  }

  @Test("0 log 0 is 0 in every loss that takes probabilities")
  func zeroTimesInfinity() {
    let corners = Tensor([[0.0, 1]], dtype: .float64)
    #expect(binaryCrossEntropy(probabilities: corners, targets: corners).scalar == 0)
    #expect(
      klDivergence(logProbabilities: Tensor([[-Double.infinity, 0]] as [[Double]]), targets: corners).scalar == 0)
    #expect(
      binaryCrossEntropy(probabilities: Tensor([0.0], dtype: .float64), targets: Tensor([1.0], dtype: .float64)).scalar
        == .infinity)
  }

  @Test("a large batch, split into parts, has the loss of one that is not")
  func large() {
    let x = Tensor.linspace(from: -30, to: 30, count: 300_000, dtype: .float32)
    let t = (x .> 0).cast(to: .float32)
    let each = binaryCrossEntropy(logits: x, targets: t, reduction: .none).cast(to: .float64).mean().scalar
    #expect(abs(binaryCrossEntropy(logits: x, targets: t).scalar / each - 1) < 1e-6)
    let logits = x.reshaped(to: [30_000, 10])
    let labels = Tensor((0..<30_000).map { $0 % 10 })
    let fused = crossEntropy(logits: logits, targets: labels)
    let composed = -logSoftmax(logits).gathering(labels.unsqueezed(axis: 1), axis: 1).mean()
    #expect(abs(fused.scalar / composed.scalar - 1) < 1e-6)
    let wide = crossEntropy(
      logits: x.reshaped(to: [2, 150_000]), targets: Tensor([149_999, 0], dtype: .int64), reduction: .none)
    #expect(wide.scalars.allSatisfy { $0.isFinite })
  }
}
