internal import TensorKernels

// The backward functions are operations with rules of their own, so that a first derivative costs one kernel and
// derivatives of derivatives are exact.

/// The hyperbolic tangent of every element. Its derivative is 1 − tanh².
@Sendable
public func tanh(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("tanh", WABE_TANH, x, rule: .output { gradient, y in tanhBackward(gradient, y) })
}

/// gradient · (1 − y²)
func tanhBackward(_ gradient: Tensor, _ y: Tensor) -> Tensor {
  Tensor.binary(
    "tanhBackward", WABE_TANH_BACKWARD, gradient, y,
    rule: .inputs({ outer, _, y in tanhBackward(outer, y) }, { outer, gradient, y in outer * gradient * y * -2 }))
}

/// The logistic function 1 / (1 + e⁻ˣ) of every element. Its derivative is σ (1 − σ).
///
/// Precise on both sides: no element overflows, and tiny results keep all their digits.
@Sendable
public func sigmoid(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("sigmoid", WABE_SIGMOID, x, rule: .output { gradient, y in sigmoidBackward(gradient, y) })
}

/// gradient · y (1 − y)
func sigmoidBackward(_ gradient: Tensor, _ y: Tensor) -> Tensor {
  Tensor.binary(
    "sigmoidBackward", WABE_SIGMOID_BACKWARD, gradient, y,
    rule: .inputs(
      { outer, _, y in sigmoidBackward(outer, y) }, { outer, gradient, y in outer * gradient * (1 - y * 2) }))
}

/// The larger of every element and 0. Its derivative is 1 above 0, otherwise 0; at 0 it is 0.
@Sendable
public func relu(_ x: Tensor) -> Tensor {
  Tensor.unary("relu", WABE_RELU, x, rule: .input { gradient, x in reluBackward(gradient, x) })
}

/// The gradient where x is above 0, otherwise 0.
func reluBackward(_ gradient: Tensor, _ x: Tensor) -> Tensor {
  Tensor.binary(
    "reluBackward", WABE_RELU_BACKWARD, gradient, x, rule: .first { outer, _, x in reluBackward(outer, x) })
}

/// The smooth relu log(1 + eˣ) of every element. Its derivative is the logistic function.
///
/// No element overflows: large elements come out as themselves.
@Sendable
public func softplus(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("softplus", WABE_SOFTPLUS, x, rule: .input { gradient, x in softplusBackward(gradient, x) })
}

/// gradient · σ(x)
func softplusBackward(_ gradient: Tensor, _ x: Tensor) -> Tensor {
  Tensor.binary(
    "softplusBackward", WABE_SOFTPLUS_BACKWARD, gradient, x,
    rule: .inputs(
      { outer, _, x in softplusBackward(outer, x) },
      { outer, gradient, x in sigmoidBackward(outer * gradient, sigmoid(x)) }))
}

/// The logarithm of the logistic function, −log(1 + e⁻ˣ), of every element. Its derivative is 1 − σ.
@Sendable
public func logSigmoid(_ x: Tensor) -> Tensor { -softplus(-x) }

/// The error function of every element. Its derivative is 2 / √π · exp(−x²).
@Sendable
public func erf(_ x: Tensor) -> Tensor {
  let scale = 1.1283791670955126  // 2 / √π
  return Tensor.floatUnary("erf", WABE_ERF, x, rule: .input { gradient, x in gradient * (exp(-square(x)) * scale) })
}
