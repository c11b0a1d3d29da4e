import Drawing
import Experiments
import Visualization
import Wabe

/// The network as a graph of single numbers, each with its value and the gradient of the loss.
struct ChainDrawing {
  private var nodes: [GraphDrawing.Node] = []
  private var edges: [(from: Int, to: Int)] = []

  init(_ net: AdditionNet, _ links: [Link], _ graph: ComputationGraph) {
    func gradient(_ name: String, _ place: Int = 0) -> Double { graph.node(name).gradient?.scalars[place] ?? .nan }
    func value(_ name: String, _ place: Int = 0) -> Double { graph.node(name).value.scalars[place] }
    func parameter(_ place: Int, _ value: Double) -> GraphDrawing.Node {
      GraphDrawing.Node(
        links[place].name, value: value.text(4), gradient: "∂ " + links[place].gradient.text(4), kind: .input)
    }

    let x = exampleInput.scalars.enumerated().map { index, number in
      add(GraphDrawing.Node("x\(["₁", "₂"][index])", value: number.text(4), kind: .constant))
    }
    var outs: [Int] = []
    for unit in 0..<2 {
      let digit = ["₁", "₂"][unit]
      let weights = (0..<2).map { add(parameter(2 * unit + $0, net.rows[0][unit][$0])) }
      let bias = add(parameter(4 + unit, net.biases[0][unit]))
      let sum = add(
        Self.step(
          "Z\(digit),in", "u₁\(digit) x₁ + u₂\(digit) x₂ + c\(digit)", value("Z_in", unit), gradient("Z_in", unit)))
      let out = add(
        Self.step(
          "Z\(digit),out", "δ₄ = \(links[2 * unit].factors[3].text(3))", value("Z_out", unit), gradient("Z_out", unit)))
      for source in x + weights + [bias] { edges.append((from: source, to: sum)) }
      edges.append((from: sum, to: out))
      outs.append(out)
    }
    let weights = (0..<2).map { add(parameter(6 + $0, net.rows[1][0][$0])) }
    let bias = add(parameter(8, net.biases[1][0]))
    let deltas = (0..<2).map { links[2 * $0].factors[2].text(3) }
    let sum = add(Self.step("A_in", "δ₃ = \(deltas[0]) and \(deltas[1])", value("A_in"), gradient("A_in")))
    for source in outs + weights + [bias] { edges.append((from: source, to: sum)) }
    let answer = add(
      Self.step("A_out", "δ₂ = \(links[0].factors[1].text(3))", value("A_out"), gradient("A_out")))
    edges.append((from: sum, to: answer))
    let loss = add(
      GraphDrawing.Node(
        "ℒ", subtitle: "δ₁ = \(links[0].factors[0].text(3))", value: value("ℒ").text(4), kind: .result))
    edges.append((from: answer, to: loss))
  }

  /// The finished picture.
  var drawing: GraphDrawing {
    get throws { try GraphDrawing(nodes, edges: edges, title: "From every parameter to the loss, and back") }
  }

  private mutating func add(_ node: GraphDrawing.Node) -> Int {
    nodes.append(node)
    return nodes.count - 1
  }

  private static func step(_ title: String, _ subtitle: String, _ value: Double, _ slope: Double) -> GraphDrawing.Node {
    GraphDrawing.Node(title, subtitle: subtitle, value: value.text(4), gradient: "∂ " + slope.text(4))
  }
}
