import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct Rings: Experiment {
  let id = "ci04.2.iii"
  let title = "Classifying the double ring"
  let question = """
    Rebuild the classifier of the playground that the lecture showed: a network that learns to tell the inner disc \
    of the "double ring" from the ring around it.
    """
  let parameters: [Parameter] = [
    .epochs(200), .hidden(4), .learningRate(0.03), .activation("tanh", of: Activations.names),
  ]
  let isLong = true

  func run(in run: inout Run) throws {
    run.say(
      "The double ring of the TensorFlow playground (the sheet says Tensorboard): 250 points in a disc of radius 2.5 "
        + "and 250 in a ring from 3.5 to 5, half of them to learn from. No straight line separates them, so a hidden "
        + "layer is needed; the network is the playground's default: two inputs, \(run.hidden) and 2 hidden units, "
        + "one output, all \(run.activation) (the output tanh), loss ½ (o − t)² with t = ±1, batches of 10, α = "
        + "\(run.learningRate).")
    var random = run.random
    let data = DoubleRing(count: 500, dtype: .float64, using: &random)
    let (train, test) = data.split(0.5, using: &random)
    var attempt = try training(on: train, test, named: "training", &random, &run)
    if attempt.accuracy < 0.98 {
      run.say(
        "The first start ended at \((100 * attempt.accuracy).text(3)) % of the test points, in a dent of the loss "
          + "that the playground shows now and then, too. A second start:")
      attempt = try training(on: train, test, named: "second", &random, &run)
    }
    let (net, history) = (attempt.net, attempt.history)
    let marks = [1, 5, 10, 20, 50, 100, 150, 200].filter { $0 <= history.rows.count }
    run.table(
      "The course of the training", columns: ["epoch", "loss", "test loss", "accuracy", "test accuracy"],
      rows: marks.map { epoch in
        let values = history.rows[epoch - 1].values
        return ["\(epoch)"]
          + ["loss", "test loss", "accuracy", "test accuracy"].map { (values[$0] ?? .nan).text(3) }
      })
    run.say(
      "\(net.parameterCount) parameters are enough: the first layer folds the plane along \(run.hidden) lines, the "
        + "second combines them to a closed curve. The small pictures show what each hidden unit says at every place.")
    run.expect("test accuracy on the double ring", attempt.accuracy, atLeast: 0.98, source: "NumPy, 20 seeds")
    try figures(net, history, train, test, &run)
    try run.export("rings", net, example: test.inputs[0..<2])
    try circles(&run)
  }

  private typealias Attempt = (net: RingNet, history: History, accuracy: Double)

  private func training(
    on train: Samples, _ test: Samples, named name: String, _ random: inout RandomSource, _ run: inout Run
  ) throws -> Attempt {
    var net = RingNet(units: run.hidden, Activations.named(run.activation), using: &random)
    var optimizer = SGD(learningRate: run.learningRate)
    // Targets ±1 for the output's tanh.
    let signed = Samples(inputs: train.inputs, targets: train.targets * 2 - 1)
    let wanted = test.targets * 2 - 1
    let result = try run.train(&net, &optimizer, using: &random, epochs: run.epochs, named: name) {
      net, optimizer, random, _ in
      for batch in signed.batches(of: 10, using: &random) {
        let (_, gradients) = valueWithGradient(at: &net) { net in
          squaredError(predictions: net(batch.inputs), targets: batch.targets) / 2
        }
        optimizer.update(&net, with: gradients)
      }
      let (own, other) = (net(signed.inputs), net(test.inputs))
      return [
        "loss": meanSquaredError(of: own, against: signed.targets) / 2,
        "test loss": meanSquaredError(of: other, against: wanted) / 2,
        "accuracy": accuracy(of: own, against: train.targets),
        "test accuracy": accuracy(of: other, against: test.targets),
      ]
    }
    return (net, result.history, result.history["test accuracy"].last ?? 0)
  }

  private func figures(
    _ net: RingNet, _ history: History, _ train: Samples, _ test: Samples, _ run: inout Run
  ) throws {
    try run.figure(
      "boundary",
      caption:
        "What the network says at every place (blue: ring, red: disc), the points, and the maps of the hidden units "
        + "as in the playground: first layer, then second."
    ) {
      let inputs = Tensor.concatenate([train.inputs, test.inputs])
      let labels = Tensor.concatenate([train.targets, test.targets])
      var picture = DecisionBoundary(
        of: { (net($0) + 1) / 2 }, around: inputs, labels: labels, names: ["ring", "disc"], resolution: 240)
      for index in train.count..<picture.samples.count { picture.samples[index].isTest = true }
      picture.title = "The double ring after \(history.rows.count) epochs"
      picture.units = net.unitMaps(window: -6...6)
      return picture
    }
    try run.figure(
      "curves", caption: "Loss and accuracy over the epochs, for the points learned from and the others."
    ) {
      var figure = Figure(rows: 1, columns: 2, width: 960, height: 400, title: "Learning the double ring")
      let pairs = [("loss", "½ (o − t)²"), ("accuracy", "share of points")]
      for (column, (name, label)) in pairs.enumerated() {
        figure[0, column].x.label = "epoch"
        figure[0, column].y = Axis(label: label, scale: column == 0 ? .logarithmic : .linear)
        figure[0, column].line(history[name], label: "training")
        figure[0, column].line(history["test " + name], label: "test")
      }
      return figure
    }
  }

  /// The other data set of that name: two concentric circles with noise.
  private func circles(_ run: inout Run) throws {
    run.heading("Two circles with noise")
    var random = run.random.stream("circles")
    let data = Circles(count: 1_000, factor: 0.5, noise: 0.1, dtype: .float64, using: &random)
    let (train, test) = data.split(0.8, stratified: true, using: &random)
    var net = Sequential {
      Linear(2, 16, dtype: .float64, using: &random)
      relu
      Linear(16, 1, dtype: .float64, using: &random)
    }
    var optimizer = SGD(learningRate: 0.1)
    let epochs = run.isQuick ? 20 : 100
    for _ in 0..<epochs {
      for batch in train.batches(of: 32, using: &random) {
        let (_, gradients) = valueWithGradient(at: &net) { net in
          binaryCrossEntropy(logits: net(batch.inputs), targets: batch.targets)
        }
        optimizer.update(&net, with: gradients)
      }
    }
    let reached = accuracy(of: net.predict(test.inputs), against: test.targets)
    run.say(
      "\"Double ring\" may also mean two concentric circles with noise, as scikit-learn makes them (factor 0.5, noise "
        + "0.1): a layer of 16 ReLU units with binary cross-entropy, batches of 32 and α = 0.1 gets "
        + "\((100 * reached).text(4)) % of \(test.count) test points right after \(epochs) epochs. Noise makes the "
        + "circles touch, so a few errors are to be expected."
    )
    run.expect("test accuracy on noisy circles", reached, atLeast: 0.97, source: "NumPy, 10 seeds")
    let trained = net
    try run.figure("circles", caption: "Two noisy circles: the boundary of 16 ReLU units; rings mark mistakes.") {
      var picture = DecisionBoundary(
        of: { sigmoid(trained.predict($0)) }, around: test.inputs, labels: test.targets, names: ["outer", "inner"],
        resolution: 240)
      picture.title = "Two circles, noise 0.1: test points"
      return picture
    }
  }
}
