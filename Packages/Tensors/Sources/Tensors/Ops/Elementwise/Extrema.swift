internal import TensorKernels

// NaN on either side makes the result NaN. Where both sides are equal, each gets half of the gradient.

/// The larger of every two elements; at ties each side gets half of the gradient.
@Sendable
public func maximum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.binary(
    "maximum", WABE_MAXIMUM, a, b,
    rule: .inputs(
      { gradient, a, b in gradient * greaterShare(a, b) }, { gradient, a, b in gradient * greaterShare(b, a) }))
}

/// The smaller of every two elements; at ties each side gets half of the gradient.
@Sendable
public func minimum(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.binary(
    "minimum", WABE_MINIMUM, a, b,
    rule: .inputs(
      { gradient, a, b in gradient * greaterShare(b, a) }, { gradient, a, b in gradient * greaterShare(a, b) }))
}

/// The larger of every element and a number; at a tie the element gets half of the gradient.
@Sendable
public func maximum(_ x: Tensor, _ number: Double) -> Tensor {
  Tensor.binary(
    "maximum", WABE_MAXIMUM, x, number,
    rule: .input { gradient, x in gradient * greaterShare(x, .number(number, x.dtype, for: "maximum")) })
}

/// The smaller of every element and a number; at a tie the element gets half of the gradient.
@Sendable
public func minimum(_ x: Tensor, _ number: Double) -> Tensor {
  Tensor.binary(
    "minimum", WABE_MINIMUM, x, number,
    rule: .input { gradient, x in gradient * greaterShare(.number(number, x.dtype, for: "minimum"), x) })
}

/// 1 where a is above b, 1/2 where they are equal, otherwise 0.
private func greaterShare(_ a: Tensor, _ b: Tensor) -> Tensor {
  Tensor.binary("greaterShare", WABE_GREATER_SHARE, a, b, rule: .constant)
}

extension Tensor {
  /// Every element, but not below one number and not above another. Its derivative is 1 within the limits, both
  /// included, and 0 outside.
  public func clamped(min lower: Double = -.infinity, max upper: Double = .infinity) -> Tensor {
    require(lower <= upper, "clamped: the lower limit \(lower) is above the upper limit \(upper)")
    var y = detached
    if lower > -.infinity { y = maximum(y, lower) }
    if upper < .infinity { y = minimum(y, upper) }
    guard trace != nil else { return y }
    let rule = UnaryRule.input { gradient, x in Tensor.where((x .>= lower) & (x .<= upper), gradient, 0) }
    return y.recorded("clamped", from: self, unary: rule)
  }
}
