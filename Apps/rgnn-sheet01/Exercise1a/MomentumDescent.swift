import Wabe

/// The update of the exercise's net: momentum on the gradient summed over the batch, then a decay beside the step.
///
/// v ← 0.9 v + g; w ← w − η v; w ← w − 0.01 η w, for weights and biases alike.
struct MomentumDescent: Module {
  /// The running sums v, one for each parameter.
  private var velocity: FeedForwardNetwork
  private let rate: Double

  /// Rests before the first step of a net.
  init(for network: FeedForwardNetwork, learningRate: Double) {
    func resting(_ units: Units) -> Units {
      Units(weight: Tensor.zeros(like: units.weight), bias: Tensor.zeros(like: units.bias))
    }
    velocity = FeedForwardNetwork(
      first: resting(network.first), second: resting(network.second), output: resting(network.output))
    rate = learningRate
  }

  /// Moves the net by one step.
  mutating func update(_ network: inout FeedForwardNetwork, with gradient: FeedForwardNetwork) {
    move(&network.first, gradient.first, &velocity.first)
    move(&network.second, gradient.second, &velocity.second)
    move(&network.output, gradient.output, &velocity.output)
  }

  private func move(_ units: inout Units, _ gradient: Units, _ velocity: inout Units) {
    move(&units.weight, gradient.weight, &velocity.weight)
    move(&units.bias, gradient.bias, &velocity.bias)
  }

  private func move(_ parameter: inout Tensor, _ gradient: Tensor, _ velocity: inout Tensor) {
    parameter.descend(UpdateStep(rate: rate), gradient: gradient, velocity: &velocity, momentum: 0.9)
    parameter *= 1 - 0.01 * rate
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.child("velocity", &velocity) }
}

extension FeedForwardNetwork {
  /// One epoch of the exercise's training in batches of 32; returns the mean loss over all examples.
  mutating func train(
    on data: some Dataset, _ descent: inout MomentumDescent, mistake: Mistake? = nil, using random: inout RandomSource
  ) -> Double {
    var total = 0.0
    for batch in data.batches(of: 32, using: &random) {
      let pass = forward(batch.inputs)
      total += binaryCrossEntropy(logits: pass.logits, targets: batch.targets, reduction: .sum).scalar
      descent.update(&self, with: gradients(pass, errors(pass, targets: batch.targets, mistake: mistake)))
    }
    return total / Double(data.count)
  }

  /// The share of points on the right side of the boundary.
  func accuracy(on data: some Dataset) -> Double {
    Training.accuracy(of: forward(data.inputs).logits, against: data.targets)
  }
}
