public import Tensors

/// The four corners of the unit square, true where exactly one coordinate is 1.
///
/// inputs [4, 2] → targets [4, 1].
public struct XOR: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// The four rows of the truth table.
  public init(dtype: DType = .float32) {
    inputs = Tensor([[0, 0], [0, 1], [1, 0], [1, 1]], dtype: dtype)
    targets = Tensor([[0], [1], [1], [0]], dtype: dtype)
  }
}

/// Points in a square, class 1 where both coordinates have the same sign, as on TensorFlow's playground.
///
/// inputs [count, 2] → targets [count, 1]. A gap of `padding` is left on both axes.
public struct Quadrants: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws points with coordinates between −`extent` and `extent`.
  public init(
    count: Int, extent: Double = 5, padding: Double = 0.3, dtype: DType = .float32, using random: inout RandomSource
  ) {
    let drawn = Tensor.uniform([count, 2], from: -extent, to: extent, dtype: .float64, using: &random)
    let points =
      drawn + Tensor.where(drawn .> 0.0, Tensor.full(like: drawn, padding), Tensor.full(like: drawn, -padding))
    targets = (points[.all, 0..<1] * points[.all, 1..<2] .>= 0.0).cast(to: dtype)
    inputs = points.cast(to: dtype)
  }
}
