public import Tensors

/// Arms that wind out from the middle, one class each.
///
/// inputs [count, 2] → targets [count], int64 class indices.
public struct Spirals: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Places points on the arms.
  ///
  /// - Parameters:
  ///   - turns: How many times an arm winds around the middle.
  ///   - noise: The largest shift of a coordinate, drawn evenly; the arms end at radius 1.
  public init(
    count: Int, classes: Int = 2, turns: Double = 1.75, noise: Double = 0, dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    require(classes > 0, "Spirals: there must be at least one arm, not \(classes)")
    let labels = (0..<count).map { $0 % classes }
    let arm = Tensor(labels.map(Double.init))
    let along = Tensor((0..<count).map { Double($0 / classes) * Double(classes) / Double(count) })
    let angle = along * (2 * .pi * turns) + arm * (2 * .pi / Double(classes))
    let points = Tensor.stack([along * sin(angle), along * cos(angle)], axis: 1)
    let shift = Tensor.uniform([count, 2], from: -1, to: 1, dtype: .float64, using: &random) * noise
    inputs = (points + shift).cast(to: dtype)
    targets = Tensor(labels)
  }
}
