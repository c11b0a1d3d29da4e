public import Tensors

/// z / Σ z along the last axis: outputs that sum to 1 without an exponential.
///
/// They are probabilities only while all z have the same sign; the sheet's question is what goes wrong otherwise.
public func linearNormalization(_ scores: Tensor) -> Tensor {
  scores / scores.sum(axis: -1, keepDims: true)
}

/// The cross-entropy of z / Σ z, the normalization without an exponential, with the mean over examples.
///
/// −Σ t log(z / Σ z). Its derivative is (Σ t) / (Σ z) − t / z: it grows without bound as z goes to 0, vanishes like
/// 1 / z as z grows, and does not change when all scores are multiplied by the same factor. Where z / Σ z is not
/// positive the logarithm does not exist and the loss is NaN.
public func linearCrossEntropy(scores: Tensor, targets: Tensor, reduction: Reduction = .mean) -> Tensor {
  requireSameShape("linearCrossEntropy", scores, targets)
  return reduction(-logOrZero(linearNormalization(scores), weight: targets).sum(axis: -1))
}
