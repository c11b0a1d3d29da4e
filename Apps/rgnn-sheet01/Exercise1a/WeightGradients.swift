import Experiments
import Plotting
import Wabe

struct WeightGradients: Experiment {
  let id = "rgnn01.1.a.3"
  let title = "The derivatives by the weights, summed over a batch"
  let question = """
    What are the derivatives by the weights and biases once the error terms are known, how do they add up over a \
    batch, and how can one be sure that the program is right?
    """

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say(
      """
      The weight w_ji leads from the activation a_i of the layer below to the sum z_j = Σ_i w_ji a_i + b_j and to \
      nothing else. So
      """)
    run.formula("∂E/∂w_ji = ∂E/∂z_j · ∂z_j/∂w_ji = δ_j a_i", "∂E/∂b_j  = δ_j")
    run.say("The loss of a batch is a sum over its examples, hence so is the derivative, and both are single products:")
    run.formula("∂E/∂W = δᵀ a", "∂E/∂b = Σ over the rows of δ")
    byHand(&run)
    let (network, batch) = material(run)
    addUp(&run, network, batch)
    try judge(&run, network, batch)
  }

  private func byHand(_ run: inout Run) {
    let (network, input, target) = FeedForwardNetwork.byHand
    let pass = network.forward(input)
    let gradients = network.gradients(pass, network.errors(pass, targets: target))
    run.heading("The net of the previous part")
    run.table(
      "Derivatives by the weights, one row per unit", columns: ["weights", "to unit", "derivatives"],
      rows: [("W₁", gradients.first), ("W₂", gradients.second), ("w₃", gradients.output)].flatMap { name, units in
        (0..<units.weight.shape[0]).map { unit in
          [name, String(unit + 1), units.weight[unit].scalars.map { $0.text(10) }.joined(separator: ", ")]
        }
      })
    let source = "NumPy, float64"
    let w1: [[Double]] = [[0.0078122480090504, -0.0046873488054302], [0.013111523972148, -0.0078669143832887]]
    let w2: [[Double]] = [[-0.0090192357222551, 0.001136857027402], [0.010866626943614, -0.0013697170786345]]
    run.check("∂E/∂W₁", gradients.first.weight, equals: Tensor(w1), within: 1e-12, source: source)
    run.check("∂E/∂W₂", gradients.second.weight, equals: Tensor(w2), within: 1e-12, source: source)
    run.check(
      "∂E/∂w₃", gradients.output.weight, equals: Tensor([[-0.24367043775669, -0.22356218885499] as [Double]]),
      within: 1e-12, source: source)
  }

  private func material(_ run: Run) -> (FeedForwardNetwork, Samples) {
    var random = run.random
    let network = FeedForwardNetwork(hidden: 16, using: &random)
    let points = DiscInSquare(count: 8, normalized: true, dtype: .float64, using: &random)
    return (network, points[0..<8])
  }

  private func addUp(_ run: inout Run, _ network: FeedForwardNetwork, _ batch: Samples) {
    let pass = network.forward(batch.inputs)
    let together = network.gradients(pass, network.errors(pass, targets: batch.targets)).state.map(\.value)
    var sums = together.map { Tensor.zeros(like: $0) }
    for index in 0..<batch.count {
      let one = batch[index..<index + 1]
      let pass = network.forward(one.inputs)
      let own = network.gradients(pass, network.errors(pass, targets: one.targets)).state
      for (position, tensor) in own.enumerated() { sums[position] += tensor.value }
    }
    let worst = zip(together, sums).map { abs($0 - $1).max().scalar }.max() ?? .infinity
    run.say(
      """
      In the sheet's net 2-16-16-1 the gradient of a batch of \(batch.count) examples and the sum of the gradients of \
      the single examples differ by at most \(worst.scientific(1)).
      """)
    run.check("gradient of a batch against the sum over its examples", worst, atMost: 1e-12)
  }

  private func judge(_ run: inout Run, _ network: FeedForwardNetwork, _ batch: Samples) throws {
    run.heading("A check that does not trust the derivation")
    let step = 1e-5
    let right = GradientComparison(network, batch, step: step)
    let sigmoid = GradientComparison(network, batch, mistake: .forgottenSigmoid, step: step)
    let shortcut = GradientComparison(network, batch, mistake: .shortcut, step: step)
    run.say(
      """
      Each of the \(right.count) parameters is moved by ±10⁻⁵, and the change of the loss is compared with the \
      hand-written derivative. The measure is |a − n| / max(|a|, |n|, 10⁻³) with a written by hand and n numeric. Two \
      mistakes from real submissions go through the same check: one leaves the sigmoid out of the output error (z − \
      y), the other sends the output error through one row of W₂ to the first layer instead of collecting the errors \
      of the second.
      """)
    run.table(
      "Largest relative error by tensor", columns: ["tensor", "right", "no sigmoid", "shortcut"],
      rows: right.errors.indices.map { index in
        [right.errors[index].path]
          + [right, sigmoid, shortcut].map { $0.errors[index].error.scientific(1) }
      })
    run.check("parameters of the net", Double(right.count), equals: 337)
    run.check("largest relative error of the backward pass", right.largest, atMost: 1e-6)
    run.check("largest relative error without the sigmoid: rejected", sigmoid.largest, atLeast: 1e-2)
    run.check("largest relative error with the shortcut: rejected", shortcut.largest, atLeast: 1e-2)
    let upper = shortcut.errors.filter { !$0.path.hasPrefix("first") }.map(\.error).max() ?? .infinity
    run.check("the shortcut leaves the upper layers right", upper, atMost: 1e-6)
    run.say(
      """
      The shortcut spoils the first layer alone, and the table points at it. The training in the next part shows that \
      looking at the loss would not have found it.
      """)
    try run.figure(
      "gradient-check",
      caption: """
        The largest relative error between hand-written and numeric derivatives, for each tensor of the net. Without a \
        mistake what remains is the rounding of the differences. A forgotten sigmoid spoils every layer; \
        the shortcut only the first.
        """
    ) { figure([("right", right), ("no sigmoid", sigmoid), ("shortcut", shortcut)]) }
  }

  private func figure(_ comparisons: [(String, GradientComparison)]) -> Figure {
    Figure(width: 760, height: 420) { axes in
      axes.title = "Gradient check, 2-16-16-1"
      axes.x = .categories(comparisons[0].1.errors.map(\.path))
      axes.y = Axis(label: "largest relative error", scale: .logarithmic, limits: 1e-12...1e2)
      let width = 0.26
      for (set, (name, comparison)) in comparisons.enumerated() {
        let x = comparison.errors.indices.map { Double($0) + Double(set - 1) * width }
        var bars = Bars(
          x, comparison.errors.map(\.error), width: 0.92 * width, color: axes.theme.color([2, 0, 3][set]), label: name)
        bars.feet = x.map { _ in 1e-12 }
        axes.add(bars)
      }
      axes.horizontalLine(at: 1e-2, label: "rejected above")
    }
  }
}
