import Drawing
import Experiments
import Visualization
import Wabe

struct ForwardPass: Experiment {
  let id = "nnti07.7.1.a"
  let title = "A forward pass with numbers"
  let question = """
    A network with two inputs, three ReLU units and two sigmoid outputs is given with all its numbers. What does it \
    answer to the input (0.5, 0.2)?
    """

  func run(in run: inout Run) throws {
    let net = SmallNet()
    let x = SmallNet.input
    let z1 = net.hidden(x)
    let h = relu(z1)
    let z2 = net.output(h)
    let y = sigmoid(z2)

    run.say("Each unit takes its row of the matrix times what comes in, adds its bias and applies its function.")
    run.formula(
      "z₁ = W₁ x + b₁ = (0.1·0.5 + 0.4·0.2 + 0.1, 0.2·0.5 + 0.5·0.2 + 0.2, 0.3·0.5 + 0.6·0.2 + 0.3)",
      "   = \(list(z1))",
      "h  = max(0, z₁) = \(list(h))",
      "z₂ = W₂ h + b₂ = (0.7·0.23 + 0.2·0.4 + 0.1·0.57 + 0.1, 0.5·0.23 + 0.3·0.4 + 0.4·0.57 + 0.2)",
      "   = \(list(z2))",
      "y  = 1 / (1 + e^−z₂) = \(list(y, 10))")
    let open = Int((z1 .> 0).sum().scalar)
    run.say(
      "All \(open) hidden units are open, so the ReLU changes nothing at this input. The outputs are not a "
        + "distribution: each sigmoid answers a yes-or-no question of its own, and here they sum to "
        + "\(y.sum().scalar.text(4)).")
    run.table(
      "The forward pass", columns: ["value", "1", "2", "3"],
      rows: [("x", x), ("z₁", z1), ("h", h), ("z₂", z2), ("y", y)].map { name, values in
        let texts = values.scalars.map { $0.text(8) }
        return [name] + texts + Array(repeating: "", count: 3 - texts.count)
      })

    let source = "mpmath, 40 digits"
    run.check(
      "z₁", z1, equals: Tensor([[0.23, 0.4, 0.57]], dtype: .float64), within: 1e-15, source: "exact decimals")
    run.check("h", h, equals: Tensor([[0.23, 0.4, 0.57]], dtype: .float64), within: 1e-15, source: "exact decimals")
    run.check("open hidden units", Double(open), equals: 3)
    run.check("z₂", z2, equals: Tensor([[0.398, 0.663]], dtype: .float64), within: 1e-15, source: "exact decimals")
    let reference = Tensor([[0.59820704391939932003, 0.65993397450547700725]], dtype: .float64)
    run.check("y", y, equals: reference, within: 1e-12, source: source)
    let small = net.cast(to: .float32)
    run.check("y in float32", small(x.cast(to: .float32)), equals: reference, within: 1e-6, source: source)

    try run.figure("network", caption: "The network with its weights, biases and the values of the forward pass.") {
      var drawing = NetworkDrawing(net.rows)
      drawing.biases = net.biases
      drawing.values = [x.scalars, h.scalars, y.scalars]
      drawing.titles = ["input", "hidden, ReLU", "output, sigmoid"]
      drawing.title = "The forward pass"
      return drawing
    }
  }
}
