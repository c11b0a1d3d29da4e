import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct TrainDigits: Experiment {
  let id = "nnti07.7.4.train"
  let title = "Training on all images at once"
  let question =
    "Train the network with gradient descent on the whole training set and report its accuracy on the test set."
  let parameters = DigitTraining.parameters
  let isLong = true

  let trained: TrainedNetworks

  func run(in run: inout Run) throws {
    var training = try DigitTraining(&run)
    let images = training.images
    run.say(
      "One epoch is one step: all \(images.train.count) images go forward and backward as one matrix, and every "
        + "parameter moves by \(run.learningRate) times its derivative. \(run.hidden) hidden units, \(training.epochs) "
        + "epochs; 0.5 is a large rate, near the edge of stability, so the loss may jump in the first half and need "
        + "not fall at every step."
    )
    var net = training.net
    var memory = NoMemory()
    let plan = training
    let result = try run.train(&net, &memory, using: &training.random, epochs: training.epochs) { net, _, _, epoch in
      let loss = plan.epoch(&net)
      guard epoch % 10 == 0 || epoch == 1 || epoch == plan.epochs else { return ["loss": loss] }
      return ["loss": loss, "test accuracy": plan.testAccuracy(net)]
    }
    trained.keep(net, of: training, run)
    let losses = result.history["loss"]
    let accuracies = result.history["test accuracy"]
    let reached = training.testAccuracy(net)
    let shown = losses.indices.filter { $0 == 0 || ($0 + 1) % 10 == 0 || $0 == losses.count - 1 }
    run.table(
      "The course of the training", columns: ["epoch", "loss", "test accuracy"],
      rows: shown.map { ["\($0 + 1)/\(losses.count)", losses[$0].fixed(4), accuracies[$0].text(4)] })
    run.say("Test accuracy: \((100 * reached).fixed(2)) %.")

    run.check(
      "loss of the fresh network", losses.first ?? .nan, between: 2.29, and: 2.32, source: "log 10 = 2.3026")
    let expected = training.expectedAccuracy
    run.expect("test accuracy", reached, atLeast: expected.bound, source: expected.source)
    if images.source == .mnist {
      run.expect("last loss", losses.last ?? .nan, atMost: 0.4, source: "public solutions: 0.358")
    }
    try figures(net, losses, accuracies, &run)
    try run.export("digits", net.layers, example: images.test.inputs[0..<2])
  }

  private func figures(
    _ net: TwoLayerNetwork, _ losses: [Double], _ accuracies: [Double], _ run: inout Run
  ) throws {
    try run.figure(
      "loss", caption: "The loss of all training images at each epoch, and the test accuracy at every tenth."
    ) {
      var figure = Figure(rows: 1, columns: 2, width: 960, height: 400, title: "Full-batch gradient descent")
      figure[0, 0].x.label = "epoch"
      figure[0, 0].y = Axis(label: "cross-entropy", scale: .logarithmic)
      figure[0, 0].line(losses)
      let marks = accuracies.indices.filter { !accuracies[$0].isNaN }
      figure[0, 1].x.label = "epoch"
      figure[0, 1].y = Axis(label: "test accuracy", limits: 0...1)
      figure[0, 1].line(marks.map { Double($0 + 1) }, marks.map { accuracies[$0] }, marker: .circle)
      return figure
    }
    try run.figure(
      "weights",
      caption:
        "The weights of the first hidden units as pictures: red pixels open the unit, blue ones shut it. They have "
        + "become strokes and their counterparts."
    ) {
      let units = min(net.w1.shape[1], 32)
      let columns = 8
      let rows = (units + columns - 1) / columns
      let side = ImageSet.side
      // One picture with a line of empty pixels between the units.
      let (width, height) = (columns * (side + 1) - 1, rows * (side + 1) - 1)
      var mosaic = Array(repeating: Array(repeating: Double.nan, count: width), count: height)
      for (unit, column) in net.w1.transposed[0..<units].unstacked().enumerated() {
        let values = column.scalars
        for pixel in values.indices {
          let (row, place) = (unit / columns * (side + 1) + pixel / side, unit % columns * (side + 1) + pixel % side)
          mosaic[row][place] = values[pixel]
        }
      }
      let most = abs(net.w1.transposed[0..<units]).max().scalar
      return Figure(width: 760, height: 100 + 85 * Double(rows)) { axes in
        axes.title = "Weights of \(units) hidden units"
        axes.x.ticks = .none
        axes.y.ticks = .none
        axes.aspect = .equal
        axes.matrix(mosaic, map: axes.theme.diverging, limits: -most...most, label: "weight")
      }
    }
  }
}
