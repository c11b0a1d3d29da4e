public import Tensors

/// What an epoch of training came to.
public struct EpochReport: Sendable, Equatable {
  /// The mean loss over all examples, each as it was when its batch came.
  public var loss: Double { examples > 0 ? lossSum / Double(examples) : .nan }
  /// The number of examples.
  public private(set) var examples = 0
  /// The number of steps of the optimizer.
  public internal(set) var steps = 0
  /// The mean length of the gradients before clipping; nil where they are not clipped.
  public var gradientNorm: Double? { normCount > 0 ? normSum / Double(normCount) : nil }

  private var lossSum = 0.0
  private var normSum = 0.0
  private var normCount = 0

  mutating func add(loss: Double, examples: Int) {
    lossSum += loss * Double(examples)
    self.examples += examples
  }

  mutating func add(gradientNorm: Double) {
    normSum += gradientNorm
    normCount += 1
    steps += 1
  }
}

/// What a model answers on a data set.
public struct Evaluation: Sendable {
  /// The mean loss over all examples.
  public let loss: Double
  /// The model's output for every example.
  public let predictions: Tensor
  /// What it should have been.
  public let targets: Tensor
}

/// Why training could not go on.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
  /// A loss or a gradient is infinite or not a number.
  case nonFinite(epoch: Int, batch: Int, what: String)

  /// One sentence: where, what, and what to do.
  public var description: String {
    switch self {
    case .nonFinite(let epoch, let batch, let what):
      "epoch \(epoch), batch \(batch): \(what): lower the learning rate, clip the gradients or check the data"
    }
  }
}
