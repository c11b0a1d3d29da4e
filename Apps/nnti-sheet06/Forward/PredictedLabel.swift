import Experiments
import Plotting
import Wabe

/// 6.3 b: the class that the forward pass predicts.
struct PredictedLabel: Experiment {
  let id = "nnti06.6.3.b"
  let title = "The predicted class"
  let question = "If the two outputs stand for two classes, which class does the network predict for the given input?"

  func run(in run: inout Run) throws {
    let network = DrawnNetwork(dtype: .float64)
    let p = network.probabilities.scalars
    let label = Int(network.outputs.argMax(axis: 1).scalars[0]) + 1
    run.heading("Answer")
    run.say(
      "The outputs of a softmax are positive and sum to 1, so they can be read as the probabilities of the classes given the "
        + "input: p = (\(p[0].fixed(16)), \(p[1].text(3))). The predicted class is the more probable one, *class \(label)* "
        + "(output o₁).")
    run.check("predicted class", Double(label), equals: 1, source: "by hand")
    run.check("sum of the probabilities", p[0] + p[1], equals: 1, within: 2.3e-16)
    run.heading("How sure, and at what price")
    let losses = [0, 1].map { (label: Int) in crossEntropy(logits: network.outputs, targets: Tensor([label])).scalar }
    run.say(
      "Softmax keeps the order of its inputs, so the largest o decides and the softmax need not be computed for a "
        + "prediction: 54 > 18. With two classes it is a logistic function of the difference, p₁ = σ(54 − 18).")
    run.say(
      "The network is as sure as float64 allows: the cross-entropy is \(losses[0].scientific(2)) if class 1 is true and "
        + "\(losses[1].text(4)), the whole difference of the outputs, if class 2 is. The weights were not trained for "
        + "this; a softmax only turns numbers into shares and does not know whether they are justified.")
    run.check(
      "p₁ against σ(36)", p[0], equals: sigmoid(network.outputs[0, 0] - network.outputs[0, 1]).scalar, within: 1.2e-16)
    run.check(
      "cross-entropy if class 1 is true", losses[0], between: 0, and: 2.33e-16, source: "−log p₁, mpmath: 2.32e-16")
    run.check("cross-entropy if class 2 is true", losses[1], equals: 36, within: 1e-14, source: "log(1 + e³⁶), mpmath")
    try draw(network, in: &run)
  }

  private func draw(_ network: DrawnNetwork, in run: inout Run) throws {
    let caption =
      "What the network says when the first input moves and the others stay at 1 and −1. At x₁ = 3 (dotted) it is far "
      + "inside its certainty. Below −1.5 h₁ is closed, both outputs are 0 and the odds are even; below −8 h₂ opens and "
      + "class 2 wins."
    try run.figure("certainty", caption: caption) {
      let x = Tensor.linspace(from: -12, to: 5, count: 681, dtype: .float64)
      let ones = Tensor.ones([681], dtype: .float64)
      let inputs = Tensor.stack([x, ones, -ones], axis: 1)
      let outputs = relu(inputs.matmul(network.first)).matmul(network.second)
      let shares = softmax(outputs)
      var figure = Figure(rows: 1, columns: 2, width: 900, height: 370)
      for (index, name) in ["o₁", "o₂"].enumerated() {
        figure[0, 0].line(x.scalars, outputs[.all, index].scalars, label: name)
      }
      for (index, name) in ["p₁", "p₂"].enumerated() {
        figure[0, 1].line(x.scalars, shares[.all, index].scalars, label: name)
      }
      figure[0, 0].title = "Outputs"
      figure[0, 1].title = "Softmax"
      for column in 0...1 {
        figure[0, column].x.label = "x₁"
        figure[0, column].verticalLine(at: 3, dash: [2, 3])
      }
      return figure
    }
  }
}
