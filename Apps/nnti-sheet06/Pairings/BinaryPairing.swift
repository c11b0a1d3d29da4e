import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

/// 6.2 a: one yes or no.
struct BinaryPairing: Experiment {
  let id = "nnti06.6.2.a"
  let title = "Yes or no: sigmoid with binary cross-entropy"
  let question = "Which output function and which loss fit a network that says whether a post contains misinformation?"

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "One output with the logistic function, p = σ(z), read as the probability of *misinformation*; the loss is the binary "
        + "cross-entropy.")
    run.formula("L = −t log p − (1 − t) log(1 − p)          ∂L/∂z = p − t")
    run.say(
      "The label of a post is one throw of a coin with probability p, and L is the negative log-likelihood of that throw. "
        + "The σ cancels in the derivative, so a confidently wrong answer is corrected with full force.")
    run.heading("Demonstration")
    run.say(
      "600 posts have two features. A fifth of the false ones are extreme cases far away from all others. Both models "
        + "are linear in the features and trained to the end; only output and loss differ. The wrong pair is a linear output "
        + "with the squared error, which treats the labels 0 and 1 as measurements.")
    var random = run.random
    let train = posts(600, using: &random)
    let test = posts(4000, using: &random)
    let right = fitted(train) { binaryCrossEntropy(logits: $0, targets: $1) }
    let wrong = fitted(train) { squaredError(predictions: $0, targets: $1) }
    let shares = (
      accuracy(of: right.predict(test.inputs), against: test.targets),
      accuracy(of: wrong.predict(test.inputs), against: test.targets, threshold: 0.5)
    )
    let outputs = wrong.predict(test.inputs)
    let outside = ((outputs .< 0) | (outputs .> 1)).cast(to: .float64).mean().scalar
    let logLoss = binaryCrossEntropy(logits: right.predict(test.inputs), targets: test.targets).scalar
    run.table(
      "4,000 new posts", columns: ["pair", "classified right", "outputs outside 0 … 1"],
      rows: [
        ["sigmoid, cross-entropy", shares.0.text(4), "0"],
        ["linear, squared error", shares.1.text(4), outside.text(3)],
      ])
    run.say(
      "The sigmoid gets \((shares.0 * 100).text(3)) % right, with a cross-entropy of \(logLoss.text(3)). The squared error "
        + "gets \((shares.1 * 100).text(3)) %: the extreme posts are far on the right side of any sensible line, but the "
        + "squared error punishes outputs above 1 just like outputs below it. So it makes the slope small, and many of the "
        + "ordinary false posts end below ½. And \((outside * 100).text(3)) % of its outputs are no probabilities.")
    run.expect("right minus wrong pair, share classified right", shares.0 - shares.1, atLeast: 0.02)
    run.expect("right pair, share classified right", shares.0, atLeast: 0.93)
    run.expect("wrong pair, share of outputs outside 0 … 1", outside, atLeast: 0.05)
    checkGradient(in: &run)
    try draw(right, wrong, train, in: &run)
  }

  /// The gradient at a confident mistake, with three losses.
  private func checkGradient(in run: inout Run) {
    let z = Tensor([[-10]], dtype: .float64)
    let target = Tensor([[1]], dtype: .float64)
    let entropy = gradient(of: { binaryCrossEntropy(logits: $0, targets: target) }, at: z).scalar
    let square = gradient(of: { squaredError(predictions: sigmoid($0), targets: target) }, at: z).scalar
    run.say(
      "Mixing the pairs fails in another way. Where σ(−10) says *no* to a true *yes*, the cross-entropy has the derivative "
        + "\(entropy.text(5)); the squared error behind the same σ has \(square.scientific(1)), because σ′ is almost 0: "
        + "the worst mistakes are not corrected.")
    run.check(
      "∂BCE/∂z at z = −10, t = 1", entropy, equals: -0.9999546021312976, within: 1e-15, source: "mpmath: σ(−10) − 1")
    run.check(
      "∂(σ − t)²/∂z there", square, equals: -9.078749372607e-5, within: 1e-15, source: "mpmath: 2 (σ − 1) σ (1 − σ)")
  }

  /// Posts with two features; class 1 are the false ones.
  private func posts(_ count: Int, using random: inout RandomSource) -> Samples {
    let kinds = Tensor.uniform([count], dtype: .float64, using: &random).scalars
    let centers: [(Double, Double)] = kinds.map { $0 < 0.5 ? (0, 0) : $0 < 0.9 ? (3, 0.5) : (15, 2) }
    let middle = Tensor(centers.map { [$0.0, $0.1] })
    let targets = Tensor(kinds.map { [$0 < 0.5 ? 0.0 : 1] })
    return Samples(
      inputs: middle + .normal([count, 2], deviation: 0.8, dtype: .float64, using: &random), targets: targets)
  }

  private func fitted(_ data: Samples, _ loss: @escaping (Tensor, Tensor) -> Tensor) -> Linear {
    var model = Linear(weight: .zeros([2, 1], dtype: .float64), bias: .zeros([1], dtype: .float64))
    _ = fit(&model, steps: 800, learningRate: 0.05) { loss($0(data.inputs), data.targets) }
    return model
  }

  private func draw(_ right: Linear, _ wrong: Linear, _ data: Samples, in run: inout Run) throws {
    let caption =
      "Left and middle: both linear models on the posts, with the probability that each claims (the linear output cut off "
      + "at 0 and 1). The extreme posts pull the outputs of the squared error flat, and with them its line into the other "
      + "false posts. Right: the two outputs along the first feature; the linear one leaves 0 … 1."
    try run.figure("binary", caption: caption) {
      var figure = Figure(rows: 1, columns: 3, width: 1150, height: 400)
      let functions: [(String, (Tensor) -> Tensor)] = [
        ("sigmoid, cross-entropy", { sigmoid(right.predict($0)) }),
        ("linear, squared error", { wrong.predict($0).clamped(min: 0, max: 1) }),
      ]
      for (column, function) in functions.enumerated() {
        var picture = DecisionBoundary(
          of: function.1, around: data.inputs, labels: data.targets, names: ["reliable", "false"], resolution: 160)
        picture.title = function.0
        picture.plot(&figure[0, column], colorBar: false)
        figure[0, column].legend = .inside(.init(.right, .bottom))
      }
      let x = Tensor.linspace(from: -3, to: 17, count: 200, dtype: .float64)
      let line = Tensor.stack([x, .full([200], 0.5, dtype: .float64)], axis: 1)
      figure[0, 2].title = "Outputs at x₂ = ½"
      figure[0, 2].line(x.scalars, sigmoid(right.predict(line)).scalars, label: "sigmoid")
      figure[0, 2].line(x.scalars, wrong.predict(line).scalars, label: "linear")
      for bound in [0.0, 1] { figure[0, 2].horizontalLine(at: bound) }
      figure[0, 2].x.label = "x₁"
      figure[0, 2].y.label = "output"
      return figure
    }
  }
}
