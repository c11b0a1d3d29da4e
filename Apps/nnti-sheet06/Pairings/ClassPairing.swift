import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

/// 6.2 b: one of several classes.
struct ClassPairing: Experiment {
  let id = "nnti06.6.2.b"
  let title = "One of several classes: softmax with cross-entropy"
  let question = "Which output function and which loss fit a machine that sorts fruit, each of exactly one kind?"

  private static let names = ["cherry", "apple", "melon"]

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      "One output per kind with a softmax, which makes the kinds compete for a total probability of 1, just as every fruit is of "
        + "exactly one kind; the loss is the cross-entropy −log p of the true kind.")
    run.formula("p = softmax(z)          L = −log p_true          ∂L/∂zₖ = pₖ − tₖ")
    run.heading("Demonstration")
    run.say(
      "Three kinds of fruit lie in a row: cherries small and light, melons large and heavy, apples between them. Both models "
        + "are linear in two features and trained to the end. The wrong pair fits the three indicator variables with linear "
        + "outputs and the squared error, and takes the largest.")
    var random = run.random
    let train = fruit(450, using: &random)
    let test = fruit(3000, using: &random)
    let indicators = train.targets.oneHot(classes: 3, dtype: .float64)
    let right = fitted { crossEntropy(logits: $0(train.inputs), targets: train.targets) }
    let wrong = fitted { squaredError(predictions: $0(train.inputs), targets: indicators) }
    let confusions = [right, wrong].map { Confusion(of: $0.predict(test.inputs), against: test.targets) }
    run.table(
      "3,000 new fruits", columns: ["pair", "sorted right", "apples found"],
      rows: zip(["softmax, cross-entropy", "linear, squared error"], confusions).map {
        [$0, $1.accuracy.text(4), $1.recall(of: 1).text(3)]
      })
    run.say(
      "The softmax sorts \((confusions[0].accuracy * 100).text(3)) % right. The squared error finds only "
        + "\((confusions[1].recall(of: 1) * 100).text(2)) % of the apples: along the row the indicator of the middle kind is 0, "
        + "then 1, then 0 again, and the best straight line through that is flat at ⅓, below one of the other two nearly "
        + "everywhere. The kind is *masked*. The logits of a softmax do not have this problem: a middle kind wins where the "
        + "slopes of its neighbours cross.")
    run.expect("right pair, sorted right", confusions[0].accuracy, atLeast: 0.97)
    run.expect("right minus wrong pair, sorted right", confusions[0].accuracy - confusions[1].accuracy, atLeast: 0.15)
    run.expect("wrong pair, apples found", confusions[1].recall(of: 1), atMost: 0.5)
    let sums = abs(softmax(right.predict(test.inputs)).sum(axis: 1) - 1).max().scalar
    run.check("sums of the probabilities differ from 1 by", sums, atMost: 1e-15)
    checkGradient(in: &run)
    try draw(right, wrong, train, in: &run)
  }

  private func checkGradient(in run: inout Run) {
    let z = Tensor([[1, 2, 3]], dtype: .float64)
    let slope = gradient(of: { crossEntropy(logits: $0, targets: Tensor([Int(0)])) }, at: z)
    run.check(
      "∂L/∂z at z = (1, 2, 3), first class true", slope,
      equals: Tensor([[-0.90996942683, 0.244728471055, 0.665240955775]], dtype: .float64), within: 1e-11,
      source: "p − t, mpmath")
  }

  /// Size and weight of fruits that lie in a row.
  private func fruit(_ count: Int, using random: inout RandomSource) -> Samples {
    let centers = Tensor([[-3, -2], [0, 0], [3, 2]], dtype: .float64)
    let blobs = Blobs(count: count, centers: centers, deviation: 0.7, dtype: .float64, using: &random)
    return Samples(inputs: blobs.inputs, targets: blobs.targets)
  }

  private func fitted(_ loss: (inout Linear) -> Tensor) -> Linear {
    var model = Linear(weight: .zeros([2, 3], dtype: .float64), bias: .zeros([3], dtype: .float64))
    _ = fit(&model, steps: 600, learningRate: 0.05, loss: loss)
    return model
  }

  private func draw(_ right: Linear, _ wrong: Linear, _ data: Samples, in run: inout Run) throws {
    let caption =
      "Left and middle: the regions of the three kinds. The squared error leaves the middle kind a strip that is too narrow, or "
      + "none. Right: the three linear outputs along the row. That of the middle kind is flat, and the two others cross "
      + "above it."
    try run.figure("classes", caption: caption) {
      var figure = Figure(rows: 1, columns: 3, width: 1150, height: 400)
      let functions: [(String, (Tensor) -> Tensor)] = [
        ("softmax, cross-entropy", { softmax(right.predict($0)) }),
        // Sharpened for the picture; the largest output stays the largest.
        ("linear, squared error", { softmax(wrong.predict($0) * 8) }),
      ]
      for (column, function) in functions.enumerated() {
        var picture = DecisionBoundary(
          of: function.1, around: data.inputs, labels: data.targets, names: ClassPairing.names, resolution: 160)
        picture.title = function.0
        picture.labels = ("size", "weight")
        picture.plot(&figure[0, column], colorBar: false)
        figure[0, column].legend = .inside(.init(.left, .top))
      }
      let t = Tensor.linspace(from: -1.5, to: 1.5, count: 101, dtype: .float64)
      let outputs = wrong.predict(Tensor.stack([t * 3, t * 2], axis: 1))
      for (kind, name) in ClassPairing.names.enumerated() {
        figure[0, 2].line(t.scalars, outputs[.all, kind].scalars, label: name)
      }
      figure[0, 2].title = "Linear outputs along the row"
      figure[0, 2].x = .categories([], label: "place in the row")
      figure[0, 2].x.ticks = .at(ClassPairing.names.enumerated().map { Tick(Double($0.offset - 1), $0.element) })
      figure[0, 2].y.label = "output"
      return figure
    }
  }
}
