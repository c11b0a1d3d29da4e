public import Tensors

/// The cross-entropy between the right classes and softmax(logits) along the last axis, with the mean over examples.
///
/// log Σ e^z − z_target. Its derivative is softmax(z) − the target's probabilities. A class index that names no class
/// stops the program; readers of data check theirs and throw. Called `CrossEntropyLoss` in PyTorch.
///
/// - Parameters:
///   - logits: [batch…, classes].
///   - targets: Class indices [batch…] of an integer type, or probabilities shaped like the logits.
///   - weights: How much each class counts: [classes]. With class indices the mean is then a weighted one; with
///     probabilities it stays the mean over examples, both as in PyTorch.
///   - labelSmoothing: The share of the target that is spread evenly over all classes.
///   - ignored: A class index that marks examples which do not count.
public func crossEntropy(
  logits: Tensor, targets: Tensor, weights: Tensor? = nil, labelSmoothing: Double = 0, ignoring ignored: Int? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  SoftmaxTwice.warn(ifMadeBy: .softmax, logits)
  require(logits.rank > 0, "crossEntropy: logits need an axis of classes, but have no axes")
  require(
    labelSmoothing >= 0 && labelSmoothing <= 1,
    "crossEntropy: a label smoothing of \(labelSmoothing) is no share: give a number from 0 to 1")
  let classes = logits.shape[logits.rank - 1]
  if targets.dtype.isFloatingPoint {
    requireSameShape("crossEntropy", logits, targets)
    require(ignored == nil, "crossEntropy: only class indices can be ignored, not probabilities")
    requireWeights("crossEntropy", weights, classes: classes)
    let smooth = labelSmoothing == 0 ? targets : targets * (1 - labelSmoothing) + labelSmoothing / Double(classes)
    let terms = weights.map { smooth * $0 } ?? smooth
    return reduction(softmaxCrossEntropy(logits, probabilities: terms))
  }
  let examples = Examples("crossEntropy", targets, of: logits, weights: weights, ignored: ignored)
  let own = softmaxCrossEntropy(logits, labels: examples.labels, ignoring: ignored)
  let hard = examples.weights.map { own * $0 } ?? own
  guard labelSmoothing > 0 else { return examples.reduced(hard, reduction) }
  let all = -logSoftmax(logits, axis: -1)
  let even = (weights.map { all * $0 } ?? all).mean(axis: -1)
  let soft = examples.counts.map { even * $0 } ?? even
  return examples.reduced(hard * (1 - labelSmoothing) + soft * labelSmoothing, reduction)
}

/// −log p of the right class, for log-probabilities along the last axis, with the mean over examples.
///
/// Called `NLLLoss` in PyTorch. The parameters are those of `crossEntropy(logits:targets:)`.
public func negativeLogLikelihood(
  logProbabilities: Tensor, targets: Tensor, weights: Tensor? = nil, ignoring ignored: Int? = nil,
  reduction: Reduction = .mean
) -> Tensor {
  let name = "negativeLogLikelihood"
  require(logProbabilities.rank > 0, "\(name): log-probabilities need an axis of classes, but have no axes")
  let examples = Examples(name, targets, of: logProbabilities, weights: weights, ignored: ignored)
  examples.requireClasses(name, below: logProbabilities.shape[logProbabilities.rank - 1], except: ignored)
  let own = -logProbabilities.gathering(examples.places.unsqueezed(axis: -1), axis: -1).squeezed(axis: -1)
  return examples.reduced(examples.weights.map { own * $0 } ?? own, reduction)
}

/// Stops the program unless there is one weight per class.
private func requireWeights(_ name: String, _ weights: Tensor?, classes: Int) {
  require(
    weights.map { $0.shape == [classes] } ?? true,
    "\(name): \(classes) classes need weights of shape [\(classes)], not \(weights?.shape ?? [])")
}

/// The right classes of a batch, and how much each example counts.
private struct Examples {
  /// The class of each example as int64.
  let labels: Tensor
  /// 1, or 0 where an example is ignored; nil where all count.
  let counts: Tensor?
  /// The weight of each example's class, 0 where it is ignored; nil where all count the same.
  let weights: Tensor?
  /// The class of each example, 0 where it is ignored.
  var places: Tensor { counts.map { labels * $0.cast(to: .int64) } ?? labels }

  init(_ name: String, _ targets: Tensor, of logits: Tensor, weights: Tensor?, ignored: Int?) {
    let batch = Shape(logits.shape.dropLast())
    requireWeights(name, weights, classes: logits.shape[logits.rank - 1])
    require(
      !targets.dtype.isFloatingPoint && targets.dtype != .bool,
      "\(name): class indices are integers, not \(targets.dtype): use cast(to: .int64)")
    require(
      targets.shape == batch,
      "\(name): logits \(logits.shape) need class indices \(batch), not \(targets.shape): nothing is repeated")
    let labels = targets.dtype == .int64 ? targets : targets.cast(to: .int64)
    self.labels = labels
    let counts = ignored.map { (labels .!= Double($0)).cast(to: logits.dtype) }
    self.counts = counts
    guard let weights else {
      self.weights = counts
      return
    }
    guard let counts else {
      self.weights = weights.taking(labels, axis: 0)
      return
    }
    self.weights = weights.taking(labels * counts.cast(to: .int64), axis: 0) * counts
  }

  /// Stops the program at a label that names no class and is not the ignored one.
  func requireClasses(_ name: String, below classes: Int, except ignored: Int?) {
    for label in labels.scalars(as: Int64.self) where label < 0 || label >= classes {
      require(
        ignored == Int(label),
        "\(name): class indices run from 0 to \(classes - 1), but one is \(label): "
          + "check the labels, or name the one to ignore")
    }
  }

  /// Applies a reduction to losses that were already multiplied with the weights.
  func reduced(_ losses: Tensor, _ reduction: Reduction) -> Tensor {
    weights.map { reduction(losses, weights: $0) } ?? reduction(losses)
  }
}
