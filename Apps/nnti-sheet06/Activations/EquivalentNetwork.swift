import Drawing
import Experiments
import Plotting
import Wabe

/// 6.1.2: every network with logistic hidden units has a twin with tanh units.
struct EquivalentNetwork: Experiment {
  let id = "nnti06.6.1.2"
  let title = "A network with σ units and its twin with tanh units"
  let question =
    "A network of two layers has σ as hidden activation. Which network with tanh as hidden activation computes exactly the "
    + "same function?"

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say("Solve tanh(u) = 2 σ(2u) − 1 of exercise 6.1.1 b for σ at a = 2u, and put it into the output's sum:")
    run.formula(
      "σ(a) = ½ + ½ tanh(a / 2)",
      "",
      "Σⱼ w⁽²⁾ₖⱼ σ(aⱼ) + w⁽²⁾ₖ₀",
      "    = Σⱼ (½ w⁽²⁾ₖⱼ) tanh(½ aⱼ) + (w⁽²⁾ₖ₀ + ½ Σⱼ w⁽²⁾ₖⱼ)",
      "",
      "½ aⱼ = Σᵢ (½ w⁽¹⁾ⱼᵢ) xᵢ + ½ w⁽¹⁾ⱼ₀")
    run.say(
      "So the twin has halved weights and biases in the hidden layer, halved weights in the output layer, and output "
        + "biases that grow by half the sum of their weights. The output's σ is not touched. All changes are linear, and "
        + "each can be undone: both kinds of network can compute the same set of functions.")
    run.heading("The map on a network small enough to check by hand")
    checkByHand(in: &run)
    run.heading("Random and trained networks")
    var rows: [[String]] = []
    for dtype in [DType.float32, .float64] {
      var random = run.random
      let model = TwoLayerNetwork(inputs: 5, hidden: 7, outputs: 3, deviation: 1, dtype: dtype, using: &random)
      let x = Tensor.normal([1000, 5], deviation: 2, dtype: dtype, using: &random)
      let error = abs(model(x) - model.tanhTwin(x)).max().scalar / dtype.epsilon
      rows.append(["random 5-7-3", "\(dtype)", "1000", error.fixed(2)])
      run.check("random 5-7-3, \(dtype): largest difference / ε", error, atMost: 8, source: "NumPy: 1.0 ε")
    }
    let (model, task) = trained(in: &run)
    let twin = model.tanhTwin
    let error = abs(model(task.x) - twin(task.x)).max().scalar / Double.ulpOfOne
    rows.append(["trained 1-6-1", "float64", "\(task.x.count)", error.fixed(2)])
    run.check("trained 1-6-1, float64: largest difference / ε", error, atMost: 8, source: "NumPy: 1.0 ε")
    run.table(
      "The outputs of a network and its twin", columns: ["network", "precision", "inputs", "largest difference / ε"],
      rows: rows)
    run.say("The outputs agree to the last digit or two: what is left is rounding, not a difference of functions.")
    try draw(model, twin, task, in: &run)
  }

  /// Numbers that one can follow on paper.
  private func checkByHand(in run: inout Run) {
    let model = TwoLayerNetwork(
      hidden: Linear(weight: Tensor([[1, -2]], dtype: .float64), bias: Tensor([0.5, 3], dtype: .float64)),
      output: Linear(weight: Tensor([[3], [-1]], dtype: .float64), bias: Tensor([0.25], dtype: .float64)),
      activation: { sigmoid($0) })
    let twin = model.tanhTwin
    run.table(
      "A 1-2-1 network", columns: ["parameter", "with σ", "with tanh"],
      rows: [
        ["W⁽¹⁾", "1, −2", list(twin.hidden.weight)], ["b⁽¹⁾", "0.5, 3", list(twin.hidden.bias)],
        ["W⁽²⁾", "3, −1", list(twin.output.weight)], ["b⁽²⁾", "0.25", list(twin.output.bias)],
      ])
    run.check("hidden weights", twin.hidden.weight, equals: Tensor([[0.5, -1]], dtype: .float64))
    run.check("hidden biases", twin.hidden.bias ?? [], equals: Tensor([0.25, 1.5], dtype: .float64))
    run.check("output weights", twin.output.weight, equals: Tensor([[1.5], [-0.5]], dtype: .float64))
    run.check("output bias, ¼ + ½ (3 − 1)", twin.output.bias ?? [], equals: Tensor([1.25], dtype: .float64))
    let reference = 0.8777898220663475
    let x = Tensor([[1]], dtype: .float64)
    run.say("At x = 1 both say \(twin(x).scalar.text(12)).")
    run.check("output with σ at x = 1", model(x).scalar, equals: reference, within: 1e-15, source: "mpmath, 30 digits")
    run.check(
      "output with tanh at x = 1", twin(x).scalar, equals: reference, within: 1e-15, source: "mpmath, 30 digits")
  }

  private func list(_ values: Tensor?) -> String {
    (values?.scalars ?? []).map { $0.text(4) }.joined(separator: ", ")
  }

  /// A network with σ units that has learned a curve of probabilities.
  private func trained(in run: inout Run) -> (TwoLayerNetwork, (x: Tensor, probabilities: Tensor)) {
    var random = run.random.stream("trained")
    var model = TwoLayerNetwork(inputs: 1, hidden: 6, outputs: 1, deviation: 2, using: &random)
    let x = Tensor.linspace(from: -3, to: 3, count: 121, dtype: .float64).reshaped(to: [121, 1])
    let probabilities = 0.5 + 0.4 * sin(2 * x)
    let losses = fit(&model, steps: run.isQuick ? 200 : 1000, learningRate: 0.1) {
      binaryCrossEntropy(logits: $0.logits(x), targets: probabilities)
    }
    run.say(
      "The trained network has learned the curve p = ½ + 0.4 sin 2x; its cross-entropy fell from "
        + "\((losses.first ?? .nan).text(3)) to \((losses.last ?? .nan).text(3)); the curve's own entropy, which no network "
        + "can undercut, is \(binaryCrossEntropy(probabilities: probabilities, targets: probabilities).scalar.text(3))."
    )
    return (model, (x, probabilities))
  }

  private func draw(
    _ model: TwoLayerNetwork, _ twin: TwoLayerNetwork, _ task: (x: Tensor, probabilities: Tensor), in run: inout Run
  ) throws {
    let caption =
      "The trained network with σ units (broad line) and its twin with tanh units (dashed) draw one curve. Right: what "
      + "lies between them, in units of ε = 2⁻⁵²."
    try run.figure("twins", caption: caption) {
      let x = task.x.scalars
      let (first, second) = (model(task.x).scalars, twin(task.x).scalars)
      var figure = Figure(rows: 1, columns: 2, width: 900, height: 380)
      figure[0, 0].title = "Outputs"
      figure[0, 0].line(x, task.probabilities.scalars, label: "curve to learn", color: .black.opacity(0.35), width: 1.2)
      figure[0, 0].line(x, first, label: "σ units", color: figure.theme.color(0).opacity(0.45), width: 6)
      figure[0, 0].line(x, second, label: "tanh units", color: figure.theme.color(1), dash: [6, 4])
      figure[0, 0].x.label = "x"
      figure[0, 0].y = Axis(label: "y(x)", limits: -0.4...1)
      figure[0, 0].legend = .inside(Anchor(.left, .bottom))
      figure[0, 1].title = "Difference"
      figure[0, 1].line(
        x, zip(first, second).map { ($0 - $1) / Double.ulpOfOne }, width: 1.2, marker: .circle, markerSize: 3)
      figure[0, 1].x.label = "x"
      figure[0, 1].y = Axis(label: "difference / ε", limits: -4...4)
      return figure
    }
  }
}
