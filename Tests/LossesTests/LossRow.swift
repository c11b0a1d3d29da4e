import Losses
import Tensors
import Testing

/// One loss in the table: how it is called, and what a second source says about it.
struct LossRow: Sendable, CustomTestStringConvertible {
  /// Its name in Tests/Fixtures/Losses/losses.txt.
  let name: String
  /// Whether one row of the predictions makes one loss; otherwise each element does.
  var perRow = false
  /// Whether targets are class indices.
  var labels = false
  let call: @Sendable (_ predictions: Tensor, _ targets: Tensor, _ reduction: Reduction) -> Tensor

  var testDescription: String { name }

  /// The weights that the script gives to three classes.
  static func weights(_ x: Tensor) -> Tensor { Tensor([0.5, 1, 2], dtype: x.dtype) }

  static let all: [LossRow] = [
    LossRow(name: "squaredError") { squaredError(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "absoluteError") { absoluteError(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "huberLoss") { huberLoss(predictions: $0, targets: $1, delta: 0.75, reduction: $2) },
    LossRow(name: "logCoshLoss") { logCoshLoss(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "binaryCrossEntropy logits") { binaryCrossEntropy(logits: $0, targets: $1, reduction: $2) },
    LossRow(name: "binaryCrossEntropy probabilities") {
      binaryCrossEntropy(probabilities: $0, targets: $1, reduction: $2)
    },
    LossRow(name: "crossEntropy indices", perRow: true, labels: true) {
      crossEntropy(logits: $0, targets: $1, reduction: $2)
    },
    LossRow(name: "crossEntropy weights", perRow: true, labels: true) {
      crossEntropy(logits: $0, targets: $1, weights: weights($0), reduction: $2)
    },
    LossRow(name: "crossEntropy smoothing", perRow: true, labels: true) {
      crossEntropy(logits: $0, targets: $1, labelSmoothing: 0.1, reduction: $2)
    },
    LossRow(name: "crossEntropy ignoring", perRow: true, labels: true) {
      crossEntropy(logits: $0, targets: $1, ignoring: 2, reduction: $2)
    },
    LossRow(name: "crossEntropy all", perRow: true, labels: true) {
      crossEntropy(
        logits: $0, targets: $1, weights: weights($0), labelSmoothing: 0.1, ignoring: 0, reduction: $2)
    },
    LossRow(name: "crossEntropy probabilities", perRow: true) {
      crossEntropy(logits: $0, targets: $1, reduction: $2)
    },
    LossRow(name: "crossEntropy probabilities weights", perRow: true) {
      crossEntropy(logits: $0, targets: $1, weights: weights($0), labelSmoothing: 0.2, reduction: $2)
    },
    LossRow(name: "negativeLogLikelihood", perRow: true, labels: true) {
      negativeLogLikelihood(
        logProbabilities: $0, targets: $1, weights: weights($0), ignoring: 0, reduction: $2)
    },
    LossRow(name: "klDivergence", perRow: true) {
      klDivergence(logProbabilities: $0, targets: $1, reduction: $2)
    },
    LossRow(name: "poissonLoss") { poissonLoss(logRates: $0, targets: $1, reduction: $2) },
    LossRow(name: "hingeLoss") { hingeLoss(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "squaredHingeLoss") { squaredHingeLoss(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "cosineLoss", perRow: true) { cosineLoss(predictions: $0, targets: $1, reduction: $2) },
    LossRow(name: "linearCrossEntropy", perRow: true) { linearCrossEntropy(scores: $0, targets: $1, reduction: $2) },
  ]
}
