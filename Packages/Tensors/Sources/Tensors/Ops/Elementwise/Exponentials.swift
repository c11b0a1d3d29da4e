internal import TensorKernels

/// e to the power of every element. Its derivative is itself.
@Sendable
public func exp(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("exp", WABE_EXP, x, rule: .output { gradient, y in gradient * y })
}

/// e to the power of every element, minus 1, exact for small elements. Its derivative is exp.
@Sendable
public func expm1(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("expm1", WABE_EXPM1, x, rule: .output { gradient, y in gradient * (y + 1) })
}

/// The natural logarithm of every element. Its derivative is 1 / x.
///
/// The logarithm of 0 is −infinity, that of a negative number NaN.
@Sendable
public func log(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("log", WABE_LOG, x, rule: .input { gradient, x in gradient / x })
}

/// The natural logarithm of 1 + x for every element x, exact for small elements. Its derivative is 1 / (1 + x).
@Sendable
public func log1p(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("log1p", WABE_LOG1P, x, rule: .input { gradient, x in gradient / (x + 1) })
}

// MARK: - Powers

/// Every element times itself. Its derivative is 2 x.
@Sendable
public func square(_ x: Tensor) -> Tensor {
  Tensor.unary("square", WABE_SQUARE, x, rule: .input { gradient, x in gradient * x * 2 })
}

/// The square root of every element. Its derivative is 1 / (2 √x), infinite at 0.
@Sendable
public func sqrt(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("sqrt", WABE_SQRT, x, rule: .output { gradient, y in gradient / (y * 2) })
}

/// One over the square root of every element. Its derivative is −1 / (2 x √x).
@Sendable
public func rsqrt(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("rsqrt", WABE_RSQRT, x, rule: .output { gradient, y in gradient * (y * y * y) * -0.5 })
}

/// One over every element. Its derivative is −1 / x².
@Sendable
public func reciprocal(_ x: Tensor) -> Tensor {
  Tensor.floatUnary("reciprocal", WABE_RECIPROCAL, x, rule: .output { gradient, y in -(gradient * (y * y)) })
}

/// Every element to the power of a number. Its derivative is n xⁿ⁻¹.
@Sendable
public func pow(_ x: Tensor, _ exponent: Double) -> Tensor {
  Tensor.requireFloat("pow", x)
  switch exponent {
  case 0: return Tensor.binary("pow", WABE_POWER, x, 0, rule: .constant)
  case 1: return x
  case 2: return square(x)
  case -1: return reciprocal(x)
  default:
    return Tensor.binary(
      "pow", WABE_POWER, x, exponent,
      rule: .input { gradient, x in gradient * (pow(x, exponent - 1) * exponent) })
  }
}

/// A number to the power of every element. Its derivative is aˣ log a.
@Sendable
public func pow(_ base: Double, _ x: Tensor) -> Tensor {
  Tensor.requireFloat("pow", x)
  let slope = logarithm(of: base)
  return Tensor.binary("pow", WABE_POWER, base, x, rule: .output { gradient, y in gradient * (y * slope) })
}

/// Every element of the first tensor to the power of the element of the second: aᵇ.
///
/// The derivative by a is b aᵇ⁻¹, and 0 where b is 0. The derivative by b is aᵇ log a, and 0 where a is 0 and b is not
/// negative.
@Sendable
public func pow(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.floatBinary(
    "pow", WABE_POWER, a, b,
    rule: .inputs(
      { gradient, a, b in
        let slope = pow(a, b - 1) * b
        return gradient * Tensor.where(b .== 0, 0, slope)
      },
      { gradient, a, b in
        let flat = (a .== 0) & (b .>= 0)
        let base = Tensor.where(flat, 1, a)
        return gradient * (pow(base, b) * log(base))
      }))
}

private func logarithm(of base: Double) -> Double { log(Tensor([base])).scalar }
