public import Tensors

/// The Kullback–Leibler divergence of predicted from true distributions along the last axis, with the mean over examples.
///
/// Σ t (log t − log p), where 0 log 0 is 0. Called `KLDivLoss` with `batchmean` in PyTorch.
///
/// - Parameters:
///   - logProbabilities: The logarithms of the predicted probabilities: [batch…, classes].
///   - targets: The true probabilities, of the same shape.
public func klDivergence(logProbabilities: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("klDivergence", logProbabilities, targets)
  // Where nothing is expected nothing is lost, even if the logarithm is −∞.
  let crossTerms = targets * Tensor.where(targets .!= 0, logProbabilities, 0)
  return reduction((logOrZero(targets, weight: targets) - crossTerms).sum(axis: -1))
}

/// rate − count · log rate for counted events, with the mean over all elements, from the logarithm of the rate.
///
/// e^z − t z. Its derivative is e^z − t. Called `PoissonNLLLoss` in PyTorch.
public func poissonLoss(logRates: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("poissonLoss", logRates, targets)
  return reduction(exp(logRates) - targets * logRates)
}
