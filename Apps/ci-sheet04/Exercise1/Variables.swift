import Drawing
import Experiments
import Visualization
import Wabe

struct Variables: Experiment {
  let id = "ci04.1.i"
  let title = "What the letters stand for, and their dimensions"
  let question = """
    A small network with one hidden layer is described with the letters x, y, u, v, c, d, p, q, Z, A and ℒ. What does \
    each of them mean, and which dimensions have the weights u, v and the biases c, d here?
    """

  func run(in run: inout Run) throws {
    let net = AdditionNet.printed
    let x = exampleInput
    let zIn = net.hidden(x)
    let zOut = relu(zIn)
    let aIn = net.output(zOut)
    let loss = squaredError(predictions: aIn, targets: exampleTarget, reduction: .sum)
    let (u, v) = (net.hidden.weight, net.output.weight)

    run.say(
      "The network maps p numbers to q numbers by way of |z| hidden units. Each layer takes a weighted sum and then "
        + "applies a function: ReL(t) = max{0, t} in the hidden layer, f(t) = t in the output layer.")
    run.formula(
      "Z_in = uᵀ x + c        Z_out = ReL(Z_in)",
      "A_in = vᵀ Z_out + d    A_out = A_in",
      "ℒ    = Σₖ (yₖ − A_out,ₖ)²")
    run.say(
      "The dimensions follow from these lines alone: uᵀ x has to have |z| entries, so u has a row per input and a "
        + "column per unit. The table is made from a model with the sheet's parameters and one forward pass through "
        + "it; a batch of examples adds an axis in front, here of length one.")
    run.table(
      "The letters and their sizes in this network", columns: ["letter", "meaning", "size", "here"],
      rows: [
        ["x", "input", "p", text(x.shape)],
        ["y", "the answer that is wanted", "q", text(exampleTarget.shape)],
        ["p, q", "number of inputs, of outputs", "–", "\(u.shape[0]), \(v.shape[1])"],
        ["u", "weights from the inputs to the hidden units", "p × |z|", text(u.shape)],
        ["c", "biases of the hidden units", "|z|", text(net.hidden.bias?.shape)],
        ["Z_in, Z_out", "hidden units before and after ReL", "|z|", text(zOut.shape)],
        ["v", "weights from the hidden units to the outputs", "|z| × q", text(v.shape)],
        ["d", "biases of the outputs", "q", text(net.output.bias?.shape)],
        ["A_in, A_out", "outputs before and after f(t) = t", "q", text(aIn.shape)],
        ["ℒ", "loss, the squared error", "1", loss.count == 1 ? "1" : text(loss.shape)],
      ])
    run.say(
      "Two slips in the printed formulas: Z_in is made with u and not with w, and A_in with v and d and not with u "
        + "and c. And the error is defined as a sum over n examples, but used with n = 1.")

    run.check("u is 2 × 2", holds: u.shape == [2, 2])
    run.check("c has 2 entries", holds: net.hidden.bias?.shape == [2])
    run.check("v is 2 × 1", holds: v.shape == [2, 1])
    run.check("d has 1 entry", holds: net.output.bias?.shape == [1])
    run.check("number of parameters", Double(net.parameterCount), equals: 9, source: "2·2 + 2 + 2·1 + 1")
    run.check("hidden sums of one example", holds: zIn.shape == [1, 2])

    // Other sizes show that the rule is a rule.
    var random = run.random
    let other = AdditionNet.random(inputs: 3, units: 5, outputs: 2, using: &random)
    run.say(
      "The rule holds for any sizes: with p = 3, |z| = 5, q = 2 the same code makes u "
        + "\(text(other.hidden.weight.shape)) and v \(text(other.output.weight.shape)), together "
        + "\(other.parameterCount) parameters = (p + 1)·|z| + (|z| + 1)·q."
    )
    run.check("parameters for 3, 5, 2", Double(other.parameterCount), equals: 32, source: "(3+1)·5 + (5+1)·2")
    run.check("answers to 7 examples", holds: other(Tensor.zeros([7, 3], dtype: .float64)).shape == [7, 2])

    try run.figure("network", caption: "The network and its letters: what stands where.") {
      var drawing = NetworkDrawing(net.rows)
      drawing.showsWeights = false
      drawing.names = [["x₁", "x₂"], ["Z₁", "Z₂"], ["A"]]
      drawing.titles = ["x, p = 2", "Z, |z| = 2; bias c", "A, q = 1; bias d"]
      drawing.title = "Two inputs, two hidden units, one output"
      return drawing
    }
  }

  /// The sizes without the axis of the examples, as "2 × 2".
  private func text(_ shape: Shape?) -> String {
    guard let shape else { return "none" }
    let sizes = Array(shape)
    let own = sizes.count == 2 && sizes[0] == 1 ? [sizes[1]] : sizes
    return own.map(String.init).joined(separator: " × ")
  }
}
