import Autograd
import Layers
import Modules
import Tensors
import Testing

@Suite("Batch normalization")
struct BatchNormTests {
  /// The vector of EXPERIMENTS 3.7, computed at 40 digits.
  @Test("equals the test vector, forward and backward", arguments: [1e-5, 0])
  func vector(epsilon: Double) {
    var layer = BatchNorm(1, epsilon: epsilon, dtype: .float64)
    layer.weight = Tensor([2.0], dtype: .float64)
    layer.bias = Tensor([0.5], dtype: .float64)
    let x = Tensor([[1.0], [2], [3], [4]], dtype: .float64)
    let upstream = Tensor([[0.1], [-0.2], [0.3], [0.4]], dtype: .float64)
    var trained = layer
    let found = valueWithGradient(at: &trained) { ($0(x) * upstream).sum() }.gradients
    let start = layer
    let dx = Mode.$current.withValue(.training) { gradient(of: { (start(x_: $0) * upstream).sum() }, at: x) }
    if epsilon == 0 {
      let expected = [0.28621670111997, -0.50087922695995, 0.14310835055999, 0.071554175279993]
      #expect(distance(dx.flattened(), Tensor(expected)) <= 1e-12)
      return
    }
    let expected = [0.28621255102074, -0.5008782252015, 0.14310877987645, 0.071556894304308]
    #expect(distance(dx.flattened(), Tensor(expected)) <= 1e-12)
    #expect(abs(found["weight"]!.scalar - 0.62609652931883) <= 1e-12)
    #expect(abs(found["bias"]!.scalar - 0.6) <= 1e-12)
    let y = Mode.$current.withValue(.training) { layer(x) }
    let output = [-2.1832708399379, -0.39442361331262, 1.3944236133126, 3.1832708399379]
    #expect(distance(y.flattened(), Tensor(output)) <= 1e-12)
    #expect(abs(layer.runningMean.scalar - 0.25) <= 1e-15)
    #expect(abs(layer.runningVariance.scalar - (0.9 + 0.1 * 5 / 3)) <= 1e-15)
  }

  @Test(
    "one example in training comes out as the bias exactly, with input gradient exactly 0",
    arguments: [
      DType.float32, .float64,
    ])
  func singleExample(dtype: DType) {
    var random = RandomSource(seed: 8)
    var layer = BatchNorm(6, dtype: dtype)
    layer.weight = .normal([6], dtype: dtype, using: &random)
    layer.bias = .normal([6], dtype: dtype, using: &random)
    let x = Tensor.normal([1, 6], mean: 3, deviation: 7, dtype: dtype, using: &random)
    let upstream = Tensor.normal([1, 6], dtype: dtype, using: &random)
    let before = layer
    Mode.$current.withValue(.training) {
      var copy = layer
      #expect(copy(x).flattened() == layer.bias)
      let slope = gradient(of: { (layer(x_: $0) * upstream).sum() }, at: x)
      #expect(slope.scalars.allSatisfy { $0 == 0 })
    }
    #expect(layer.runningVariance == before.runningVariance)
    #expect(layer.state.allSatisfy { $0.value.scalars.allSatisfy { $0.isFinite } })
  }

  @Test("in inference an example does not depend on its batch, and the layer does not change")
  func inference() {
    var random = RandomSource(seed: 9)
    var layer = BatchNorm(3, dtype: .float64)
    for _ in 0..<20 {
      let x = Tensor.normal([32, 3], mean: 2, dtype: .float64, using: &random)
      Mode.$current.withValue(.training) { _ = layer(x) }
    }
    let batch = Tensor.normal([64, 3], dtype: .float64, using: &random)
    let before = layer.state.map(\.value.scalars)
    #expect(distance(layer(batch)[5..<6], layer(batch[5..<6])) <= 1e-12)
    #expect(layer.state.map(\.value.scalars) == before)
  }

  @Test("running statistics follow the recurrence")
  func recurrence() {
    var random = RandomSource(seed: 10)
    var layer = BatchNorm(2, momentum: 0.3, dtype: .float64)
    var (mean, variance) = (Tensor.zeros([2], dtype: .float64), Tensor.ones([2], dtype: .float64))
    for _ in 0..<12 {
      let x = Tensor.normal([7, 2], mean: 1, deviation: 2, dtype: .float64, using: &random)
      Mode.$current.withValue(.training) { _ = layer(x) }
      mean = mean * 0.7 + x.mean(axis: 0) * 0.3
      variance = variance * 0.7 + x.sampleVariance(axis: 0) * 0.3
    }
    #expect(distance(layer.runningMean, mean) <= 1e-12)
    #expect(distance(layer.runningVariance, variance) <= 1e-12)
  }
}

extension BatchNorm {
  /// The output for an input that is being differentiated, without keeping what the pass changes.
  fileprivate func callAsFunction(x_ input: Tensor) -> Tensor {
    var copy = self
    return copy(input)
  }
}
