internal import TensorKernels

/// The hyperbolic tangent of every element. Its derivative is 1 − tanh².
@Sendable
public func tanh(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("tanh", WABE_TANH, x, rule: .output { gradient, y in gradient * (1 - y * y) })
}
