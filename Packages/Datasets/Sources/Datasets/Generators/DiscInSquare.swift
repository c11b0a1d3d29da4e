public import Tensors

/// Points spread evenly over a square that has twice the area of the disc in its middle; the disc is class 0, the rest
/// of the square class 1.
///
/// inputs [count, 2] → targets [count, 1]. With no noise the classes are balanced in expectation, and a perfect answer
/// is a circle.
public struct DiscInSquare: Dataset {
  public let inputs: Tensor
  public let targets: Tensor
  /// The radius of the disc, in the units of the inputs.
  public let radius: Double
  /// Half the side of the square, in the units of the inputs.
  public let halfSide: Double

  /// Draws points.
  ///
  /// - Parameters:
  ///   - radius: The radius of the disc before normalizing.
  ///   - normalized: Whether inputs are divided by half the side, so that they lie between −1 and 1.
  public init(
    count: Int, radius: Double = 5, normalized: Bool = false, dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    let side = radius * (2 * Double.pi).squareRoot()
    let points = Tensor.uniform([count, 2], from: -side / 2, to: side / 2, dtype: .float64, using: &random)
    targets = (points.norm(axis: 1, keepDims: true) .> radius).cast(to: dtype)
    let unit = normalized ? side / 2 : 1
    inputs = (points / unit).cast(to: dtype)
    self.radius = radius / unit
    halfSide = side / 2 / unit
  }
}
