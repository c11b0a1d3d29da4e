import Wabe

/// y = x Wᵀ + b with the backward pass that exercise 2 (a) asks for; weights have one row per unit.
struct LinearFunction: DifferentiableFunction {
  func forward(_ inputs: (Tensor, Tensor, Tensor)) -> (output: Tensor, saved: (Tensor, Tensor)) {
    let (x, weight, bias) = inputs
    return (x.matmul(weight, transposeB: true) + bias, (x, weight))
  }

  func backward(_ gradient: Tensor, _ saved: (Tensor, Tensor)) -> (Tensor, Tensor, Tensor) {
    let (x, weight) = saved
    return (gradient.matmul(weight), gradient.matmul(x, transposeA: true), gradient.sum(axis: 0))
  }
}

/// max(0, x) with its backward pass: the gradient passes where x was positive, and nothing passes at 0.
struct ReLUFunction: DifferentiableFunction {
  func forward(_ x: Tensor) -> (output: Tensor, saved: Tensor) { (x.clamped(min: 0), x) }

  func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient * (x .> 0).cast(to: x.dtype) }
}

/// A layer that computes with `LinearFunction`.
struct CustomLinear: Layer {
  /// [outputs, inputs].
  var weight: Tensor
  /// [outputs].
  var bias: Tensor

  /// A layer with Glorot's even weights and no biases.
  init(_ inputs: Int, _ outputs: Int, using random: inout RandomSource) {
    let fans = Fans(inputs: inputs, outputs: outputs)
    weight = Initializer.glorotUniform([outputs, inputs], fans: fans, dtype: .float64, using: &random)
    bias = Tensor.zeros([outputs], dtype: .float64)
  }

  func callAsFunction(_ input: Tensor) -> Tensor { LinearFunction()(input, weight, bias) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}

/// The net of exercise 2: 2 → h → h → 1 with ReLU, every backward pass written by hand.
struct CustomNetwork: Layer {
  var first: CustomLinear
  var second: CustomLinear
  var output: CustomLinear

  /// A net with random weights.
  init(hidden: Int, using random: inout RandomSource) {
    first = CustomLinear(2, hidden, using: &random)
    second = CustomLinear(hidden, hidden, using: &random)
    output = CustomLinear(hidden, 1, using: &random)
  }

  func callAsFunction(_ input: Tensor) -> Tensor {
    let first = ReLUFunction()(first(input))
    return output(ReLUFunction()(second(first)))
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("first", &first)
    visitor.child("second", &second)
    visitor.child("output", &output)
  }

  /// The same net made of the framework's own layers.
  var layers: Sequential {
    Sequential {
      Linear(rowPerUnit: first.weight, bias: first.bias)
      relu
      Linear(rowPerUnit: second.weight, bias: second.bias)
      relu
      Linear(rowPerUnit: output.weight, bias: output.bias)
    }
  }
}
