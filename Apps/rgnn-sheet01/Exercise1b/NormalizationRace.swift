import Experiments
import Wabe

/// The same linear classifier trained with three ways to make probabilities of its scores.
struct NormalizationRace {
  /// How one training went.
  struct Course {
    /// The mean loss of each epoch, up to the first that is not finite.
    let losses: [Double]
    /// The share of points that were classified right at the end.
    let accuracy: Double
  }

  let softmax: Course
  let softplus: Course
  let raw: Course

  /// The epoch in which the loss of the raw scores stopped being a number.
  let firstFailure: Int?

  init(_ run: Run) throws {
    var random = run.random
    let centers = Tensor([[0, 3], [-2.6, -1.5], [2.6, -1.5]], dtype: .float64)
    let data = Blobs(count: 300, centers: centers, deviation: 1, dtype: .float64, using: &random)
    let start = Linear(2, 3, weight: .normal(deviation: 0.01), bias: .constant(1), dtype: .float64, using: &random)
    let epochs = 300
    let labels = data.targets.oneHot(classes: 3, dtype: .float64)

    func race(_ loss: (Tensor) -> Tensor) -> (Course, Int?) {
      var model = start
      var descent = SGD(learningRate: 0.1)
      var losses: [Double] = []
      for epoch in 1...epochs {
        let (value, gradients) = valueWithGradient(at: &model) { loss($0(data.inputs)) }
        guard value.scalar.isFinite else { return (course(losses, model), epoch) }
        losses.append(value.scalar)
        descent.update(&model, with: gradients)
      }
      return (course(losses, model), nil)
    }
    func course(_ losses: [Double], _ model: Linear) -> Course {
      Course(losses: losses, accuracy: accuracy(of: model(data.inputs), against: data.targets))
    }
    softmax = race { crossEntropy(logits: $0, targets: data.targets) }.0
    softplus = race { linearCrossEntropy(scores: Wabe.softplus($0), targets: labels) }.0
    (raw, firstFailure) = race { linearCrossEntropy(scores: $0, targets: labels) }
  }
}
