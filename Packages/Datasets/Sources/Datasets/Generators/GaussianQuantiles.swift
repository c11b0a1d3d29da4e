public import Tensors

/// One Gaussian cloud, cut into shells with equally many points. Called `make_gaussian_quantiles` in scikit-learn.
///
/// inputs [count, features] → targets [count], int64 class indices from the middle outwards.
public struct GaussianQuantiles: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws the cloud and sorts its points into shells by their distance from the middle.
  public init(
    count: Int, classes: Int = 3, features: Int = 2, deviation: Double = 1, dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    require(classes > 0, "GaussianQuantiles: there must be at least one class, not \(classes)")
    let points = Tensor.normal([count, features], deviation: deviation, dtype: .float64, using: &random)
    let ranks = points.norm(axis: 1).argSorted(axis: 0).scalars(as: Int.self)
    var labels = Array(repeating: 0, count: count)
    for (rank, index) in ranks.enumerated() { labels[index] = rank * classes / count }
    targets = Tensor(labels)
    inputs = points.cast(to: dtype)
  }
}
