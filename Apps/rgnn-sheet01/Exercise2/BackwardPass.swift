import Experiments
import Visualization
import Wabe

struct BackwardPass: Experiment {
  let id = "rgnn01.2.a"
  let title = "Backward passes of a linear map and of ReLU"
  let question = """
    An automatic differentiation is given two functions whose derivatives it does not know: y = x Wᵀ + b and ReLU. \
    What do their backward passes have to return, and does a net made of them learn the circle?
    """
  let parameters: [Parameter] = [.epochs(256), .hidden(32), .learningRate(0.01)]
  let isLong = true

  func run(in run: inout Run) throws {
    derive(&run)
    var random = run.random
    let data = DiscInSquare(count: 512, dtype: .float64, using: &random)
    var network = CustomNetwork(hidden: run.hidden, using: &random)
    compare(&run, network, data)

    var adam = Adam(learningRate: run.learningRate)
    let epochs = run.isQuick ? min(run.epochs, 64) : run.epochs
    let result = try run.train(&network, &adam, using: &random, epochs: epochs) { network, adam, random, _ in
      let loss = circleEpoch(&network, &adam, data, using: &random)
      return [
        "loss": loss, "accuracy": accuracy(of: network(data.inputs), against: data.targets),
      ]
    }
    report(&run, network, data, result.history)
    try draw(&run, network, data, result.history)
    try run.export("circle", network.layers, example: data.inputs[0..<2])
  }

  private func derive(_ run: inout Run) {
    run.heading("Derivation")
    run.say(
      """
      A backward pass receives G = ∂L/∂y, of the shape of the output, and returns one gradient per input, of the \
      shape of that input. From y_nk = Σ_i x_ni w_ki + b_k follows
      """)
    run.formula(
      "∂L/∂x = G W        [n, outputs] · [outputs, inputs]",
      "∂L/∂W = Gᵀ x       [outputs, n] · [n, inputs]",
      "∂L/∂b = Σ over the examples of G")
    run.say(
      """
      The bias acts on every example, so its gradient is a sum over the batch: returning G itself would have the wrong \
      shape. ReLU passes the gradient where its input was positive and nothing elsewhere, at 0 included:
      """)
    run.formula("∂L/∂x = G ⊙ [x > 0]")
    run.say("In the program, `LinearFunction` and `ReLUFunction`:")
    run.listing(
      """
      func backward(_ gradient: Tensor, _ saved: (Tensor, Tensor)) -> (Tensor, Tensor, Tensor) {
        let (x, weight) = saved
        return (gradient.matmul(weight), gradient.matmul(x, transposeA: true), gradient.sum(axis: 0))
      }

      func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient * (x .> 0).cast(to: x.dtype) }
      """)
  }

  /// The gradients of the whole net against those of the framework's own layers.
  private func compare(_ run: inout Run, _ network: CustomNetwork, _ data: DiscInSquare) {
    var own = network
    var standard = network.layers
    let batch = data[0..<64]
    let hand = valueWithGradient(at: &own) {
      binaryCrossEntropy(logits: $0(batch.inputs), targets: batch.targets)
    }
    let rules = valueWithGradient(at: &standard) {
      binaryCrossEntropy(logits: $0(batch.inputs), targets: batch.targets)
    }
    let worst = zip(hand.gradients.values, rules.gradients.values).map { hand, rule -> Double in
      guard let hand, let rule else { return .infinity }
      // The framework's layers store one column per unit.
      return abs(hand - (rule.rank == 2 ? rule.transposed : rule)).max().scalar
    }
    run.check(
      "gradients of the net against the framework's own layers, largest difference", worst.max() ?? .infinity,
      atMost: 1e-12)
  }

  private func report(_ run: inout Run, _ network: CustomNetwork, _ data: DiscInSquare, _ history: History) {
    run.heading("What the net learned")
    let logits = network(data.inputs)
    let loss = binaryCrossEntropy(logits: logits, targets: data.targets).scalar
    let accuracy = accuracy(of: logits, against: data.targets)
    run.say(
      """
      The sheet's net 2-\(run.hidden)-\(run.hidden)-1 with ReLU is trained on 512 points that are not normalized (up \
      to ±6.27), in batches of 64 with Adam, η = \(run.learningRate.text(3)), for \(history.rows.count) epochs. It \
      then has \((100 * accuracy).fixed(1)) % of the points right, and its mean cross-entropy is \(loss.fixed(4)).
      """)
    run.expect("accuracy on the training points", accuracy, atLeast: 0.96, source: "NumPy, 20 seeds: .973 to 1")
    run.expect("mean cross-entropy", loss, atMost: 0.1, source: "NumPy, 20 seeds: at most .067")
  }

  private func draw(_ run: inout Run, _ network: CustomNetwork, _ data: DiscInSquare, _ history: History) throws {
    try run.figure(
      "boundary",
      caption: """
        The probability of lying outside after training, with misclassified points ringed and the true circle dashed. \
        A net of ReLUs bends only along straight lines, so the boundary is a polygon; with this many units it has so \
        many corners that it looks round.
        """
    ) {
      var picture = DecisionBoundary(
        of: { sigmoid(network($0)) }, around: data.inputs, labels: data.targets, names: ["inside", "outside"],
        resolution: 200)
      picture.title = "Hand-written backward passes, epoch \(history.rows.count)"
      picture.circle = data.radius
      return picture
    }
    try run.figure(
      "loss", caption: "The mean loss of each epoch during training with the hand-written backward passes."
    ) {
      var curves = LossCurves(training: history["loss"])
      curves.title = "Training on 512 points"
      curves.measure = "mean binary cross-entropy"
      return curves
    }
  }
}
