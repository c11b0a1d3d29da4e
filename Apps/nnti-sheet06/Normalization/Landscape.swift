import Wabe

/// What the loss does along the gradient at one step of a training, after Santurkar and others (2018).
struct LandscapePoint {
  /// The step of the training.
  let step: Int
  /// The smallest and the largest loss along the gradient.
  let losses: ClosedRange<Double>
  /// The smallest and the largest ‖∇L(θ − η∇L) − ∇L(θ)‖.
  let changes: ClosedRange<Double>
  /// The largest change of the gradient per distance moved: the effective β of β-smoothness.
  let smoothness: Double
  /// The smallest cosine between the old and the new gradient.
  let cosine: Double
}

/// A training with looks along the gradient now and then.
struct LandscapeTraining {
  /// The loss of each batch.
  private(set) var losses: [Double] = []
  /// What was seen along the gradient.
  private(set) var points: [LandscapePoint] = []
  /// The trained network.
  private(set) var model: DeepNetwork

  /// Trains with batches of 128, and looks along the gradient at every `interval`-th step.
  ///
  /// - Parameters:
  ///   - rate: The learning rate; the looks reach from half to four times as far.
  ///   - interval: 0 for no looks.
  init(
    _ model: DeepNetwork, on images: SmallDigits, steps: Int, rate: Double, interval: Int,
    using random: inout RandomSource
  ) {
    self.model = model
    var optimizer = SGD(learningRate: rate)
    for step in 0..<steps {
      let batch = images.selecting(.integers([128], in: 0..<images.count, using: &random))
      let (loss, gradients) = LandscapeTraining.evaluate(&self.model, batch)
      losses.append(loss)
      guard loss.isFinite else { return }
      if interval > 0 && step % interval == 0 {
        points.append(LandscapeTraining.look(from: self.model, gradients, batch, step: step, rate: rate))
      }
      optimizer.update(&self.model, with: gradients)
    }
  }

  /// The mean loss of the last twenty batches, infinite if the training broke off.
  var finalLoss: Double {
    guard let last = losses.last, last.isFinite else { return .infinity }
    let end = losses.suffix(20)
    return end.reduce(0, +) / Double(end.count)
  }

  private static func evaluate(
    _ model: inout DeepNetwork, _ batch: Samples
  ) -> (loss: Double, gradients: Gradients<DeepNetwork>) {
    let (loss, gradients) = valueWithGradient(at: &model) {
      crossEntropy(logits: $0(batch.inputs), targets: batch.targets)
    }
    return (loss.scalar, gradients)
  }

  /// Takes steps of eight lengths along the gradient from the same place, and puts the network back each time.
  private static func look(
    from model: DeepNetwork, _ gradients: Gradients<DeepNetwork>, _ batch: Samples, step: Int, rate: Double
  ) -> LandscapePoint {
    let direction = gradients.flattened
    let length = gradients.norm
    var losses: [Double] = []
    var changes: [Double] = []
    var smoothness = 0.0
    var cosine = 1.0
    for place in 0..<8 {
      let distance = rate * (0.5 + 0.5 * Double(place))
      var probe = model
      var step = SGD(learningRate: distance)
      step.update(&probe, with: gradients)
      let (loss, there) = evaluate(&probe, batch)
      let vector = there.flattened
      let change = (vector - direction).norm().scalar
      losses.append(loss)
      changes.append(change)
      smoothness = max(smoothness, change / (distance * length))
      cosine = min(cosine, (vector * direction).sum().scalar / max(there.norm * length, 1e-30))
    }
    return LandscapePoint(
      step: step, losses: range(losses), changes: range(changes), smoothness: smoothness, cosine: cosine)
  }

  private static func range(_ values: [Double]) -> ClosedRange<Double> {
    (values.min() ?? 0)...(values.max() ?? 0)
  }
}
