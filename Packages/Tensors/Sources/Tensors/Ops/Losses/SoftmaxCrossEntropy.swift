internal import TensorKernels

/// The cross-entropy between right classes and softmax(logits) along the last axis, one number per row.
///
/// log Σ e^z − z_label, in one pass. Its derivative is softmax(z) − 1 at the label and softmax(z) elsewhere. A row of
/// nothing but −∞ costs ∞ and has a gradient of 0; one that holds +∞ or NaN gives NaN.
///
/// - Parameters:
///   - logits: [rows…, classes].
///   - labels: The class of each row, as int64: [rows…]. One that names no class stops the program.
///   - ignored: A label that marks rows which do not count: their loss and their gradient are 0.
public func softmaxCrossEntropy(_ logits: Tensor, labels: Tensor, ignoring ignored: Int? = nil) -> Tensor {
  let name = "softmaxCrossEntropy"
  let classes = Tensor.classes(name, logits)
  require(
    labels.dtype == .int64 && labels.shape == Shape(logits.shape.dropLast()),
    "\(name): logits \(logits.shape) need int64 labels \(Shape(logits.shape.dropLast())), "
      + "not \(labels.dtype)\(labels.shape)")
  labels.requireLabels(below: classes, except: ignored, name)
  let y = Tensor.classLosses(logits, labels: labels, ignored)
  return y.recorded("softmaxCrossEntropy", from: logits) { logits, _ in
    .each { gradient, _ in softmaxCrossEntropySlope(gradient, logits, labels: labels, ignored) }
  }
}

/// gradient · (softmax(x) − the label's one-hot row), with one gradient per row.
private func softmaxCrossEntropySlope(
  _ gradient: Tensor, _ x: Tensor, labels: Tensor, _ ignored: Int?
) -> Tensor {
  let y = Tensor.classSlopes(gradient, x, labels: labels, ignored)
  let axis = x.rank - 1
  return y.recorded("softmaxCrossEntropySlope", from: gradient, x) { gradient, x, _ in
    .each { outer, input in
      if input == 0 {
        let one = Tensor.ones(like: gradient)
        return (outer * softmaxCrossEntropySlope(one, x, labels: labels, ignored)).sum(axis: -1)
      }
      let counting = ignored.map { gradient * (labels .!= Double($0)).cast(to: gradient.dtype) } ?? gradient
      return softmaxBackward(outer * counting.expandedRow, softmax(x), axis: axis)
    }
  }
}

/// The cross-entropy between target probabilities and softmax(logits) along the last axis, one number per row.
///
/// Σ t (log Σ e^z − z), in one pass; a class of probability 0 costs nothing, whatever its logit. Its derivative is
/// softmax(z) · Σ t − t by the logits and −log softmax(z) by the targets.
@Sendable
public func softmaxCrossEntropy(_ logits: Tensor, probabilities: Tensor) -> Tensor {
  let name = "softmaxCrossEntropy"
  _ = Tensor.classes(name, logits)
  Tensor.requireSameType(name, logits, probabilities)
  require(
    logits.shape == probabilities.shape,
    "\(name): logits \(logits.shape) and probabilities \(probabilities.shape) differ: nothing is repeated in a loss")
  let y = Tensor.classLosses(logits, probabilities: probabilities)
  return y.recorded("softmaxCrossEntropy", from: logits, probabilities) { logits, probabilities, _ in
    .each { gradient, input in
      input == 0
        ? softmaxCrossEntropySlope(gradient, logits, probabilities: probabilities)
        : -(gradient.expandedRow * logSoftmax(logits, axis: -1))
    }
  }
}

/// gradient · (softmax(x) Σ t − t), with one gradient per row.
private func softmaxCrossEntropySlope(_ gradient: Tensor, _ x: Tensor, probabilities t: Tensor) -> Tensor {
  let y = Tensor.classSlopes(gradient, x, probabilities: t)
  let axis = x.rank - 1
  return y.recorded("softmaxCrossEntropySlope", from: gradient, x, t) { gradient, x, t, _ in
    .each { outer, input in
      if input == 0 {
        let one = Tensor.ones(like: gradient)
        return (outer * softmaxCrossEntropySlope(one, x, probabilities: t)).sum(axis: -1)
      }
      let p = softmax(x)
      let inner = outer * gradient.expandedRow
      if input == 1 { return softmaxBackward(inner * t.sum(axis: -1, keepDims: true), p, axis: axis) }
      return (inner * p).sum(axis: -1, keepDims: true) - inner
    }
  }
}

// MARK: - Kernels

extension Tensor {
  /// One number per row as a column, so that it can be multiplied with rows.
  fileprivate var expandedRow: Tensor { reshaped(to: Shape(Array(shape) + [1])) }

  /// The number of classes, which is the size of the last axis.
  fileprivate static func classes(_ name: String, _ logits: Tensor) -> Int {
    requireFloat(name, logits)
    require(logits.rank > 0, "\(name): logits need an axis of classes, but have no axes")
    let classes = logits.shape[logits.rank - 1]
    require(classes > 0, "\(name): logits \(logits.shape) have no classes to choose from")
    return classes
  }

  /// Stops the program at a label that names no class and is not the ignored one.
  fileprivate func requireLabels(below classes: Int, except ignored: Int?, _ name: String) {
    let labels = pointer.assumingMemoryBound(to: Int64.self)
    for row in 0..<count where UInt64(bitPattern: labels[row]) >= UInt64(classes) {
      if let ignored, labels[row] == Int64(ignored) { continue }
      fatalError(
        "\(name): class indices run from 0 to \(classes - 1), but row \(row) has \(labels[row]): "
          + "check the labels, or name the one to ignore")
    }
    withExtendedLifetime(storage) {}
  }

  fileprivate static func classLosses(
    _ logits: Tensor, labels: Tensor? = nil, _ ignored: Int? = nil, probabilities: Tensor? = nil
  ) -> Tensor {
    let y = Tensor(uninitialized: Shape(logits.shape.dropLast()), logits.dtype)
    var rows = classification(logits, labels, ignored, probabilities)
    wabe_softmax_cross_entropy(Int32(logits.dtype.rawValue), &rows, y.freshPointer)
    withExtendedLifetime((logits, labels, probabilities)) {}
    return y
  }

  fileprivate static func classSlopes(
    _ gradient: Tensor, _ logits: Tensor, labels: Tensor? = nil, _ ignored: Int? = nil, probabilities: Tensor? = nil
  ) -> Tensor {
    let y = Tensor(uninitialized: logits.shape, logits.dtype)
    var rows = classification(logits, labels, ignored, probabilities)
    wabe_softmax_cross_entropy_slope(Int32(logits.dtype.rawValue), &rows, gradient.pointer, 1, y.freshPointer)
    withExtendedLifetime((gradient, logits, labels, probabilities)) {}
    return y
  }

  private static func classification(
    _ logits: Tensor, _ labels: Tensor?, _ ignored: Int?, _ probabilities: Tensor?
  ) -> wabe_classification {
    let classes = logits.shape[logits.rank - 1]
    return wabe_classification(
      rows: logits.count / classes, classes: classes, logits: logits.pointer,
      labels: labels?.pointer.assumingMemoryBound(to: Int64.self), ignores: ignored != nil,
      ignored: Int64(ignored ?? 0), probabilities: probabilities?.pointer)
  }
}
