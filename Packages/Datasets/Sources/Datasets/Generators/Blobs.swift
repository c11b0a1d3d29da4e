public import Tensors

/// Gaussian clouds around random centres, one class each. Called `make_blobs` in scikit-learn.
///
/// inputs [count, features] → targets [count], int64 class indices.
public struct Blobs: Dataset {
  public let inputs: Tensor
  public let targets: Tensor
  /// The middle of each cloud: [classes, features].
  public let centers: Tensor

  /// Draws centres evenly from −`extent` to `extent`, then the points around them in turn.
  public init(
    count: Int, classes: Int = 3, features: Int = 2, deviation: Double = 1, extent: Double = 10,
    dtype: DType = .float32, using random: inout RandomSource
  ) {
    let drawn = Tensor.uniform([classes, features], from: -extent, to: extent, dtype: .float64, using: &random)
    self.init(count: count, centers: drawn, deviation: deviation, dtype: dtype, using: &random)
  }

  /// Draws points around the given centres in turn.
  public init(
    count: Int, centers: Tensor, deviation: Double = 1, dtype: DType = .float32, using random: inout RandomSource
  ) {
    require(centers.rank == 2, "Blobs: centres have shape [classes, features], not \(centers.shape)")
    let labels = (0..<count).map { $0 % centers.shape[0] }
    targets = Tensor(labels)
    let shift = Tensor.normal([count, centers.shape[1]], deviation: deviation, dtype: .float64, using: &random)
    inputs = (centers.cast(to: .float64).taking(targets, axis: 0) + shift).cast(to: dtype)
    self.centers = centers.cast(to: dtype)
  }
}
