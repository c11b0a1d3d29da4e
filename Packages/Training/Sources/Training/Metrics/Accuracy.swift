public import Tensors

/// The share of examples whose class was predicted right.
///
/// With several outputs per example the largest one is the prediction, and targets are class indices or one row of
/// probabilities each. With one output it is the class 1 where it is above `threshold`, and targets are 0 or 1.
///
/// - Parameters:
///   - predictions: [count, classes], [count, 1] or [count].
///   - threshold: 0 for logits; pass 0.5 for probabilities.
public func accuracy(of predictions: Tensor, against targets: Tensor, threshold: Double = 0) -> Double {
  let (predicted, actual) = predictedClasses(predictions, targets, threshold, "accuracy")
  return (predicted .== actual).cast(to: .float64).mean().scalar
}

/// The share of examples whose class is among the `k` largest outputs.
public func topAccuracy(_ k: Int, of predictions: Tensor, against targets: Tensor) -> Double {
  require(
    predictions.rank == 2 && k > 0 && k <= predictions.shape[1],
    "topAccuracy: of predictions \(predictions.shape) the \(k) largest cannot be taken")
  let actual = classIndices(targets, "topAccuracy")
  require(
    actual.count == predictions.shape[0],
    "topAccuracy: predictions \(predictions.shape) and \(actual.count) targets differ in number")
  let chosen = predictions.detached.topK(k, axis: 1).indices
  return (chosen .== actual.unsqueezed(axis: 1)).any(axis: 1).cast(to: .float64).mean().scalar
}

/// The predicted and the true class of every example.
func predictedClasses(
  _ predictions: Tensor, _ targets: Tensor, _ threshold: Double, _ name: String
) -> (predicted: Tensor, actual: Tensor) {
  let predictions = predictions.detached
  if predictions.rank == 2 && predictions.shape[1] > 1 {
    let actual = classIndices(targets, name)
    require(
      predictions.shape[0] == actual.count,
      "\(name): predictions \(predictions.shape) and \(actual.count) targets differ in number")
    return (predictions.argMax(axis: 1), actual)
  }
  require(
    predictions.count == targets.count,
    "\(name): predictions \(predictions.shape) and targets \(targets.shape) differ in number")
  return (
    (predictions.flattened() .> threshold).cast(to: .int64), (targets.detached.flattened() .> 0.5).cast(to: .int64)
  )
}

/// Targets as class indices: they are, or they are rows of probabilities.
func classIndices(_ targets: Tensor, _ name: String) -> Tensor {
  if targets.rank == 2 && targets.shape[1] > 1 { return targets.detached.argMax(axis: 1) }
  require(
    targets.count == targets.shape.first ?? 1,
    "\(name): targets are class indices [count] or probabilities [count, classes], not \(targets.shape)")
  return targets.detached.flattened().cast(to: .int64)
}
