import Experiments
import Wabe

/// Loss and gradient at z = (1, 2, 3) for each true class, and what the sheet's two normalizations must give.
struct NormalizationTable: Sendable {
  /// A loss of logits or scores [1, 3] and a target [1, 3].
  let loss: @Sendable (Tensor, Tensor) -> Tensor
  /// What must come out for each true class.
  let references: [(loss: Double, gradient: [Double])]

  static let softmax = NormalizationTable(
    loss: { crossEntropy(logits: $0, targets: $1) },
    references: [
      (2.40760596444, [-0.90996942683, 0.244728471055, 0.665240955775]),
      (1.40760596444, [0.0900305731704, -0.755271528945, 0.665240955775]),
      (0.407605964444, [0.0900305731704, 0.244728471055, -0.334759044225]),
    ])

  static let linear = NormalizationTable(
    loss: { linearCrossEntropy(scores: $0, targets: $1) },
    references: [
      (1.79175946923, [-5.0 / 6, 1.0 / 6, 1.0 / 6]), (1.09861228867, [1.0 / 6, -1.0 / 3, 1.0 / 6]),
      (0.69314718056, [1.0 / 6, 1.0 / 6, -1.0 / 6]),
    ])

  /// The point of the table.
  static let point = Tensor([[1, 2, 3]], dtype: .float64)

  /// The target with one class.
  static func target(_ label: Int) -> Tensor {
    Tensor([(0..<3).map { $0 == label ? 1.0 : 0 }])
  }

  /// Loss and gradient for each true class, by automatic differentiation.
  var results: [(loss: Double, gradient: Tensor)] {
    (0..<3).map { label in
      let target = Self.target(label)
      let (loss, slope) = valueWithGradient(at: Self.point) { self.loss($0, target) }
      return (loss.scalar, slope)
    }
  }

  /// The rows to print: class, loss, gradient.
  var rows: [[String]] {
    results.enumerated().map { label, result in
      [String(label + 1), result.loss.text(12)] + result.gradient.scalars.map { $0.text(12) }
    }
  }

  /// The largest difference of the gradients from central differences.
  func largestDifference(step: Double = 1e-5) -> Double {
    var worst = 0.0
    for (label, result) in results.enumerated() {
      for index in 0..<3 {
        var shift = [0.0, 0, 0]
        shift[index] = step
        let target = Self.target(label)
        let high = loss(Self.point + Tensor([shift]), target).scalar
        let low = loss(Self.point - Tensor([shift]), target).scalar
        worst = max(worst, ((high - low) / (2 * step) - result.gradient.scalars[index]).magnitude)
      }
    }
    return worst
  }
}
