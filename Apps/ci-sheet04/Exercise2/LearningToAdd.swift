import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct LearningToAdd: Experiment {
  let id = "ci04.2.i"
  let title = "Learning to add by gradient descent"
  let question = """
    Create the network of the first exercise, give its parameters to a stochastic gradient descent, and train it with \
    forward passes, losses, backward passes and steps until it adds any two positive numbers.
    """
  let parameters: [Parameter] = [
    .epochs(200), .hidden(2), .learningRate(0.1), .activation("relu", of: Activations.names),
  ]

  /// The number of examples that are called an epoch here: every example is new.
  static let steps = 10

  func run(in run: inout Run) throws {
    oneStep(&run)

    run.heading("Training")
    var random = run.random
    var net = start(run, using: &random)
    var optimizer = SGD(learningRate: run.learningRate)
    let test = AdditionPairs(count: 1_000, dtype: .float64, using: &random)
    run.say(
      "Now the same five steps again and again, each time with a new pair of numbers from [0, 1]² as a batch of one; "
        + "\(Self.steps) pairs are called an epoch. The mean squared error of \(test.count) other pairs is watched "
        + "beside it. Whoever always answered 1, the mean of all sums, would have an error of 1/6.")
    let result = try run.train(&net, &optimizer, using: &random, epochs: run.epochs) { net, optimizer, random, _ in
      var sum = 0.0
      for _ in 0..<Self.steps {
        let pair = AdditionPairs(count: 1, dtype: .float64, using: &random)
        let (loss, gradients) = valueWithGradient(at: &net) { net in
          squaredError(predictions: net(pair.inputs), targets: pair.targets, reduction: .sum)
        }
        optimizer.update(&net, with: gradients)
        sum += loss.scalar
      }
      return ["loss": sum / Double(Self.steps), "test": meanSquaredError(of: net(test.inputs), against: test.targets)]
    }
    let history = result.history
    let (losses, errors) = (history["loss"], history["test"])
    let shown = stride(from: 10, through: losses.count, by: 10).filter { $0 <= 100 || $0 % 50 == 0 }
    run.table(
      "The course of the training", columns: ["steps", "loss, mean of the last \(Self.steps)", "test error"],
      rows: shown.map { ["\($0 * Self.steps)", losses[$0 - 1].scientific(1), errors[$0 - 1].scientific(1)] })

    let early = errors.count >= 20 ? errors[19] : .nan
    let later = errors.count >= 50 ? errors[49] : .nan
    let source = "NumPy, 50 seeds"
    run.expect("test error after 200 steps", early, atMost: 2e-3, source: source)
    run.expect("test error after 500 steps", later, atMost: 5e-4, source: source)
    report(net, test, &run)
    try figures(net, history, test, &run)
    try run.export("addition", net, example: test.inputs[0..<2])
  }

  /// The network at the beginning: the printed one, or a random one where another size is asked for.
  private func start(_ run: Run, using random: inout RandomSource) -> AdditionNet {
    var net = run.hidden == 2 ? .printed : AdditionNet.random(units: run.hidden, using: &random)
    net.activation = Activations.named(run.activation)
    return net
  }

  /// The five tasks of the sheet once, with the numbers of the first exercise.
  private func oneStep(_ run: inout Run) {
    run.say("The five tasks are five lines; `y` is the wanted answer. First once, at the example of exercise 1:")
    run.listing(
      """
      var net = AdditionNet.printed                                    // 1 the network
      var optimizer = SGD(learningRate: 0.1)                           // 2 the optimizer
      let (loss, gradients) = valueWithGradient(at: &net) { net in     // 4 backward pass
        squaredError(predictions: net(x), targets: y, reduction: .sum) // 3 forward pass, 4 loss
      }
      optimizer.update(&net, with: gradients)                          // 5 the step
      """)
    var net = AdditionNet.printed
    var optimizer = SGD(learningRate: 0.1)
    let before = net(exampleInput).scalar
    let (loss, gradients) = valueWithGradient(at: &net) { net in
      squaredError(predictions: net(exampleInput), targets: exampleTarget, reduction: .sum)
    }
    optimizer.update(&net, with: gradients)
    let answer = net(exampleInput).scalar
    let after = (2 - answer) * (2 - answer)
    run.say(
      "One step with α = 0.1 moves only what the open unit 2 has a part in, and the answer from "
        + "\(before.text(4)) to \(answer.text(6)): the loss falls from \(loss.scalar.text(4)) to \(after.text(7)).")
    let source = "exact decimals"
    let tolerance = 4e-15
    run.check(
      "after one step: unit 2", Tensor(net.rows[0][1] + [net.biases[0][1]]),
      equals: Tensor([0.936, 0.536, 0.136], dtype: .float64), within: tolerance, source: source)
    run.check(
      "after one step: unit 1 as before", Tensor(net.rows[0][0] + [net.biases[0][0]]),
      equals: Tensor([-0.7, 0.2, -0.4], dtype: .float64), source: source)
    run.check(
      "after one step: v, d", Tensor(net.rows[1][0] + net.biases[1]),
      equals: Tensor([-0.2, 0.69, 0.86], dtype: .float64), within: tolerance, source: source)
    run.check("after one step: answer", answer, equals: 1.96952, within: tolerance, source: source)
    run.check("after one step: loss", after, equals: 0.0009290304, within: 1e-15, source: source)
  }

  /// What has been learned, in numbers.
  private func report(_ net: AdditionNet, _ test: AdditionPairs, _ run: inout Run) {
    run.heading("What it has learned")
    // A unit that answers to none of the test pairs has no part in the sum.
    let isOpen = (net.hidden(test.inputs) .> 0).any(axis: 0).cast(to: .float64)
    let v = net.output.weight.flattened() * isOpen
    let slopes = net.hidden.weight.matmul(v.reshaped(to: [-1, 1])).scalars
    let bias = ((net.hidden.bias ?? [0]) * v).sum().scalar + (net.output.bias?.scalar ?? 0)
    run.table(
      "Parameters at the end", columns: ["parameter", "values"],
      rows: net.state.map { [$0.path, $0.value.flattened().scalars.map { $0.text(4) }.joined(separator: ", ")] })
    if run.activation == "relu" {
      let count = Int(isOpen.sum().scalar)
      let (sign, size) = bias < 0 ? ("−", -bias) : ("+", bias)
      let shut = run.hidden == 2 ? "The printed unit 1 is shut for every pair, so its weights never change." : ""
      run.say(
        "\(count == 1 ? "One unit answers" : "\(count) units answer") to pairs from [0, 1]². Where a unit is open it "
          + "is linear, so the whole network is N(x) = Σₖ vₖ (u₁ₖ x₁ + u₂ₖ x₂ + cₖ) + d over the open units, that is "
          + "\(slopes[0].fixed(4)) x₁ + \(slopes[1].fixed(4)) x₂ \(sign) \(size.fixed(4)). \(shut)")
      run.expect("weight of x₁ in the sum", slopes[0], between: 0.9, and: 1.1, source: "Swift, 60 seeds")
      run.expect("weight of x₂ in the sum", slopes[1], between: 0.9, and: 1.1, source: "Swift, 60 seeds")
      run.expect("bias of the sum", bias, between: -0.1, and: 0.1, source: "Swift, 60 seeds")
    }
    let inside = net(Tensor([[0.3, 0.4]], dtype: .float64)).scalar
    let corner = net(Tensor([[1, 1]], dtype: .float64)).scalar
    let outside = net(Tensor([[20, 30]], dtype: .float64)).scalar
    run.say(
      "N(0.3, 0.4) = \(inside.text(4)) and N(1, 1) = \(corner.text(4)). Because the learned function is linear, it "
        + "goes on outside of the square that it has seen: N(20, 30) = \(outside.text(4)).")
    let origin = Tensor([[0, 0]], dtype: .float64)
    if run.activation == "relu" && net.hidden(origin).max().scalar <= 0 {
      run.say(
        "At the origin itself it answers \(net(origin).scalar.text(3)): there every unit is shut and only d is left.")
    }
    run.expect("|N(0.3, 0.4) − 0.7|", abs(inside - 0.7), atMost: 0.03, source: "NumPy, 50 seeds")
  }

  private func figures(_ net: AdditionNet, _ history: History, _ test: AdditionPairs, _ run: inout Run) throws {
    let rate = run.learningRate
    try run.figure(
      "loss",
      caption: "The squared error of the training pairs (mean of \(Self.steps)) and of 1,000 other pairs. After some "
        + "hundred steps the network adds."
    ) {
      Figure(width: 720, height: 440) { axes in
        axes.title = "Learning to add, α = \(rate)"
        axes.x.label = "steps"
        axes.y = Axis(label: "squared error", scale: .logarithmic)
        let steps = history.rows.map { Double($0.epoch * Self.steps) }
        let color = axes.nextColor()
        axes.line(steps, history["loss"], label: "training", color: color.opacity(0.45), width: 1)
        axes.line(steps, history["test"], label: "test")
        axes.horizontalLine(at: 1.0 / 6, text: "always 1")
      }
    }
    try run.figure("sums", caption: "What the network answers to 200 test pairs, over their sums.") {
      let truth = Array(test.targets.scalars.prefix(200))
      let answers = Array(net(test.inputs).scalars.prefix(200))
      return Figure(width: 560, height: 520) { axes in
        axes.title = "Answers and true sums"
        axes.x = Axis(label: "x₁ + x₂", limits: 0...2)
        axes.y = Axis(label: "N(x₁, x₂)", limits: 0...2)
        axes.aspect = .equal
        axes.slopedLine(intercept: 0, slope: 1, label: "N(x) = x₁ + x₂")
        axes.scatter(truth, answers, label: "test pairs", size: 6)
      }
    }
  }
}
