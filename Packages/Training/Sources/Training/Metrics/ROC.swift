public import Tensors

/// How hits and wrong alarms of a two-class decision change with its threshold.
public struct ROC: Sendable, Equatable {
  /// The share of class 0 that is taken for class 1, per threshold, ascending from 0 to 1.
  public let falsePositiveRates: [Double]
  /// The share of class 1 that is found, per threshold.
  public let truePositiveRates: [Double]
  /// The thresholds, descending: an example counts as class 1 where its score is at least this.
  public let thresholds: [Double]

  /// Goes through all thresholds at which something changes.
  ///
  /// - Parameters:
  ///   - scores: The larger, the more likely class 1; logits and probabilities give the same curve.
  ///   - targets: 0 or 1, as many as there are scores.
  public init(scores: Tensor, targets: Tensor) {
    require(
      scores.count == targets.count && scores.count > 0,
      "ROC: scores \(scores.shape) and targets \(targets.shape) differ in number, or there are none")
    let unsorted = zip(scores.scalars, targets.scalars)
    require(!unsorted.contains { $0.0.isNaN }, "ROC: a score is NaN and has no place in the order")
    let pairs = unsorted.sorted { $0.0 > $1.0 }
    let positives = pairs.count { $0.1 > 0.5 }
    let negatives = pairs.count - positives
    require(positives > 0 && negatives > 0, "ROC: the targets hold only one class, so there is nothing to tell apart")
    var (hits, alarms) = (0, 0)
    var (x, y, cuts) = ([0.0], [0.0], [Double.infinity])
    for (place, pair) in pairs.enumerated() {
      if pair.1 > 0.5 { hits += 1 } else { alarms += 1 }
      // Examples with the same score change sides together.
      if place + 1 < pairs.count, pairs[place + 1].0 == pair.0 { continue }
      x.append(Double(alarms) / Double(negatives))
      y.append(Double(hits) / Double(positives))
      cuts.append(pair.0)
    }
    (falsePositiveRates, truePositiveRates, thresholds) = (x, y, cuts)
  }

  /// The area under the curve: the chance that an example of class 1 has the higher score of a random pair.
  public var area: Double {
    var sum = 0.0
    for place in 1..<thresholds.count {
      let width = falsePositiveRates[place] - falsePositiveRates[place - 1]
      let height = (truePositiveRates[place] + truePositiveRates[place - 1]) / 2
      sum += width * height
    }
    return sum
  }
}
