public import Tensors

/// Two concentric circles: the outer one is class 0, the inner one class 1. Called `make_circles` in scikit-learn.
///
/// inputs [count, 2] → targets [count, 1]. Angles are equally spaced, noise is Gaussian.
public struct Circles: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws points.
  ///
  /// - Parameters:
  ///   - factor: The radius of the inner circle; the outer one has radius 1.
  ///   - noise: The standard deviation of what is added to each coordinate.
  public init(
    count: Int, factor: Double = 0.8, noise: Double = 0, dtype: DType = .float32, using random: inout RandomSource
  ) {
    require(factor >= 0 && factor < 1, "Circles: the inner circle needs a factor from 0 to below 1, not \(factor)")
    let outer = count / 2
    let points = Tensor.concatenate([
      Circles.circle(count: outer, radius: 1), Circles.circle(count: count - outer, radius: factor),
    ])
    let shift = Tensor.normal([count, 2], deviation: noise, dtype: .float64, using: &random)
    inputs = (points + shift).cast(to: dtype)
    targets = (Tensor.arange(count, dtype: .int64) .>= Double(outer)).cast(to: dtype).reshaped(to: [count, 1])
  }

  private static func circle(count: Int, radius: Double) -> Tensor {
    let angle = Tensor.arange(count, dtype: .float64) * (2 * .pi / Double(Swift.max(count, 1)))
    return Tensor.stack([cos(angle), sin(angle)], axis: 1) * radius
  }
}
