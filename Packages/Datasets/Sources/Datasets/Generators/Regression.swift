public import Tensors

/// Points in a square with a target that grows evenly along the diagonal.
///
/// inputs [count, 2] → targets [count, 1] from −1 to 1.
public struct RegressionPlane: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws points with coordinates between −`extent` and `extent`.
  ///
  /// - Parameter noise: The standard deviation of what is added to the targets.
  public init(
    count: Int, extent: Double = 6, noise: Double = 0, dtype: DType = .float32, using random: inout RandomSource
  ) {
    let points = Tensor.uniform([count, 2], from: -extent, to: extent, dtype: .float64, using: &random)
    let shift = Tensor.normal([count, 1], deviation: noise, dtype: .float64, using: &random)
    targets = (points.sum(axis: 1, keepDims: true) / (2 * extent) + shift).cast(to: dtype)
    inputs = points.cast(to: dtype)
  }
}

/// Points in a square with a target that rises and falls in waves around the middle.
///
/// inputs [count, 2] → targets [count, 1] from −1 to 1: the cosine of the distance from the middle.
public struct RegressionWaves: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws points with coordinates between −`extent` and `extent`; `waves` is the number of waves along that way.
  ///
  /// - Parameter noise: The standard deviation of what is added to the targets.
  public init(
    count: Int, extent: Double = 6, waves: Double = 1.5, noise: Double = 0, dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    let points = Tensor.uniform([count, 2], from: -extent, to: extent, dtype: .float64, using: &random)
    let shift = Tensor.normal([count, 1], deviation: noise, dtype: .float64, using: &random)
    let phase = points.norm(axis: 1, keepDims: true) * (2 * .pi * waves / extent)
    targets = (cos(phase) + shift).cast(to: dtype)
    inputs = points.cast(to: dtype)
  }
}
