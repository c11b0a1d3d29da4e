internal import TensorKernels

/// A function that `linear` applies to its result while that is still in the processor's cache.
public enum LinearActivation: Sendable, CaseIterable {
  /// The result as it is.
  case identity
  /// The hyperbolic tangent.
  case tanh
  /// The logistic function.
  case sigmoid
  /// The larger of the result and 0.
  case relu

  /// The operation as the kernels number it.
  var kernel: Int32 {
    switch self {
    case .identity: Int32(WABE_NO_ACTIVATION)
    case .tanh: Int32(WABE_TANH)
    case .sigmoid: Int32(WABE_SIGMOID)
    case .relu: Int32(WABE_RELU)
    }
  }

  /// The gradient of the argument, from the gradient of the result `y`.
  func backward(_ gradient: Tensor, _ y: Tensor) -> Tensor {
    switch self {
    case .identity: gradient
    case .tanh: tanhBackward(gradient, y)
    case .sigmoid: sigmoidBackward(gradient, y)
    case .relu: reluBackward(gradient, y)  // the result is above 0 where the argument is
    }
  }
}

/// Multiplies rows with a matrix, adds a row and applies a function, in one pass: activation(x · weight + bias).
///
/// Input [..., inputs], weight [inputs, outputs], bias [outputs] → output [..., outputs]. The bits are those of
/// `activation(x.matmul(weight) + bias)`. Called `torch.nn.functional.linear` in PyTorch, where weights are transposed.
/// With G the gradient before the activation, the gradients are G · weightᵀ, xᵀ · G and the column sums of G.
public func linear(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, activation: LinearActivation = .identity
) -> Tensor {
  Tensor.requireSameType("linear", x, weight)
  require(x.dtype.isFloatingPoint, "linear: \(x.dtype) has no fractions: convert with cast(to: .float32)")
  require(
    x.rank > 0 && weight.rank == 2,
    "linear: input \(x.shape), weight \(weight.shape): the input must be [..., inputs], the weight [inputs, outputs]")
  let inputs = weight.shape[0]
  let outputs = weight.shape[1]
  require(
    x.shape[x.rank - 1] == inputs,
    "linear: input \(x.shape), weight \(weight.shape): the input has \(x.shape[x.rank - 1]) columns "
      + "and the weight \(inputs) rows: they must be as many")
  if let bias {
    Tensor.requireSameType("linear", weight, bias)
    require(
      bias.rank == 1 && bias.count == outputs,
      "linear: bias \(bias.shape), weight \(weight.shape): the bias must be [\(outputs)]")
  }
  let rows = x.rank == 2 ? x.shape[0] : Shape(x.shape.dropLast()).elementCount
  let shape = x.rank == 2 ? Shape(rows, outputs) : x.shape.replacing(axis: x.rank - 1, with: outputs)
  let y = Tensor(uninitialized: shape, x.dtype)
  var product = wabe_product(
    rows: rows, columns: outputs, inner: inputs, transpose_a: false, transpose_b: false, a: x.pointer,
    b: weight.pointer, c: y.freshPointer, bias: bias?.pointer, activation: activation.kernel)
  wabe_multiply(Int32(x.dtype.rawValue), &product)
  withExtendedLifetime(bias) {}
  let needed = (x.trace != nil, weight.trace != nil, bias?.trace != nil)
  guard needed.0 || needed.1 || needed.2 else { return y }
  guard let bias else {
    return y.recorded("linear", from: x, weight) { x, weight, y in
      linearRule(x, weight, y, activation, needed, inputs: 2)
    }
  }
  return y.recorded("linear", from: x, weight, bias) { x, weight, _, y in
    linearRule(x, weight, y, activation, needed, inputs: 3)
  }
}

/// How the gradients of `linear` are found. Without an activation they share no work, and the result is not kept.
private func linearRule(
  _ x: Tensor, _ weight: Tensor, _ y: Tensor, _ activation: LinearActivation, _ needed: (Bool, Bool, Bool),
  inputs: Int
) -> Rule {
  if activation == .identity { return .each { gradient, input in linearGradient(gradient, input, x, weight) } }
  return .all { gradient in
    let inner = activation.backward(gradient, y)
    var gradients = [Tensor?](repeating: nil, count: inputs)
    if needed.0 { gradients[0] = linearGradient(inner, 0, x, weight) }
    if needed.1 { gradients[1] = linearGradient(inner, 1, x, weight) }
    if needed.2 { gradients[2] = linearGradient(inner, 2, x, weight) }
    return gradients
  }
}

/// The gradient of one input of x · weight + bias.
private func linearGradient(_ gradient: Tensor, _ input: Int, _ x: Tensor, _ weight: Tensor) -> Tensor {
  if gradient.rank != 2 {
    let own = linearGradient(gradient.asRows, input, x.asRows, weight)
    return input == 0 ? own.reshaped(to: x.shape) : own
  }
  switch input {
  case 0: return gradient.matmul(weight, transposeB: true)
  case 1: return x.matmul(gradient, transposeA: true)
  default: return gradient.sum(axis: 0)
  }
}

extension Tensor {
  /// All axes but the last as one.
  fileprivate var asRows: Tensor {
    reshaped(to: Shape(Shape(shape.dropLast()).elementCount, shape[rank - 1]))
  }
}
