import Experiments
import Wabe

/// The network of the notebook with its methods written by hand: no automatic differentiation.
///
/// images [count, inputs] → ReLU units → probabilities [count, classes]. Weights are stored as [inputs, units].
struct TwoLayerNetwork: Module {
  var w1: Tensor
  var b1: Tensor
  var w2: Tensor
  var b2: Tensor

  /// Begins with normally distributed weights of deviation 0.01 and biases 0, as the notebook asks.
  init(
    inputs: Int, units: Int, classes: Int, deviation: Double = 0.01, dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    w1 = Tensor.normal([inputs, units], deviation: deviation, dtype: dtype, using: &random)
    b1 = Tensor.zeros([units], dtype: dtype)
    w2 = Tensor.normal([units, classes], deviation: deviation, dtype: dtype, using: &random)
    b2 = Tensor.zeros([classes], dtype: dtype)
  }

  /// What the forward pass leaves for the backward pass.
  struct Pass {
    let z1: Tensor, a1: Tensor, z2: Tensor, probabilities: Tensor
  }

  /// The derivatives of the loss.
  struct Derivatives {
    var w1: Tensor, b1: Tensor, w2: Tensor, b2: Tensor
  }

  /// z₁ = x W₁ + b₁, a₁ = max(0, z₁), z₂ = a₁ W₂ + b₂, p = softmax(z₂).
  func forward(_ x: Tensor) -> Pass {
    let z1 = x.matmul(w1) + b1
    let a1 = maximum(z1, 0)
    let z2 = a1.matmul(w2) + b2
    // The largest logit becomes 0: the quotients stay the same, and no exponential overflows.
    let powers = exp(z2 - z2.max(axis: 1, keepDims: true))
    return Pass(z1: z1, a1: a1, z2: z2, probabilities: powers / powers.sum(axis: 1, keepDims: true))
  }

  /// The mean of −log p of the true class; targets are rows with a single one.
  func crossEntropy(_ probabilities: Tensor, _ targets: Tensor) -> Double {
    // A probability that has rounded to 0 counts as the smallest number, so that the loss stays finite.
    let tiny = probabilities.dtype == .float64 ? 0x1p-1022 : 0x1p-126
    let logs = log(probabilities.clamped(min: tiny))
    return -(targets * logs).sum().scalar / Double(targets.shape[0])
  }

  /// The chain rule from the loss back to every parameter.
  func backward(_ x: Tensor, _ targets: Tensor, _ pass: Pass) -> Derivatives {
    let dz2 = (pass.probabilities - targets) / Double(x.shape[0])
    let da1 = dz2.matmul(w2, transposeB: true)
    let dz1 = da1 * (pass.z1 .> 0).cast(to: da1.dtype)
    return Derivatives(
      w1: x.matmul(dz1, transposeA: true), b1: dz1.sum(axis: 0), w2: pass.a1.matmul(dz2, transposeA: true),
      b2: dz2.sum(axis: 0))
  }

  /// The class with the largest probability, for each image.
  func predict(_ x: Tensor) -> Tensor { forward(x).probabilities.argMax(axis: 1) }

  /// One step of gradient descent on all images at once; the loss before it.
  mutating func step(_ x: Tensor, _ targets: Tensor, learningRate: Double) -> Double {
    let pass = forward(x)
    let slopes = backward(x, targets, pass)
    w1 -= learningRate * slopes.w1
    b1 -= learningRate * slopes.b1
    w2 -= learningRate * slopes.w2
    b2 -= learningRate * slopes.b2
    return crossEntropy(pass.probabilities, targets)
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("w1", &w1)
    visitor.parameter("b1", &b1)
    visitor.parameter("w2", &w2)
    visitor.parameter("b2", &b2)
  }
}

/// Nothing to remember from step to step: plain gradient descent.
struct NoMemory: Module {
  mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

extension TwoLayerNetwork {
  /// The same network from the framework's layers, for comparison. It gives logits.
  var layers: Sequential {
    Sequential {
      Linear(weight: w1, bias: b1)
      relu
      Linear(weight: w2, bias: b2)
    }
  }
}
