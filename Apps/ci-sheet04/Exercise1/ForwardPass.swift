import Drawing
import Experiments
import Visualization
import Wabe

struct ForwardPass: Experiment {
  let id = "ci04.1.iii"
  let title = "A forward pass by hand"
  let question = "What does the network answer to the input x₁ = x₂ = 1, and how large is the loss there?"

  func run(in run: inout Run) throws {
    let net = AdditionNet.printed
    let pass = Pass(net)
    run.say("The two layers one after the other, with the sheet's parameters and the wanted answer y = 1 + 1 = 2:")
    run.formula(
      "Z_in  = uᵀ x + c  = (−0.7·1 + 0.2·1 − 0.4, 0.9·1 + 0.5·1 + 0.1) = \(list(pass.zIn))",
      "Z_out = max{0, Z_in}                                           = \(list(pass.zOut))",
      "A_in  = vᵀ Z_out + d = −0.2·0 + 0.6·1.5 + 0.8                  = \(pass.answer.scalar.text())",
      "A_out = A_in                                                   = \(pass.answer.scalar.text())",
      "ℒ     = (y − A_out)² = (2 − 1.7)²                              = \(pass.loss.scalar.text(4))")
    run.say(
      "The sheet writes ℒ ≈ 0.09; it is exactly 0.09, because 0.3² is. The first unit says 0: its sum is negative, "
        + "so the rectifier shuts it, and the network answers with the second unit alone.")
    run.table(
      "The forward pass", columns: ["value", "unit 1", "unit 2"],
      rows: [
        ["x", exampleInput.scalars[0].text(), exampleInput.scalars[1].text()],
        ["Z_in", pass.zIn.scalars[0].text(), pass.zIn.scalars[1].text()],
        ["Z_out", pass.zOut.scalars[0].text(), pass.zOut.scalars[1].text()],
        ["A_out", pass.answer.scalar.text(), "–"],
        ["ℒ", pass.loss.scalar.text(4), "–"],
      ])

    let tolerance = 4e-15
    let source = "exact decimals"
    run.check("Z_in", pass.zIn, equals: Tensor([[-0.9, 1.5]], dtype: .float64), within: tolerance, source: source)
    run.check("Z_out", pass.zOut, equals: Tensor([[0, 1.5]], dtype: .float64), within: tolerance, source: source)
    run.check("A_out", pass.answer.scalar, equals: 1.7, within: tolerance, source: source)
    run.check("loss", pass.loss.scalar, equals: 0.09, within: tolerance, source: source)

    run.heading("A trap")
    var turned = net
    turned.hidden.weight = net.hidden.weight.transposed
    let wrong = Pass(turned)
    run.say(
      "The printed 2 × 2 matrix already *is* uᵀ: its rows belong to the units. Whoever takes it for u and transposes "
        + "it once more gets Z_in = \(list(wrong.zIn)), the answer \(wrong.answer.scalar.text()) and the loss "
        + "\(wrong.loss.scalar.text(4)) instead of \(pass.loss.scalar.text(4)).")
    run.check(
      "transposed by mistake: Z_in", wrong.zIn, equals: Tensor([[-0.2, 0.8]], dtype: .float64), within: tolerance,
      source: source)
    run.check("transposed by mistake: A_out", wrong.answer.scalar, equals: 1.28, within: tolerance, source: source)
    run.check("transposed by mistake: loss", wrong.loss.scalar, equals: 0.5184, within: tolerance, source: source)

    try run.figure("forward", caption: "The values of the forward pass in the network; unit 1 is shut.") {
      var drawing = NetworkDrawing(net.rows)
      drawing.biases = net.biases
      drawing.values = [exampleInput.scalars, pass.zOut.scalars, pass.answer.scalars]
      drawing.names = [["x₁", "x₂"], ["Z₁", "Z₂"], ["A"]]
      drawing.titles = ["input", "hidden, ReL", "output"]
      drawing.title = "1 + 1 = \(pass.answer.scalar.text())"
      return drawing
    }
  }

  /// The values of one forward pass.
  private struct Pass {
    let zIn: Tensor, zOut: Tensor, answer: Tensor, loss: Tensor

    init(_ net: AdditionNet) {
      zIn = net.hidden(exampleInput)
      zOut = relu(zIn)
      answer = net.output(zOut)
      loss = squaredError(predictions: answer, targets: exampleTarget, reduction: .sum)
    }
  }

  private func list(_ values: Tensor) -> String { "(" + values.scalars.map { $0.text() }.joined(separator: ", ") + ")" }
}
