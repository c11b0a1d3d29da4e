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
  let shape = x.rank == 2 ? [rows, outputs] : x.shape.replacing(axis: x.rank - 1, with: outputs)
  let y = Tensor(uninitialized: shape, x.dtype)
  var product = wabe_product(
    rows: rows, columns: outputs, inner: inputs, transpose_a: false, transpose_b: false, a: x.pointer,
    b: weight.pointer, c: y.freshPointer, bias: bias?.pointer, activation: activation.kernel)
  wabe_multiply(Int32(x.dtype.rawValue), &product)
  withExtendedLifetime(bias) {}
  guard x.trace != nil || weight.trace != nil || bias?.trace != nil else { return y }
  return y.recordedLinear(x, weight, bias, activation)
}

extension Tensor {
  @inline(never)
  fileprivate func recordedLinear(
    _ x: Tensor, _ weight: Tensor, _ bias: Tensor?, _ activation: LinearActivation
  ) -> Tensor {
    let needed = (x.trace != nil, weight.trace != nil, bias?.trace != nil)
    return recorded("linear", from: bias.map { [x, weight, $0] } ?? [x, weight]) { inputs, y in
      let (x, weight) = (inputs[0], inputs[1])
      return .all { gradient in
        let inner = activation.backward(gradient, y)
        let rows = inner.asRows
        var gradients: [Tensor?] = [nil, nil]
        if needed.0 { gradients[0] = rows.matmul(weight, transposeB: true).reshaped(to: x.shape) }
        if needed.1 { gradients[1] = x.asRows.matmul(rows, transposeA: true) }
        if inputs.count == 3 { gradients.append(needed.2 ? rows.sum(axis: 0) : nil) }
        return gradients
      }
    }
  }

  /// All axes but the last as one.
  private var asRows: Tensor {
    rank == 2 ? self : reshaped(to: [Shape(shape.dropLast()).elementCount, shape[rank - 1]])
  }
}
