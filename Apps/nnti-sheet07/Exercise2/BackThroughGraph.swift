import Drawing
import Experiments
import Visualization
import Wabe

struct BackThroughGraph: Experiment {
  let id = "nnti07.7.2.b"
  let title = "Backpropagation through the graph, step by step"
  let question = """
    With the loss L = ½ z² and a = 1, b = 2, c = 3, d = 4: go forward through the graph, then backward, and find the \
    gradients of L with respect to a, b, c and d.
    """

  func run(in run: inout Run) throws {
    let graph = expression(1, 2, 3, 4)
    let (u, v, z) = (graph.value("u"), graph.value("v"), graph.value("z"))
    run.heading("Forward")
    run.formula(
      "u = a + b = 1 + 2  = \(u.text())", "v = c − d = 3 − 4  = \(v.text())",
      "z = u · v = \(u.text()) · (\(v.text())) = \(z.text())", "L = ½ z² = \(graph.value("L").text())")
    run.heading("Backward")
    run.say("Each node takes the gradient that arrives and multiplies it with the derivative of its own operation.")
    run.table(
      "The steps on the way back", columns: ["step", "arrives", "local derivative", "product"],
      rows: [
        ["∂L/∂L", "–", "–", "1"],
        ["∂L/∂z", "1", "z = \(z.text())", graph.gradient("z").text()],
        ["∂L/∂u", graph.gradient("z").text(), "v = \(v.text())", graph.gradient("u").text()],
        ["∂L/∂v", graph.gradient("z").text(), "u = \(u.text())", graph.gradient("v").text()],
        ["∂L/∂a", graph.gradient("u").text(), "1", graph.gradient("a").text()],
        ["∂L/∂b", graph.gradient("u").text(), "1", graph.gradient("b").text()],
        ["∂L/∂c", graph.gradient("v").text(), "1", graph.gradient("c").text()],
        ["∂L/∂d", graph.gradient("v").text(), "−1", graph.gradient("d").text()],
      ])
    run.say(
      "The gradient of z is computed once and used by both branches. A sum hands on what arrives, a difference turns "
        + "the sign of its second operand, and a product exchanges its factors.")
    run.listing("\(graph.chainRule(to: "d"))")
    run.say("In letters, for any values:")
    run.formula("∂L/∂a = ∂L/∂b = (a + b)(c − d)²", "∂L/∂c = −∂L/∂d = (a + b)² (c − d)")

    let expected: [(String, Double)] = [
      ("z", -3), ("u", 3), ("v", -9), ("a", 3), ("b", 3), ("c", -9), ("d", 9),
    ]
    for (name, reference) in expected { run.check("∂L/∂\(name)", graph.gradient(name), equals: reference) }
    run.check("L", graph.value("L"), equals: 4.5)

    // The formulas in letters at random places.
    var random = run.random
    var largest = 0.0
    for _ in 0..<20 {
      let (a, b, c, d) = (random.nextNormal(), random.nextNormal(), random.nextNormal(), random.nextNormal())
      let other = expression(a, b, c, d)
      let (sum, difference) = (a + b, c - d)
      let formulas = [
        ("a", sum * difference * difference), ("b", sum * difference * difference), ("c", sum * sum * difference),
        ("d", -sum * sum * difference),
      ]
      for (name, value) in formulas { largest = max(largest, abs(other.gradient(name) - value)) }
    }
    run.check("formulas at 20 random places, largest difference", largest, atMost: 1e-12)
    let numbers = Tensor([1, 2, 3, 4], dtype: .float64)
    let check = checkGradients(
      of: { x in
        let z = (x[0] + x[1]) * (x[2] - x[3])
        return square(z) * 0.5
      }, at: numbers)
    run.check(
      "against central differences, largest difference", check.worst?.error ?? .infinity, atMost: 1e-8,
      source: "step 1e-6")

    try run.figure("graph", caption: "Forward values in black, the gradients of L in red.") {
      let names = ["a", "b", "c", "d", "u", "v", "z", "L"]
      let formulas = ["u": "a + b", "v": "c − d", "z": "u · v", "L": "½ z²"]
      let nodes = names.map { name in
        GraphDrawing.Node(
          name, subtitle: formulas[name] ?? "", value: graph.value(name).text(),
          gradient: "∂ " + graph.gradient(name).text(),
          kind: name == "L" ? .result : formulas[name] == nil ? .input : .operation)
      }
      return try GraphDrawing(
        nodes, edges: [(0, 4), (1, 4), (2, 5), (3, 5), (4, 6), (5, 6), (6, 7)],
        title: "L = ½ ((a + b)(c − d))²")
    }
  }
}
