public import Tensors

/// The cross-entropy of a softmax that is spread over a tree of yes-or-no decisions, with the mean over examples.
///
/// An inner node n with vector wₙ and bias bₙ goes right with probability σ(h·wₙ + bₙ). The loss of a class is
/// Σ softplus(∓(h·wₙ + bₙ)) over the nodes on the way to it: at most `tree.depth` evaluations per example instead of
/// one per class.
///
/// - Parameters:
///   - features: h, what the layer below gives: [batch, features].
///   - nodes: The vectors of the inner nodes: [tree.nodeCount, features].
///   - biases: [tree.nodeCount].
///   - targets: Class indices: [batch].
public func hierarchicalCrossEntropy(
  features: Tensor, nodes: Tensor, biases: Tensor, targets: Tensor, tree: ClassTree, reduction: Reduction = .mean
) -> Tensor {
  requireFitting(features, nodes, biases, tree)
  require(
    targets.rank == 1 && features.shape[0] == targets.count && !targets.dtype.isFloatingPoint,
    "hierarchicalCrossEntropy: features \(features.shape) need one class index each, "
      + "not \(targets.dtype)\(targets.shape)")
  let path = tree.nodes.taking(targets, axis: 0)
  let signs = tree.signs.taking(targets, axis: 0).cast(to: features.dtype)
  let vectors = nodes.taking(path, axis: 0)
  let logits = vectors.matmul(features.unsqueezed(axis: -1)).squeezed(axis: -1) + biases.taking(path, axis: 0)
  let losses = softplus(-(signs * logits)) * abs(signs)
  return reduction(losses.sum(axis: -1))
}

/// The probabilities of all classes under the tree of `hierarchicalCrossEntropy`: [batch, classes].
///
/// This evaluates every node; training needs only the ones on the way to a class.
public func hierarchicalProbabilities(features: Tensor, nodes: Tensor, biases: Tensor, tree: ClassTree) -> Tensor {
  requireFitting(features, nodes, biases, tree)
  let logits = features.matmul(nodes, transposeB: true) + biases
  let signs = tree.signs.cast(to: features.dtype)
  let decisions = logits.taking(tree.nodes, axis: 1) * signs
  return exp(-(softplus(-decisions) * abs(signs)).sum(axis: -1))
}

private func requireFitting(_ features: Tensor, _ nodes: Tensor, _ biases: Tensor, _ tree: ClassTree) {
  require(
    features.rank == 2 && nodes.shape == [tree.nodeCount, features.shape[1]] && biases.shape == [tree.nodeCount],
    "hierarchicalCrossEntropy: features \(features.shape) and a tree of \(tree.nodeCount) nodes need node vectors "
      + "[\(tree.nodeCount), features] and biases [\(tree.nodeCount)], not \(nodes.shape) and \(biases.shape)")
}
