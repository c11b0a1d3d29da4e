import Wabe

/// Where batch normalization stands in the classifier of exercise 6.6.
enum Normalization: String, Sendable, CaseIterable {
  case none = "baseline"
  case beforeActivation = "batchnorm"
  case afterActivation = "batchnorm-after-relu"

  /// What the variant is called in tables and legends.
  var title: String {
    switch self {
    case .none: "baseline"
    case .beforeActivation: "BatchNorm"
    case .afterActivation: "BatchNorm after ReLU"
    }
  }
}

/// The network of exercise 6.6: 784 → 64 → 32 → 10 with ReLU, in float32.
func imageClassifier(_ normalization: Normalization, using random: inout RandomSource) -> Sequential {
  Sequential {
    for (inputs, outputs) in [(784, 64), (64, 32)] {
      Linear(inputs, outputs, using: &random)
      if normalization == .beforeActivation { BatchNorm(outputs) }
      relu
      if normalization == .afterActivation { BatchNorm(outputs) }
    }
    Linear(32, 10, using: &random)
  }
}

extension Sequential {
  /// Takes steps of plain gradient descent on batches of 64, and goes through the examples as often as that needs.
  ///
  /// - Returns: The mean loss of the batches.
  mutating func train(
    on samples: Samples, steps: Int, _ optimizer: inout SGD, using random: inout RandomSource
  ) -> Double {
    var sum = 0.0
    var count = 0
    while count < steps {
      for batch in samples.batches(of: 64, using: &random).prefix(steps - count) {
        let (loss, gradients) = valueWithGradient(at: &self) {
          crossEntropy(logits: $0(batch.inputs), targets: batch.targets)
        }
        optimizer.update(&self, with: gradients)
        sum += loss.scalar
        count += 1
      }
    }
    return sum / Double(count)
  }

  /// The share of examples that are classified correctly, with running statistics.
  func accuracy(on samples: Samples) -> Double {
    Wabe.accuracy(of: predict(samples.inputs), against: samples.targets)
  }
}
