internal import TensorKernels

/// The sine of every element, which is an angle in radians. Its derivative is the cosine.
@Sendable
public func sin(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("sin", WABE_SIN, x, rule: .input { gradient, x in gradient * cos(x) })
}

/// The cosine of every element, which is an angle in radians. Its derivative is −sin.
@Sendable
public func cos(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("cos", WABE_COS, x, rule: .input { gradient, x in -(gradient * sin(x)) })
}
