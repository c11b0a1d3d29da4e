public import Tensors

/// The mean squared difference between predictions and targets.
public func meanSquaredError(of predictions: Tensor, against targets: Tensor) -> Double {
  let error = differences(predictions, targets, "meanSquaredError")
  return (error * error).mean().scalar
}

/// The root of the mean squared difference, in the unit of the targets; called RMSE.
public func rootMeanSquaredError(of predictions: Tensor, against targets: Tensor) -> Double {
  let error = differences(predictions, targets, "rootMeanSquaredError")
  return (error * error).mean().scalar.squareRoot()
}

/// The mean absolute difference between predictions and targets.
public func meanAbsoluteError(of predictions: Tensor, against targets: Tensor) -> Double {
  abs(differences(predictions, targets, "meanAbsoluteError")).mean().scalar
}

/// R², the share of the targets' variance that the predictions explain: 1 is perfect, 0 no better than their mean.
public func rSquared(of predictions: Tensor, against targets: Tensor) -> Double {
  let error = differences(predictions, targets, "rSquared")
  let wide = targets.detached.cast(to: .float64)
  let spread = wide - wide.mean()
  return 1 - (error * error).sum().scalar / (spread * spread).sum().scalar
}

private func differences(_ predictions: Tensor, _ targets: Tensor, _ name: String) -> Tensor {
  require(
    predictions.shape == targets.shape,
    "\(name): predictions \(predictions.shape) and targets \(targets.shape) differ: reshape one, nothing is repeated")
  return predictions.detached.cast(to: .float64) - targets.detached.cast(to: .float64)
}
