import Experiments
import Plotting
import Visualization
import Wabe

struct BackpropagationTraining: Experiment {
  let id = "rgnn01.1.a.training"
  let title = "Training with the hand-written backward pass"
  let question = """
    Does the net 2-16-16-1 learn to tell the points inside a circle from those outside, and does the trend of the loss \
    show that the backward pass is right?
    """
  let parameters: [Parameter] = [.epochs(1024), .hidden(16), .learningRate(0.03)]
  let isLong = true

  private let snapshots = [1, 32, 64, 128, 350, 1024]

  func run(in run: inout Run) throws {
    let epochs = run.isQuick ? min(run.epochs, 256) : run.epochs
    run.heading("The task")
    run.say(
      """
      512 points lie evenly in a square with twice the area of a disc of radius 5, so that about half of them are \
      inside. Divided by half the side, the circle has the radius 2/√(2π) ≈ 0.798. The net has a tanh layer, a \
      sigmoid layer and a linear output; its gradient comes from the formulas of the previous parts, summed over \
      batches of 32. Every step is momentum 0.9 with the learning rate \(run.learningRate.text(4))/32 on the sum, \
      then the decay w ← w − 0.01 η w of weights and biases.
      """)
    var random = run.random
    let data = DiscInSquare(count: 512, normalized: true, dtype: .float64, using: &random)
    let start = FeedForwardNetwork(hidden: run.hidden, using: &random)
    let shuffling = random

    var network = start
    var descent = MomentumDescent(for: network, learningRate: run.learningRate / 32)
    let result = try run.train(
      &network, &descent, using: &random, epochs: epochs, snapshots: Set(snapshots.filter { $0 <= epochs })
    ) { network, descent, random, _ in
      let loss = network.train(on: data, &descent, using: &random)
      return ["loss": loss, "accuracy": network.accuracy(on: data)]
    }
    let losses = result.history["loss"]
    report(&run, network, data, losses, result.history["accuracy"])

    let mutants = try FeedForwardNetwork.Mistake.allCases.map { mistake -> [Double] in
      var random = shuffling
      var network = start
      var descent = MomentumDescent(for: network, learningRate: run.learningRate / 32)
      return try (1...epochs).map { epoch in
        try run.report(epoch, of: epochs, in: "with a mistake")
        return network.train(on: data, &descent, mistake: mistake, using: &random)
      }
    }
    compare(&run, losses, forgotten: mutants[0], shortcut: mutants[1])

    try draw(&run, data, result, mutants)
    try run.export("circle", network.layers, example: data.inputs[0..<2])
  }

  private func report(
    _ run: inout Run, _ network: FeedForwardNetwork, _ data: DiscInSquare, _ losses: [Double], _ accuracies: [Double]
  ) {
    run.heading("What the training did")
    let shown = [1, 16, 32, 64, 128, 256, 512, 1024].filter { $0 <= losses.count }
    run.table(
      "Mean loss over the 512 points during each epoch", columns: ["epoch", "loss", "accuracy"],
      rows: shown.map { [String($0), losses[$0 - 1].fixed(4), accuracies[$0 - 1].fixed(4)] })
    var fresh = run.random.stream("fresh points")
    let unseen = DiscInSquare(count: 20_000, normalized: true, dtype: .float64, using: &fresh)
    let accuracy = network.accuracy(on: unseen)
    let below = losses.firstIndex { $0 < 0.2 }.map { $0 + 1 }
    run.say(
      """
      The first \(losses.firstIndex { $0 < 0.6 }.map(String.init) ?? String(losses.count)) epochs look like a plateau \
      at ln 2 ≈ 0.69: the net still answers ½ everywhere. Then the two layers find a common direction, and the loss \
      falls below 0.2 in epoch \(below.map(String.init) ?? "—"). At the end \
      \((100 * (accuracies.last ?? 0)).fixed(1)) % of the training points and \((100 * accuracy).fixed(1)) % of \
      20,000 fresh points are on the right side.
      """)
    let source = "NumPy, 20 to 80 seeds"
    run.expect("mean loss of epoch 1", losses[0], between: 0.66, and: 0.85, source: source)
    run.expect("epoch in which the loss falls below 0.2", Double(below ?? .max), atMost: 110, source: source)
    let tail = losses.suffix(50)
    run.expect("mean loss of the last 50 epochs", tail.reduce(0, +) / Double(tail.count), atMost: 0.05, source: source)
    run.expect("accuracy on the training points", accuracies.last ?? 0, atLeast: 0.975, source: source)
    run.expect("accuracy on 20,000 fresh points", accuracy, atLeast: 0.96, source: source)
  }

  private func compare(_ run: inout Run, _ losses: [Double], forgotten: [Double], shortcut: [Double]) {
    run.heading("Does the trend of the loss prove the program?")
    let end = losses.count - 1
    run.say(
      """
      The sheet asks to verify the program by watching the loss. Here are the same start, the same batches, and the \
      two mistakes that the gradient check of the previous part has rejected. Without the sigmoid in the output error \
      the loss stays at \(forgotten[end].fixed(3)): that one is seen. With the shortcut in the first layer it ends at \
      \(shortcut[end].fixed(3)) beside \(losses[end].fixed(3)) for the right gradient, and nobody would suspect \
      anything. A falling loss shows that the steps go downhill, not that they are the gradient; only the comparison \
      with differences can show that.
      """)
    run.expect("loss without the sigmoid, last epoch", forgotten[end], atLeast: 0.45, source: "NumPy, 20 seeds")
    run.expect("loss with the shortcut, last epoch", shortcut[end], atMost: 0.1, source: "NumPy, 20 seeds")
  }

  private func draw(
    _ run: inout Run, _ data: DiscInSquare, _ result: TrainingResult<FeedForwardNetwork>, _ mutants: [[Double]]
  ) throws {
    let hidden = run.hidden
    try run.figure(
      "loss",
      caption: """
        The loss with the right backward pass and with two mistakes, from the same start and with the same batches. \
        The forgotten sigmoid is plain to see. The shortcut in the first layer trains about as well as the right \
        gradient: the loss alone cannot tell them apart.
        """
    ) {
      var curves = LossCurves([
        LossCurves.Run("right", training: result.history["loss"]),
        LossCurves.Run("no sigmoid", training: mutants[0]),
        LossCurves.Run("shortcut", training: mutants[1]),
      ])
      curves.title = "Circle data, 2-\(hidden)-\(hidden)-1"
      curves.measure = "mean binary cross-entropy"
      return curves
    }
    let epochs = result.snapshots.keys.sorted().map(String.init).joined(separator: ", ")
    try run.figure(
      "probability-maps",
      caption: """
        What the net believes after these epochs: \(epochs). The colour is the probability of lying outside, the line \
        is where it is ½, and the true circle is dashed. At first hardly more than a straight cut, then a rounded \
        blob, at last a circle.
        """
    ) { maps(data, result) }
  }

  private func maps(_ data: DiscInSquare, _ result: TrainingResult<FeedForwardNetwork>) -> Figure {
    let epochs = result.snapshots.keys.sorted()
    let columns = min(3, epochs.count)
    let rows = (epochs.count + columns - 1) / columns
    var figure = Figure(rows: rows, columns: columns, width: 960, height: 300 * Double(rows))
    for (index, epoch) in epochs.enumerated() {
      guard let network = result.snapshots[epoch] else { continue }
      var picture = DecisionBoundary(
        of: { sigmoid(network.forward($0).logits) }, around: data.inputs, labels: data.targets,
        names: ["inside", "outside"], resolution: 120, margin: 0.04)
      picture.title = "epoch \(epoch)"
      picture.circle = data.radius
      picture.samples = picture.samples.map { DecisionBoundary.Sample($0.place, label: $0.label) }
      let (row, column) = (index / columns, index % columns)
      picture.plot(&figure[row, column], colorBar: column == columns - 1)
      figure[row, column].legend = .none
    }
    return figure
  }
}
