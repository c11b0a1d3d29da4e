import Drawing
import Experiments
import Plotting
import Wabe

struct CrossEntropyOfRows: Experiment {
  let id = "nnti07.7.4.cross-entropy"
  let title = "The cross-entropy of a batch"
  let question = "Write the cross-entropy between the softmax outputs and one-hot labels, averaged over the batch."

  func run(in run: inout Run) throws {
    run.say(
      "A row of labels has a single one, so of the sum over the classes only −log of the true class's probability is "
        + "left. The mean over the rows makes the number independent of the batch size.")
    run.formula("L = −(1/n) Σᵢ Σⱼ Tᵢⱼ log Pᵢⱼ = −(1/n) Σᵢ log P[i, true class of i]")
    var random = run.random
    let net = TwoLayerNetwork(inputs: 2, units: 2, classes: 10, dtype: .float64, using: &random)

    // Three rows whose losses are known: sure and right, undecided, sure and wrong.
    let rows = Tensor([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125], [0.25, 0.25, 0.5]], dtype: .float64)
    let labels = Tensor([0, 2, 1], dtype: .int64)
    let loss = net.crossEntropy(rows, labels.oneHot(classes: 3, dtype: .float64))
    run.say(
      "Rows that give the true class ½, ⅛ and ¼ cost log 2, log 8 and log 4, on average 2 log 2 = \(loss.text(10)).")
    run.check("probabilities ½, ⅛, ¼", loss, equals: 1.386294361119890619, within: 4e-16, source: "2 log 2")

    let even = Tensor.full([7, 10], 0.1, dtype: .float64)
    let any = Tensor.integers([7], in: 0..<10, using: &random)
    let undecided = net.crossEntropy(even, any.oneHot(classes: 10, dtype: .float64))
    run.say(
      "Who knows nothing and says 0.1 to all ten classes pays log 10 = \(undecided.text(6)) for any labels. A fresh "
        + "network has to begin there; a very different first loss is a mistake.")
    run.check("ten classes, undecided", undecided, equals: 2.302585092994045684, within: 2e-15, source: "log 10")

    let logits = Tensor.normal([64, 10], deviation: 3, dtype: .float64, using: &random)
    let classes = Tensor.integers([64], in: 0..<10, using: &random)
    let own = net.crossEntropy(softmax(logits), classes.oneHot(classes: 10, dtype: .float64))
    let reference = crossEntropy(logits: logits, targets: classes).scalar
    run.check("against the framework's from the logits", own, equals: reference, within: 1e-13)
    let twice = Tensor.concatenate([logits, logits])
    let doubled = net.crossEntropy(
      softmax(twice), Tensor.concatenate([classes, classes]).oneHot(classes: 10, dtype: .float64))
    run.check("every row twice costs the same", doubled, equals: own, within: 1e-13)

    run.heading("A probability of zero")
    let sure = softmax(Tensor([[800, 0]], dtype: .float64))
    let wrong = Tensor([[0, 1]], dtype: .float64)
    let finite = net.crossEntropy(sure, wrong)
    let exact = crossEntropy(logits: Tensor([[800, 0]], dtype: .float64), targets: Tensor([1], dtype: .int64)).scalar
    run.say(
      "For the logits (800, 0) the second probability is e⁻⁸⁰⁰, which rounds to \(sure.scalars[1].text()), and its "
        + "logarithm is −∞. The loss of the notebook's form is therefore bounded: it says \(finite.text(6)) here. The "
        + "form that starts from the logits, log Σ eᶻ − z of the true class, needs no bound and says \(exact.text(6)).")
    run.check("from the probabilities: finite", finite, equals: 708.396418532264106, within: 1e-9, source: "1022 log 2")
    run.check("from the logits: exact", exact, equals: 800)

    try run.figure("penalty", caption: "What one example costs, over the probability of its true class.") {
      Figure(width: 640, height: 420) { axes in
        axes.title = "The cross-entropy of one example"
        axes.x = Axis(label: "probability of the true class", limits: 0...1)
        axes.y = Axis(label: "−log p", limits: 0...5)
        let p = Tensor.linspace(from: 0.006, to: 1, count: 300, dtype: .float64)
        axes.line(p.scalars, (-log(p)).scalars, label: "−log p")
        axes.scatter(
          [0.5, 0.125, 0.25], [0.5, 0.125, 0.25].map { -log(Tensor($0)).scalar }, label: "the three rows", size: 9)
        axes.scatter([0.1], [-log(Tensor(0.1)).scalar], label: "ten classes, undecided", shape: .diamond, size: 10)
      }
    }
  }
}
