public import Tensors

/// Two interleaved half circles. Called `make_moons` in scikit-learn.
///
/// inputs [count, 2] → targets [count, 1].
public struct Moons: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Places points evenly on both half circles and adds Gaussian noise of the given standard deviation.
  public init(count: Int, noise: Double = 0, dtype: DType = .float32, using random: inout RandomSource) {
    let outer = count / 2
    let above = Tensor.linspace(from: 0, to: .pi, count: outer, dtype: .float64)
    let below = Tensor.linspace(from: 0, to: .pi, count: count - outer, dtype: .float64)
    let points = Tensor.concatenate([
      Tensor.stack([cos(above), sin(above)], axis: 1),
      Tensor.stack([1 - cos(below), 0.5 - sin(below)], axis: 1),
    ])
    let shift = Tensor.normal([count, 2], deviation: noise, dtype: .float64, using: &random)
    inputs = (points + shift).cast(to: dtype)
    targets = (Tensor.arange(count, dtype: .int64) .>= Double(outer)).cast(to: dtype).reshaped(to: [count, 1])
  }
}
