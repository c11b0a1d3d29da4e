public import Tensors

/// Pairs of numbers with their sum as the target.
///
/// inputs [count, 2] → targets [count, 1].
public struct AdditionPairs: Dataset {
  public let inputs: Tensor
  public let targets: Tensor

  /// Draws pairs evenly from `low` to `high`.
  public init(
    count: Int, from low: Double = 0, to high: Double = 1, dtype: DType = .float32, using random: inout RandomSource
  ) {
    inputs = Tensor.uniform([count, 2], from: low, to: high, dtype: dtype, using: &random)
    targets = inputs.sum(axis: 1, keepDims: true)
  }
}
