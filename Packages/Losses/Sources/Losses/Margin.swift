public import Tensors

/// max(0, margin − target · prediction) for targets −1 and 1, with the mean over all elements.
///
/// Called `Hinge` in Keras; PyTorch's `HingeEmbeddingLoss` is something else.
public func hingeLoss(
  predictions: Tensor, targets: Tensor, margin: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape("hingeLoss", predictions, targets)
  return reduction(relu(margin - targets * predictions))
}

/// The square of `hingeLoss`, which has no kink, with the mean over all elements.
public func squaredHingeLoss(
  predictions: Tensor, targets: Tensor, margin: Double = 1, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape("squaredHingeLoss", predictions, targets)
  return reduction(square(relu(margin - targets * predictions)))
}

/// 1 − the cosine of the angle between prediction and target along the last axis, with the mean over examples.
///
/// Vectors shorter than `shortest` are treated as if they had that length, so that the zero vector has a gradient.
/// Called `CosineEmbeddingLoss` in PyTorch.
public func cosineLoss(
  predictions: Tensor, targets: Tensor, shortest: Double = 1e-8, reduction: Reduction = .mean
) -> Tensor {
  requireSameShape("cosineLoss", predictions, targets)
  let lengths =
    maximum(predictions.norm(axis: -1), shortest) * maximum(targets.norm(axis: -1), shortest)
  return reduction(1 - (predictions * targets).sum(axis: -1) / lengths)
}
