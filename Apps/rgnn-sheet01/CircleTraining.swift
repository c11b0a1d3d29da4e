import Wabe

/// One epoch on the circle data as exercise 2 sets it: batches of 64 points in a new order, binary cross-entropy on
/// logits. Gives the mean loss over the points.
func circleEpoch<Network: Layer, Rule: UpdateRule>(
  _ network: inout Network, _ optimizer: inout Optimizer<Rule>, _ data: DiscInSquare, using random: inout RandomSource
) -> Double {
  var total = 0.0
  for batch in data.batches(of: 64, using: &random) {
    let (loss, gradients) = valueWithGradient(at: &network) {
      binaryCrossEntropy(logits: $0(batch.inputs), targets: batch.targets)
    }
    optimizer.update(&network, with: gradients)
    total += loss.scalar * Double(batch.count)
  }
  return total / Double(data.count)
}
