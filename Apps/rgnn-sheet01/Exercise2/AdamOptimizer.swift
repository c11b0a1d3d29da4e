import Experiments
import Visualization
import Wabe

struct AdamOptimizer: Experiment {
  let id = "rgnn01.2.c"
  let title = "The optimizer Adam"
  let question = "How does Adam update the parameters, and is the program right?"
  let isLong = true

  func run(in run: inout Run) throws {
    derive(&run)
    follow(&run)
    descend(&run)
    firstStep(&run)
    try race(&run)
  }

  private func derive(_ run: inout Run) {
    run.heading("The algorithm")
    run.say(
      """
      Adam keeps two running means for every parameter: m of its gradients and v of their squares. Both start at 0 \
      and are therefore too small at first; dividing by 1 − βᵗ makes them right on average. The step is the mean \
      divided by the typical size of the gradient, so it has about the length η whatever the scale of the loss.
      """)
    run.formula(
      "m ← β₁ m + (1 − β₁) g          m̂ = m / (1 − β₁ᵗ)",
      "v ← β₂ v + (1 − β₂) g ⊙ g      v̂ = v / (1 − β₂ᵗ)",
      "w ← w − η m̂ / (√v̂ + ε)         β₁ = 0.9, β₂ = 0.999, ε = 10⁻⁸")
    run.say(
      """
      The sheet's `step` is written here as the rule `AdamByHand` with plain tensor operations; the framework's own \
      `Adam` does the same in one pass over the memory. ε stands outside the root.
      """)
  }

  private func follow(_ run: inout Run) {
    run.heading("Four steps to compare with")
    var rule = AdamByHand().memory(for: Tensor([1.0], dtype: .float64))
    var parameter = Tensor([1.0], dtype: .float64)
    let gradients = [0.1, -0.2, 0.3, 0.05]
    var table: [[String]] = []
    var values: [Double] = []
    for (index, gradient) in gradients.enumerated() {
      let moment = Moment(step: index + 1, learningRate: 1e-3)
      AdamByHand().update(&parameter, gradient: Tensor([gradient]), memory: &rule, at: moment)
      values.append(parameter.scalars[0])
      table.append([
        String(index + 1), gradient.text(3), rule.mean.scalars[0].text(6), rule.squares.scalars[0].text(11),
        values[index].text(15),
      ])
    }
    run.table("η = 0.001, w = 1", columns: ["t", "g", "m", "v", "w"], rows: table)
    let source = "NumPy, float64"
    for (index, reference) in [0.9990000001, 0.999366103603885, 0.999022862539477, 0.998667154709681].enumerated() {
      run.check("w after step \(index + 1)", values[index], equals: reference, within: 1e-12, source: source)
    }
    run.check("m after 4 steps", rule.mean.scalars[0], equals: 0.02309, within: 1e-12, source: source)
    run.check("v after 4 steps", rule.squares.scalars[0], equals: 1.4230006999e-4, within: 1e-12, source: source)
  }

  private func descend(_ run: inout Run) {
    run.heading("Ten steps down x²")
    let references = [
      0.9000000005, 0.800412228692, 0.701586272946, 0.603939060574, 0.507963659264, 0.414236455994, 0.323420704939,
      0.236263724521, 0.15358456007, 0.0762491556069,
    ]
    var hand = SingleNumber(1)
    var fused = SingleNumber(1)
    var byHand = Optimizer(AdamByHand(), schedule: .constant(0.1))
    var framework = Adam(learningRate: 0.1)
    var path: [(Double, Double)] = []
    for _ in references {
      byHand.update(&hand, with: valueWithGradient(at: &hand) { ($0.value * $0.value).sum() }.gradients)
      framework.update(&fused, with: valueWithGradient(at: &fused) { ($0.value * $0.value).sum() }.gradients)
      path.append((hand.value.scalars[0], fused.value.scalars[0]))
    }
    run.table(
      "f = x² from 1, η = 0.1", columns: ["t", "by hand", "framework"],
      rows: path.enumerated().map { [String($0 + 1), $1.0.text(12), $1.1.text(12)] })
    run.check(
      "x₁ … x₁₀ by hand", Tensor(path.map(\.0)), equals: Tensor(references), within: 1e-12, source: "NumPy, float64")
    run.check(
      "by hand against the framework's Adam", Tensor(path.map(\.0)), equals: Tensor(path.map(\.1)), within: 1e-14)
    run.say(
      "While the sign of the gradient stays the same, every step is nearly η = 0.1 long, however flat the parabola.")
  }

  private func firstStep(_ run: inout Run) {
    var worst = 0.0
    for gradient in [1e-2, -3.0, 250, -1e4] {
      var parameter = Tensor([0.0], dtype: .float64)
      var memory = AdamByHand().memory(for: parameter)
      AdamByHand().update(
        &parameter, gradient: Tensor([gradient]), memory: &memory, at: Moment(step: 1, learningRate: 0.01))
      let step = -0.01 * (gradient < 0 ? -1 : 1)
      worst = max(worst, abs(Tensor([parameter.scalars[0] / step - 1])).scalars[0])
    }
    run.say(
      """
      The first step is −η · sign(g) for gradients of any size: for g from 0.01 to 10,000 the relative difference is \
      at most \(worst.scientific(1)).
      """)
    run.check("first step over −η · sign(g), largest relative difference", worst, atMost: 1e-6)
  }

  private func race(_ run: inout Run) throws {
    run.heading("A race on the circle data")
    let epochs = run.isQuick ? 64 : 256
    let entries: [(name: String, losses: [Double])] = [
      ("SGD", course(run, epochs, SGD(learningRate: 0.01))),
      ("SGD with momentum 0.9", course(run, epochs, SGD(learningRate: 0.01, momentum: 0.9))),
      ("Adam by hand", course(run, epochs, Optimizer(AdamByHand(), schedule: .constant(0.01)))),
      ("Adam without bias correction", course(run, epochs, Adam(learningRate: 0.01, correctsBias: false))),
    ]
    run.table(
      "Mean cross-entropy of an epoch, net 2-32-32-1, η = 0.01 for all",
      columns: ["optimizer", "1", "16", "64", "last"],
      rows: entries.map { entry in
        [entry.name]
          + [entry.losses[0], entry.losses[15], entry.losses[63], entry.losses[epochs - 1]].map { $0.fixed(4) }
      })
    let tooLong = (1 - 0.9) / (1 - 0.999).squareRoot()
    let best = entries[2].losses.min() ?? .infinity
    run.say(
      """
      From the same start and with the same batches Adam falls below 0.1 in epoch \
      \(entries[2].losses.firstIndex { $0 < 0.1 }.map { String($0 + 1) } ?? "—"). Momentum with the same rate gets \
      there too (its smallest epoch mean is \((entries[1].losses.min() ?? .nan).fixed(3))): on a problem this small \
      there is no winner to announce. Without the bias correction the first step is (1 − β₁)/√(1 − β₂) = \
      \(tooLong.fixed(2)) times as long as it should be, because v starts at 0 and grows more slowly than m.
      """)
    run.expect("smallest epoch mean with Adam", best, atMost: 0.1, source: "NumPy, 20 seeds")
    let framework = course(run, 16, Adam(learningRate: 0.01))
    let difference = zip(framework, entries[2].losses).map { ($0 - $1).magnitude }.max() ?? .infinity
    run.check("losses of 16 epochs by hand and with the framework's Adam, largest difference", difference, atMost: 1e-9)
    try run.figure(
      "race",
      caption: """
        The mean loss of each epoch with four optimizers, all with the learning rate 0.01, from the same start. Adam \
        and momentum reach the same region; plain descent needs longer. Lines are smoothed, the raw curves lie pale \
        behind them.
        """
    ) {
      var curves = LossCurves(entries.map { LossCurves.Run($0.name, training: $0.losses) })
      curves.title = "Circle data, 2-32-32-1"
      curves.measure = "mean binary cross-entropy"
      curves.smoothing = 0.8
      return curves
    }
  }

  /// The mean losses of a training with an optimizer; start and batches are the same for all.
  private func course<Rule: UpdateRule>(_ run: Run, _ epochs: Int, _ optimizer: Optimizer<Rule>) -> [Double] {
    var random = run.random
    let data = DiscInSquare(count: 512, dtype: .float64, using: &random)
    var network = CustomNetwork(hidden: 32, using: &random).layers
    var optimizer = optimizer
    return (0..<epochs).map { _ in
      circleEpoch(&network, &optimizer, data, using: &random)
    }
  }
}
