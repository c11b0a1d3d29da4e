public import Tensors

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Among how many equally likely classes a model is undecided on average: e to the mean cross-entropy.
///
/// 1 is certainty about the right class, the number of classes is knowing nothing. Used for language models, where
/// `logits` has one row for each word that was to be predicted.
///
/// - Parameters:
///   - logits: [count, classes], before the softmax.
///   - targets: Class indices [count], or one row of probabilities each.
public func perplexity(of logits: Tensor, against targets: Tensor) -> Double {
  require(
    logits.rank == 2 && logits.shape[0] > 0,
    "perplexity: logits of shape \(logits.shape): give one row for each prediction, [count, classes]")
  let logarithms = logSoftmax(logits.detached.cast(to: .float64))
  if targets.shape == logits.shape {
    // Where a target is 0 the logarithm has no part, not even when it is −∞.
    let wanted = targets.detached.cast(to: .float64)
    let products = Tensor.where(wanted .== 0, Tensor.zeros(like: wanted), wanted * logarithms)
    return exp(-products.sum().scalar / Double(logits.shape[0]))
  }
  let labels = classIndices(targets, "perplexity")
  require(
    labels.count == logits.shape[0],
    "perplexity: logits \(logits.shape) and \(labels.count) targets differ in number")
  return exp(-logarithms.gathering(labels.unsqueezed(axis: 1), axis: 1).mean().scalar)
}
