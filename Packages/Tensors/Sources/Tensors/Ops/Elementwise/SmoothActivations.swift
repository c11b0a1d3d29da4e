// Smooth activations. None overflows for a finite element, neither its value nor its derivative.

/// Every element times its logistic function: x σ(x). Also known as swish.
@Sendable
public func silu(_ x: Tensor) -> Tensor { x * sigmoid(x) }

/// Every element times the share of a normal distribution below it: x Φ(x), with Φ(x) = (1 + erf(x / √2)) / 2.
@Sendable
public func gelu(_ x: Tensor) -> Tensor {
  let share = erf(x * 0.7071067811865476) * 0.5 + 0.5
  return x * share
}

/// `gelu` in the form with tanh: x (1 + tanh(√(2 / π) (x + 0.044715 x³))) / 2.
///
/// Called `gelu(approximate="tanh")` in PyTorch.
@Sendable
public func geluTanh(_ x: Tensor) -> Tensor {
  let near = x.clamped(min: -16, max: 16)  // beyond, the function is 0 or x, and a cube might overflow
  let cube = near * square(near)
  let argument = (near + cube * 0.044715) * 1.5957691216057308
  return x * sigmoid(argument)  // (1 + tanh a) / 2 is σ(2 a), which keeps its digits where it is tiny
}

/// Every element times the hyperbolic tangent of its softplus.
@Sendable
public func mish(_ x: Tensor) -> Tensor { x * tanh(softplus(x)) }

/// Every element divided by 1 plus its size: x / (1 + |x|).
@Sendable
public func softsign(_ x: Tensor) -> Tensor { x / (abs(x) + 1) }

/// The bell curve exp(−x²).
@Sendable
public func gaussian(_ x: Tensor) -> Tensor { exp(-square(x)) }

/// The softmax along the last axis.
@Sendable
public func softmax(_ x: Tensor) -> Tensor { softmax(x, axis: -1) }

/// The logarithm of the softmax along the last axis.
@Sendable
public func logSoftmax(_ x: Tensor) -> Tensor { logSoftmax(x, axis: -1) }
