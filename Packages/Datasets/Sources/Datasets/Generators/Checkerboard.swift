public import Tensors

/// Points in the unit square that is divided into fields of two classes in turn.
///
/// inputs [count, 2] → targets [count, 1].
public struct Checkerboard: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws points over `fields` × `fields` fields; the one at the origin is class 0.
  public init(count: Int, fields: Int = 4, dtype: DType = .float32, using random: inout RandomSource) {
    require(fields > 0, "Checkerboard: there must be at least one field a side, not \(fields)")
    let points = Tensor.uniform([count, 2], from: 0, to: 1, dtype: .float64, using: &random)
    let parity = floor(points * Double(fields)).sum(axis: 1, keepDims: true)
    targets = (parity - 2 * floor(parity / 2)).cast(to: dtype)
    inputs = points.cast(to: dtype)
  }
}
