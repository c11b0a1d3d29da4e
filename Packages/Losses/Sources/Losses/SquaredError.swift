public import Tensors

/// (prediction − target)², with the mean over all elements.
///
/// Called `MSELoss` in PyTorch; with `.sum` it is the sum of squared errors.
public func squaredError(predictions: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("squaredError", predictions, targets)
  switch reduction {
  case .mean: return squaredErrorSum(predictions, targets, scale: 1 / Double(targets.count))
  case .sum: return squaredErrorSum(predictions, targets)
  case .none: return square(predictions - targets)
  }
}

/// |prediction − target|, with the mean over all elements. Called `L1Loss` in PyTorch.
public func absoluteError(predictions: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("absoluteError", predictions, targets)
  return reduction(abs(predictions - targets))
}

/// Half the squared error where it is below `delta`, and a straight line beyond: outliers pull with a constant force.
///
/// With d = |prediction − target|: d² / 2 for d ≤ δ, else δ (d − δ / 2). Called `HuberLoss` in PyTorch.
public func huberLoss(
  predictions: Tensor, targets: Tensor, delta: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape("huberLoss", predictions, targets)
  require(delta > 0, "huberLoss: delta is \(delta): it must be positive")
  let distance = abs(predictions - targets)
  let near = distance.clamped(min: 0, max: delta)
  return reduction(near * (distance - near * 0.5))
}

/// log cosh(prediction − target): like half the squared error near 0 and like the absolute error far away.
///
/// Called `LogCosh` in Keras.
public func logCoshLoss(predictions: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("logCoshLoss", predictions, targets)
  let distance = abs(predictions - targets)
  // log cosh d = d + log(1 + e^−2d) − log 2, where nothing overflows.
  return reduction(distance + softplus(distance * -2) - 0.6931471805599453)
}
