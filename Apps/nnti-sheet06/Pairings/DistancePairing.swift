import Experiments
import Plotting
import Wabe

/// 6.2 c: a number.
struct DistancePairing: Experiment {
  let id = "nnti06.6.2.c"
  let title = "A number: linear output with squared error"
  let question =
    "Which output function and which loss fit a network that estimates the distance to the nearest obstacle?"

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "A linear output (no function at all) with the mean squared error. A distance is a number with a unit and no upper bound, so "
        + "the output must be able to take every value; the squared error is the negative log-likelihood if the "
        + "measurements scatter normally around the prediction.")
    run.formula("ŷ = z          L = (ŷ − y)²          ∂L/∂z = 2 (ŷ − y)")
    run.heading("Demonstration")
    run.say(
      "A network 2-16-1 with tanh units sees two sensors, an echo and a brightness, both with noise, and estimates distances "
        + "from 0.2 to 12 m. The wrong pair differs in one thing: a sigmoid behind the output.")
    var random = run.random
    let train = scenes(400, using: &random)
    let test = scenes(2000, using: &random)
    let (right, rightLosses) = trained(train, run, output: { $0 })
    let (wrong, wrongLosses) = trained(train, run, output: { sigmoid($0) })
    let guesses = [right.predict(test.inputs), sigmoid(wrong.predict(test.inputs))]
    let errors = guesses.map { squaredError(predictions: $0, targets: test.targets).scalar.squareRoot() }
    let bound = square(relu(test.targets - 1)).mean().scalar.squareRoot()
    run.table(
      "2,000 new scenes", columns: ["pair", "error (root of the mean square)", "largest output"],
      rows: zip(["linear, squared error", "sigmoid, squared error"], zip(errors, guesses)).map {
        [$0, "\($1.0.text(3)) m", "\($1.1.max().scalar.text(4)) m"]
      })
    run.say(
      "The linear output is wrong by \(errors[0].text(2)) m. The sigmoid cannot say more than 1: every distance y above that "
        + "costs at least (y − 1)², so whatever its weights are, its error on these scenes is at least "
        + "\(bound.text(4)) m. Training drives it against that wall: \(errors[1].text(4)) m.")
    run.check("sigmoid: largest output", guesses[1].max().scalar, atMost: 1)
    run.check("sigmoid: error less its lower bound", errors[1] - bound, atLeast: 0, source: "ŷ < 1")
    run.expect("linear: error in m", errors[0], atMost: 0.6)
    run.expect("sigmoid: error in m", errors[1], atLeast: 4)
    run.say(
      "Should no distance come out negative, softplus or an exponential behind z would do it. Where a few wild echoes occur, "
        + "the Huber loss is less impressed by them than the square.")
    try draw(test, guesses, (rightLosses, wrongLosses), in: &run)
  }

  /// Readings of two sensors, and the distance in metres.
  private func scenes(_ count: Int, using random: inout RandomSource) -> Samples {
    let distance = Tensor.uniform([count, 1], from: 0.2, to: 12, dtype: .float64, using: &random)
    let echo = distance / 6 - 1 + .normal([count, 1], deviation: 0.05, dtype: .float64, using: &random)
    let brightness = 1 / (1 + distance) + .normal([count, 1], deviation: 0.02, dtype: .float64, using: &random)
    return Samples(inputs: .concatenate([echo, brightness], axis: 1), targets: distance)
  }

  private func trained(
    _ data: Samples, _ run: Run, output: @escaping (Tensor) -> Tensor
  ) -> (model: Sequential, losses: [Double]) {
    var random = run.random.stream("weights")
    var model = Sequential {
      Linear(2, 16, dtype: .float64, using: &random)
      tanh
      Linear(16, 1, dtype: .float64, using: &random)
    }
    let losses = fit(&model, steps: 600, learningRate: 0.03) {
      squaredError(predictions: output($0(data.inputs)), targets: data.targets)
    }
    return (model, losses)
  }

  private func draw(
    _ test: Samples, _ guesses: [Tensor], _ losses: ([Double], [Double]), in run: inout Run
  ) throws {
    let caption =
      "Left: estimated against true distance, 400 of the new scenes; a perfect answer lies on the dashed line. The sigmoid "
      + "ends at 1 m. Right: the training loss, which for the sigmoid stays where its bound is."
    try run.figure("distance", caption: caption) {
      var figure = Figure(rows: 1, columns: 2, width: 900, height: 400)
      figure[0, 0].slopedLine()
      for (index, name) in ["linear", "sigmoid"].enumerated() {
        figure[0, 0].scatter(
          test.targets[..<400].scalars, guesses[index][..<400].scalars, label: name, size: 5)
      }
      figure[0, 0].title = "New scenes"
      figure[0, 0].x.label = "true distance in m"
      figure[0, 0].y.label = "estimated distance in m"
      figure[0, 1].line(losses.0, label: "linear")
      figure[0, 1].line(losses.1, label: "sigmoid")
      figure[0, 1].title = "Training"
      figure[0, 1].x.label = "step"
      figure[0, 1].y = Axis(label: "squared error in m²", scale: .logarithmic)
      return figure
    }
  }
}
