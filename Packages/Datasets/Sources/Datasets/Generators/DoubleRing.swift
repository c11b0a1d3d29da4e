public import Tensors

/// A disc (class 1) inside a ring (class 0) with a gap between them, as on TensorFlow's playground.
///
/// inputs [count, 2] → targets [count, 1]. Half the points have a radius drawn evenly from 0 to half of `radius`, the
/// others from 0.7 to 1 times `radius`. Noise moves a point only for the decision which class it gets.
public struct DoubleRing: Dataset {
  public let inputs: Tensor
  public let targets: Tensor
  /// The outer radius of the ring.
  public let radius: Double

  /// Draws points; `noise` is relative to the radius.
  public init(
    count: Int, radius: Double = 5, noise: Double = 0, dtype: DType = .float32, using random: inout RandomSource
  ) {
    let inner = count / 2
    let distance = Tensor.concatenate([
      Tensor.uniform([inner], from: 0, to: radius * 0.5, dtype: .float64, using: &random),
      Tensor.uniform([count - inner], from: radius * 0.7, to: radius, dtype: .float64, using: &random),
    ])
    let angle = Tensor.uniform([count], from: 0, to: 2 * .pi, dtype: .float64, using: &random)
    let points = Tensor.stack([distance * sin(angle), distance * cos(angle)], axis: 1)
    let shift = Tensor.uniform([count, 2], from: -radius, to: radius, dtype: .float64, using: &random) * noise
    targets = ((points + shift).norm(axis: 1, keepDims: true) .< radius * 0.5).cast(to: dtype)
    inputs = points.cast(to: dtype)
    self.radius = radius
  }
}
