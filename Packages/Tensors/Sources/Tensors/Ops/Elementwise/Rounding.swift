internal import TensorKernels

/// Every element without its sign. Its derivative is the sign; at 0 it is 0.
@Sendable
public func abs(_ x: Tensor) -> Tensor {
  Tensor.unary("abs", WABE_ABS, x, rule: .input { gradient, x in gradient * sign(x) })
}

/// 1 for every element above 0, −1 below, and 0 (or NaN) itself otherwise. Its derivative is 0.
@Sendable
public func sign(_ x: Tensor) -> Tensor { Tensor.unary("sign", WABE_SIGN, x, rule: .constant) }

/// The largest whole number not above every element. Its derivative is 0.
@Sendable
public func floor(_ x: Tensor) -> Tensor { Tensor.floatUnary("floor", WABE_FLOOR, x, rule: .constant) }

/// The smallest whole number not below every element. Its derivative is 0.
@Sendable
public func ceil(_ x: Tensor) -> Tensor { Tensor.floatUnary("ceil", WABE_CEIL, x, rule: .constant) }

/// The whole number nearest to every element, of two the even one. Its derivative is 0.
@Sendable
public func round(_ x: Tensor) -> Tensor { Tensor.floatUnary("round", WABE_ROUND, x, rule: .constant) }
