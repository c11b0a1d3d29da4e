internal import Tensors

/// What becomes of the losses of the single elements or examples.
public enum Reduction: Sendable, CaseIterable {
  /// Their mean: the result does not depend on the size of the batch. Of nothing it is 0 / 0, which is NaN.
  case mean
  /// Their sum.
  case sum
  /// They are returned as they are.
  case none

  /// Applies the reduction to losses that all count the same.
  func callAsFunction(_ losses: Tensor) -> Tensor {
    switch self {
    case .mean: losses.mean()
    case .sum: losses.sum()
    case .none: losses
    }
  }

  /// Applies the reduction to losses that were already multiplied with `weights`; the mean is a weighted one.
  func callAsFunction(_ losses: Tensor, weights: Tensor) -> Tensor {
    self == .mean ? losses.sum() / weights.sum() : self(losses)
  }
}

/// Stops the program unless both tensors have the same shape and type: a loss never broadcasts.
func requireSameShape(_ name: String, _ predictions: Tensor, _ targets: Tensor) {
  require(
    predictions.shape == targets.shape,
    "\(name): predictions \(predictions.shape) and targets \(targets.shape) differ: reshape one, nothing is repeated")
  require(
    predictions.dtype == targets.dtype && predictions.dtype.isFloatingPoint,
    "\(name): predictions are \(predictions.dtype) and targets \(targets.dtype): both must be the same real type, "
      + "convert with cast(to:)")
}
