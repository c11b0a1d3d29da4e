import Drawing
import Experiments
import Visualization
import Wabe

struct Notation: Experiment {
  let id = "ci04.1.ii"
  let title = "The network as one vector of parameters"
  let question = """
    Enter the given parameters into the picture of the network and write down w, b and N̄ as well as |L₁| and |L₂|, in \
    the notation of the lecture's Definition 8.
    """

  func run(in run: inout Run) throws {
    let net = AdditionNet.printed
    run.say(
      "The definition counts cells: C_{l,c} is cell c of layer l. E_{l,c,e} is the weight of the edge *to* cell c of "
        + "layer l *from* cell e of the layer before, and B_{l,c} is the bias of the cell. A cell computes")
    run.formula("O(l, c) = f( B_{l,c} + Σₑ E_{l,c,e} · O(l−1, e) )")
    run.say(
      "w lists all E in the order l, c, e, b lists all B in the order l, c, and N̄ is w followed by b. In a program "
        + "that is the weights of layer 1 with a row per cell, then those of layer 2, then all biases.")

    let edges = edges(of: net)
    let weights = edges.map(\.value)
    let biases = net.biases.flatMap { $0 }
    let all = weights + biases
    run.table(
      "The edges in the order of the definition", columns: ["edge", "from", "to", "value"],
      rows: edges.map { [$0.name, $0.from, $0.to, $0.value.text()] })
    run.formula(
      "w = \(list(weights))", "b = \(list(biases))", "N̄ = \(list(all))",
      "|L₁| = \(net.rows[0].count)    |L₂| = \(net.rows[1].count)    n = |w| + |b| = \(all.count)")
    run.say(
      "This is the only reading that fits: if the second index were the source, E_{2,1,2} would lead to a second cell "
        + "of layer 2, which has only \(net.rows[1].count).")

    let source = "Definition 8, by hand"
    run.check("w", Tensor(weights), equals: Tensor([-0.7, 0.2, 0.9, 0.5, -0.2, 0.6], dtype: .float64), source: source)
    run.check("b", Tensor(biases), equals: Tensor([-0.4, 0.1, 0.8], dtype: .float64), source: source)
    run.check(
      "N̄", Tensor(all), equals: Tensor([-0.7, 0.2, 0.9, 0.5, -0.2, 0.6, -0.4, 0.1, 0.8], dtype: .float64),
      source: source)
    run.check("|L₁|", Double(net.rows[0].count), equals: 2, source: source)
    run.check("|L₂|", Double(net.rows[1].count), equals: 1, source: source)
    run.check("number of parameters n", Double(all.count), equals: 9, source: source)

    // The definition's formula cell by cell has to give what the layers give.
    let byCells = output(ofCells: net, for: exampleInput.scalars)
    run.say(
      "Computed cell by cell with that formula, the network answers \(byCells.text(5)) to the input (1, 1); the matrix "
        + "form answers \(net(exampleInput).scalar.text(5)).")
    run.check("cell by cell against the matrix form", byCells, equals: net(exampleInput).scalar, within: 4e-15)

    try run.figure("network", caption: "The completed picture: weights on the edges, biases under the cells.") {
      var drawing = NetworkDrawing(net.rows)
      drawing.biases = net.biases
      drawing.names = [["x₁", "x₂"], ["Z₁", "Z₂"], ["A"]]
      drawing.titles = ["input", "L₁, ReL", "L₂, linear"]
      drawing.title = "The addition network with its parameters"
      return drawing
    }
  }

  /// Every weight with its name and the cells it connects.
  private func edges(of net: AdditionNet) -> [(name: String, from: String, to: String, value: Double)] {
    net.rows.enumerated().flatMap { layer, cells in
      cells.enumerated().flatMap { cell, row in
        row.enumerated().map { source, value in
          let from = layer == 0 ? "x\(source + 1)" : "C_{\(layer),\(source + 1)}"
          return (
            name: "E_{\(layer + 1),\(cell + 1),\(source + 1)}", from: from, to: "C_{\(layer + 1),\(cell + 1)}",
            value: value
          )
        }
      }
    }
  }

  /// The definition's formula, one cell after the other.
  private func output(ofCells net: AdditionNet, for input: [Double]) -> Double {
    var outputs = input
    for (layer, cells) in net.rows.enumerated() {
      outputs = cells.enumerated().map { cell, row in
        let sum = zip(row, outputs).reduce(net.biases[layer][cell]) { $0 + $1.0 * $1.1 }
        return layer == 0 ? max(0, sum) : sum
      }
    }
    return outputs[0]
  }

  private func list(_ values: [Double]) -> String { "⟨" + values.map { $0.text() }.joined(separator: ", ") + "⟩" }
}
