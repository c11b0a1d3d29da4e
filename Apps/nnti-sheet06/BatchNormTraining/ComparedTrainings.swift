import Experiments
import Synchronization
import Wabe

/// The trainings of exercise 6.6, each of which happens once although several parts need it.
///
/// A part that finds what it needs takes it; one that is run alone trains by itself, with the same result.
final class ComparedTrainings: Sendable {
  /// What one training came to.
  struct Outcome: Sendable {
    /// The test accuracy and the mean training loss after each epoch.
    let accuracies: [Double], losses: [Double]
  }

  /// Everything a training depends on.
  private struct Key: Hashable {
    let normalization: Normalization
    let seed: UInt64
    let isQuick: Bool
    let data: String?
    let epochs: Int
    let learningRate: Double
  }

  /// The settings that a user may change.
  static let parameters: [Parameter] = [.epochs(5), .learningRate(0.001)]

  private let finished = Mutex<[Key: Outcome]>([:])

  /// Trains a variant in this run, or takes what another part has trained with the same settings.
  func outcome(of normalization: Normalization, on images: ImageSet, in run: inout Run) throws -> Outcome {
    let key = Key(
      normalization: normalization, seed: run.seed, isQuick: run.isQuick, data: run.settings.data, epochs: run.epochs,
      learningRate: run.learningRate)
    if let known = finished.withLock({ $0[key] }) { return known }
    // The same stream for all variants: they begin with the same weights and see the same batches.
    var random = RandomSource(seed: run.seed).stream("nnti06.6.6")
    var model = imageClassifier(normalization, using: &random)
    var optimizer = SGD(learningRate: run.learningRate)
    let steps = Self.stepsPerEpoch(run)
    let result = try run.train(
      &model, &optimizer, using: &random, epochs: run.epochs, named: normalization.rawValue
    ) { model, optimizer, random, _ in
      let loss = model.train(on: images.train, steps: steps, &optimizer, using: &random)
      return ["loss": loss, "accuracy": model.accuracy(on: images.test)]
    }
    try run.export(normalization.rawValue, model, example: images.test.inputs[0..<2])
    let outcome = Outcome(accuracies: result.history["accuracy"], losses: result.history["loss"])
    finished.withLock { $0[key] = outcome }
    return outcome
  }

  /// The steps of an epoch of all 60,000 pictures, also where there are fewer: what is compared is what so many steps
  /// achieve.
  static func stepsPerEpoch(_ run: Run) -> Int { run.isQuick ? 100 : 938 }
}

extension ComparedTrainings.Outcome {
  /// The accuracy after the first and the last epoch.
  var first: Double { accuracies.first ?? .nan }
  var last: Double { accuracies.last ?? .nan }

  /// The epochs as rows of a table.
  var rows: [[String]] {
    zip(losses, accuracies).enumerated().map { ["\($0 + 1)", $1.0.fixed(3), $1.1.fixed(4)] }
  }
}
