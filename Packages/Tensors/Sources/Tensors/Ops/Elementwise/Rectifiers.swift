// Activations in the manner of relu. A number beside the function has a default, PyTorch's; the form without the number
// is there so that the bare name can be used as a layer.

/// Every element above 0 as it is, and `slope` times the others. Its derivative is 1 above 0, otherwise `slope`.
@Sendable
public func leakyReLU(_ x: Tensor, slope: Double) -> Tensor { Tensor.where(x .> 0, x, x * slope) }

/// Every element above 0 as it is, and a hundredth of the others. Keras takes three tenths.
@Sendable
public func leakyReLU(_ x: Tensor) -> Tensor { leakyReLU(x, slope: 0.01) }

/// Every element above 0 as it is, and `slopes` times the others, where slopes are trained: one, or one per channel.
///
/// Slopes are broadcast as in any product.
public func parametricReLU(_ x: Tensor, slopes: Tensor) -> Tensor { Tensor.where(x .> 0, x, x * slopes) }

/// Every element above 0 as it is, and `scale` (eˣ − 1) for the others. Its derivative is 1 above 0, then `scale` eˣ.
@Sendable
public func elu(_ x: Tensor, scale: Double) -> Tensor { relu(x) + expm1(x.negativePart) * scale }

/// Every element above 0 as it is, and eˣ − 1 for the others.
@Sendable
public func elu(_ x: Tensor) -> Tensor { relu(x) + expm1(x.negativePart) }

/// An elu without a jump in its derivative: x above 0, and `scale` (e^(x / scale) − 1) for the others.
@Sendable
public func celu(_ x: Tensor, scale: Double) -> Tensor { relu(x) + expm1(x.negativePart / scale) * scale }

/// An elu scaled so that a deep network keeps mean 0 and variance 1 (Klambauer et al. 2017).
@Sendable
public func selu(_ x: Tensor) -> Tensor { elu(x, scale: 1.6732632423543772) * 1.0507009873554805 }

/// Every element, but not below −1 and not above 1.
@Sendable
public func hardTanh(_ x: Tensor) -> Tensor { x.clamped(min: -1, max: 1) }

/// The straight line x / 6 + 1/2, but not below 0 and not above 1.
@Sendable
public func hardSigmoid(_ x: Tensor) -> Tensor { (x / 6 + 0.5).clamped(min: 0, max: 1) }

/// Every element times its `hardSigmoid`.
@Sendable
public func hardSwish(_ x: Tensor) -> Tensor { x * hardSigmoid(x) }

/// Every element as it is.
@Sendable
public func identity(_ x: Tensor) -> Tensor { x }

extension Tensor {
  /// Every element that is not above 0, and 0 for the others, which keeps their exponentials from overflowing.
  fileprivate var negativePart: Tensor { Tensor.where(self .> 0, 0, self) }
}
