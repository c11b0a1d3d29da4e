public import Tensors

/// The cross-entropy between truth values and the probabilities σ(logit), with the mean over all elements.
///
/// max(z, 0) − z t + log(1 + e^−|z|), which is right for every finite logit. Its derivative is σ(z) − t. Called
/// `BCEWithLogitsLoss` in PyTorch.
public func binaryCrossEntropy(logits: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("binaryCrossEntropy", logits, targets)
  SoftmaxTwice.warn(ifMadeBy: .sigmoid, logits)
  switch reduction {
  case .mean: return sigmoidCrossEntropySum(logits, targets, scale: 1 / Double(targets.count))
  case .sum: return sigmoidCrossEntropySum(logits, targets)
  // In this form neither term cancels the other: each keeps the digits of a loss near 0.
  case .none: return softplus(-logits) * targets + softplus(logits) * (1 - targets)
  }
}

/// The cross-entropy between truth values and probabilities, with the mean over all elements.
///
/// −t log p − (1 − t) log(1 − p), where 0 log 0 is 0. Prefer the form that takes logits: a probability that has been
/// rounded to 0 or 1 has lost what the gradient needs. Called `BCELoss` in PyTorch, which clamps the logarithm at −100;
/// here a certain mistake costs ∞.
public func binaryCrossEntropy(probabilities: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("binaryCrossEntropy", probabilities, targets)
  let hit = logOrZero(probabilities, weight: targets)
  let miss = logOrZero(1 - probabilities, weight: 1 - targets)
  return reduction(-(hit + miss))
}

/// weight · log(value), and 0 where the weight is 0.
func logOrZero(_ value: Tensor, weight: Tensor) -> Tensor {
  weight * log(Tensor.where(weight .!= 0, value, 1))
}
