public import Tensors

/// How often each true class (row) was predicted as each class (column).
public struct Confusion: Sendable, Equatable {
  /// The counts: row = true class, column = predicted class.
  public let counts: [[Int]]

  /// Counts the predictions of a model; the parameters are those of `accuracy(of:against:threshold:)`.
  public init(of predictions: Tensor, against targets: Tensor, threshold: Double = 0) {
    let (predicted, actual) = predictedClasses(predictions, targets, threshold, "Confusion")
    let pairs = zip(predicted.scalars(as: Int.self), actual.scalars(as: Int.self))
    let largest = pairs.reduce(1) { Swift.max($0, $1.0, $1.1) }
    let classes = Swift.max(largest + 1, predictions.rank == 2 ? predictions.shape[1] : 2)
    require(pairs.allSatisfy { $0.1 >= 0 }, "Confusion: a target is negative: classes count from 0")
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (predicted, actual) in pairs { counts[actual][predicted] += 1 }
    self.counts = counts
  }

  /// The number of classes.
  public var classCount: Int { counts.count }

  /// The share of all examples on the diagonal.
  public var accuracy: Double {
    ratio(counts.indices.reduce(0) { $0 + counts[$1][$1] }, counts.reduce(0) { $0 + $1.reduce(0, +) })
  }

  /// Of the examples predicted as a class, the share that belongs to it; NaN where there are none.
  public func precision(of label: Int) -> Double {
    ratio(counts[label][label], counts.reduce(0) { $0 + $1[label] })
  }

  /// Of the examples of a class, the share that was predicted as it; NaN where there are none.
  public func recall(of label: Int) -> Double { ratio(counts[label][label], counts[label].reduce(0, +)) }

  /// The harmonic mean of precision and recall: 2 hits / (2 hits + wrong alarms + misses).
  public func f1(of label: Int) -> Double {
    ratio(2 * counts[label][label], counts[label].reduce(0, +) + counts.reduce(0) { $0 + $1[label] })
  }

  /// The mean F1 over all classes that occur, each counting the same.
  public var macroF1: Double {
    let values = counts.indices.map { f1(of: $0) }.filter { !$0.isNaN }
    return values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double { whole == 0 ? .nan : Double(part) / Double(whole) }
}
