import Experiments
import Plotting
import Visualization
import Wabe

extension DerivativeBounds {
  /// A kind of network whose gradient is followed through its layers.
  private struct Kind {
    let name: String
    let activation: @Sendable (Tensor) -> Tensor
    let gain: Double
  }

  /// Follows the gradient through deep networks of random weights.
  func vanish(in run: inout Run) throws {
    run.heading("Vanishing gradients")
    let bounds = [10, 20].map { pow(0.25, Tensor(Double($0))).scalar }
    run.say(
      "Backpropagation multiplies one derivative per layer. Ten layers of σ leave at most "
        + "0.25¹⁰ = \(bounds[0].scientific()) of a gradient, twenty \(bounds[1].scientific(1)), apart from what the weights do: the "
        + "gradient *vanishes*, and the first layers do not learn. tanh can pass a gradient on undiminished, but only "
        + "where its units work near 0.")
    run.check("0.25¹⁰", bounds[0], equals: 9.5367431640625e-7, source: "2⁻²⁰")
    run.check("0.25²⁰", bounds[1], equals: 9.094947017729282e-13, source: "2⁻⁴⁰")
    let kinds = [
      Kind(name: "σ, 1/√n", activation: { sigmoid($0) }, gain: 1),
      Kind(name: "tanh, 1/√n", activation: { tanh($0) }, gain: 1),
      Kind(name: "tanh, 2/√n", activation: { tanh($0) }, gain: 2),
      Kind(name: "tanh, 4/√n", activation: { tanh($0) }, gain: 4),
      Kind(name: "relu, √(2/n)", activation: { relu($0) }, gain: 2.0.squareRoot()),
    ]
    let seeds = run.seeds(5)
    let norms = [10, 20].map { depth in kinds.map { kind in mean(kind, depth, over: seeds) } }
    let ratios = norms.map { $0.map { $0[0] / $0[$0.count - 1] } }
    run.table(
      "Gradient of the first layer's weights over that of the last, width 64, geometric mean of \(seeds.count) networks",
      columns: ["activation, deviation of the weights", "10 layers", "20 layers"],
      rows: kinds.indices.map { [kinds[$0].name, ratios[0][$0].text(2), ratios[1][$0].text(2)] })
    explain(ratios[1], in: &run)
    let caption =
      "The norm of ∂L/∂W in each layer of networks with 20 layers of 64 units. With σ it falls by a constant factor per "
      + "layer on its way back; with ReLU and He's initialization it keeps its size. tanh keeps it with weights of "
      + "deviation 1/√n; larger weights drive its units into their flat ends."
    try run.figure("gradients", caption: caption) {
      var chart = LayerNorms(zip(kinds, norms[1]).map { ($0.name, $1) }).figure
      chart.axes.title = "The gradient on its way back through 20 layers"
      chart.axes.x.label = "layer (1 is next to the input)"
      return chart
    }
  }

  private func explain(_ ratios: [Double], in run: inout Run) {
    run.say(
      "In 20 layers of σ the first layer gets \(ratios[0].text(2)) of the last layer's gradient; with ReLU and He's "
        + "initialization it gets \(ratios[4].text(2)) of it, because ReLU's derivative is exactly 1 wherever a unit is "
        + "active. tanh with weights of deviation 1/√n keeps \(ratios[1].text(2)): its units stay where the slope is near 1."
    )
    let slopes = [1.0, 2, 4].map { gain in
      var random = run.random.stream("slopes")
      return GradientByDepth.meanSlope(depth: 20, gain: gain, using: &random)
    }
    run.say(
      "With larger weights tanh saturates: behind 20 layers the mean slope 1 − tanh² is \(slopes[0].text(2)) with weights "
        + "of deviation 1/√n, \(slopes[1].text(2)) with 2/√n and \(slopes[2].text(2)) with 4/√n, so most units pass on "
        + "next to nothing. The few that still respond meet the large weights, and here these win: the ratio is "
        + "\(ratios[2].text(2)) at twice and \(ratios[3].text(2)) at four times the deviation, the gradient *explodes*. "
        + "The balance of tanh hangs on its weights. ReLU has no flat end above 0; its own risk is the unit that is "
        + "never active.")
    run.expect("mean slope of tanh, 4/√n against 1/√n", slopes[2] / slopes[0], atMost: 0.4)
    run.expect("σ, 20 layers: first over last", ratios[0], atMost: 1e-6, source: "NumPy: 1.9e-12")
    run.expect("relu, 20 layers: first over last", ratios[4], between: 1e-2, and: 1e2, source: "NumPy: 1.07")
    run.expect("tanh, 1/√n, 20 layers: first over last", ratios[1], between: 0.1, and: 10, source: "NumPy: 1.06")
  }

  /// The geometric mean over seeds, layer by layer.
  private func mean(_ kind: Kind, _ depth: Int, over seeds: [UInt64]) -> [Double] {
    let logarithms = seeds.map { seed in
      var random = RandomSource(seed: seed)
      return log(
        Tensor(GradientByDepth.norms(depth: depth, activation: kind.activation, gain: kind.gain, using: &random)))
    }
    return exp(Tensor.stack(logarithms).mean(axis: 0)).scalars
  }
}
