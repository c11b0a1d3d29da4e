import Wabe

/// The problem of exercise 6.7: 1000 small pictures of digits for a network of 310 parameters, few enough for exact
/// Hessians (Dauphin, Pascanu et al. 2014 used 10 × 10 pixels in the same way).
struct TinyDigits {
  /// The mean brightness of every 4 × 4 pixels: [1000, 49].
  let inputs: Tensor
  let labels: Tensor
  /// The factor of ½ ‖θ‖² in the loss; 0 for none.
  var decay = 0.0

  init(using random: inout RandomSource) {
    let glyphs = Glyphs(count: 1000, dtype: .float64, using: &random)
    inputs = glyphs.inputs.reshaped(to: [1000, 7, 4, 7, 4]).mean(axes: [2, 4]).reshaped(to: [1000, 49])
    labels = glyphs.targets
  }

  /// −Σ f ln f of the class frequencies f: the loss of a network that knows only how frequent the classes are.
  var entropy: Double {
    let frequencies = labels.oneHot(classes: 10, dtype: .float64).mean(axis: 0)
    return -(frequencies * log(frequencies)).sum().scalar
  }

  /// A network of 49 inputs, five tanh units and ten classes.
  func network(deviation: Double, using random: inout RandomSource) -> TanhNetwork {
    TanhNetwork(49, 5, 10, deviation: deviation, using: &random)
  }

  /// The cross-entropy, and the decay if there is one.
  func loss(_ network: inout TanhNetwork) -> Tensor {
    let fit = crossEntropy(logits: network(inputs), targets: labels)
    guard decay > 0 else { return fit }
    return fit + network.squaredLength * (decay / 2)
  }
}

extension TanhNetwork {
  /// ‖θ‖² of all parameters.
  var squaredLength: Tensor {
    let parts = [hidden.weight, hidden.bias, output.weight, output.bias].compactMap { $0.map { square($0).sum() } }
    return parts.dropFirst().reduce(parts[0], +)
  }
}
