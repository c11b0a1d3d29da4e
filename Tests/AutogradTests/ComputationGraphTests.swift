import Autograd
import Tensors
import Testing

@Suite struct ComputationGraphTests {
  /// A two-layer net whose parameters are named as modules name them.
  private func network() -> ComputationGraph {
    ComputationGraph { tape in
      let x = Tensor([1.0, 2], shape: [1, 2], dtype: .float64)
      let weight = tape.watch(Tensor([0.5, -0.5, 1, 1], shape: [2, 2], dtype: .float64), as: "body.hidden.weight")
      let bias = tape.watch(Tensor([0.0, 1], dtype: .float64), as: "body.hidden.bias")
      let out = tape.watch(Tensor([1.0, 1], shape: [2, 1], dtype: .float64), as: "output.weight")
      let hidden = relu(x.matmul(weight) + bias).named("hidden")
      return (hidden.matmul(out) * 2).sum().named("loss")
    }
  }

  @Test("nodes stand in the order of computation, constants before their first use")
  func order() {
    let graph = network()
    #expect(
      graph.nodes.map(\.name) == [
        "body.hidden.weight", "body.hidden.bias", "output.weight", "constant3", "matmul4", "add5", "hidden", "matmul7",
        "multiply8", "loss",
      ])
    #expect(graph.edges.map(\.from) == [3, 0, 4, 1, 5, 6, 2, 7, 8])
    #expect(graph.output == 9)
    #expect(graph.nodes[3].kind == .constant && graph.nodes[3].gradient == nil)
  }

  @Test("values and gradients are kept")
  func numbers() {
    let graph = network()
    #expect(graph.node("hidden").value.scalars == [2.5, 2.5])
    #expect(graph.node("hidden").gradient?.scalars == [2, 2])
    #expect(graph.node("body.hidden.weight").gradient?.scalars == [2, 2, 4, 4])
    #expect(graph.node("loss").gradient?.scalars == [1])
  }

  @Test("operations belong to the module of their parameters")
  func modules() {
    let graph = network()
    #expect(graph.nodes[4].module == ["body", "hidden"])
    #expect(graph.nodes[5].module == ["body", "hidden"])
    #expect(graph.node("hidden").module == [])
    #expect(graph.nodes[7].module == ["output"])
  }

  @Test("an operation without parameters belongs to the innermost module that it lies within")
  func inner() {
    let graph = ComputationGraph { tape in
      let first = tape.watch(Tensor([1.0], dtype: .float64), as: "block.first.scale")
      let second = tape.watch(Tensor([2.0], dtype: .float64), as: "block.second.scale")
      let gate = tape.watch(Tensor([3.0], dtype: .float64), as: "gate")
      return tanh(tanh(Tensor([0.5], dtype: .float64) * first) * second) * gate
    }
    #expect(graph.nodes.filter { $0.operation == "tanh" }.map(\.module) == [["block"], []])
  }

  @Test("the DOT text is quoted, stable and has a frame per module")
  func dot() {
    let graph = ComputationGraph { tape in
      (tape.watch(Tensor([2.0], shape: [], dtype: .float64), as: #"layer.a "quoted" \ name"#) * 3).named("y")
    }
    #expect(
      graph.dot == #"""
        digraph {
          rankdir=TB;
          node [shape=box, style=filled, fontname="Helvetica"];
          subgraph "cluster_layer" {
            label="layer";
            n0 [label="layer.a \"quoted\" \\ name\n2\n∂ 3", fillcolor="lightblue"];
            n1 [label="y = multiply\n6\n∂ 1", fillcolor="darkolivegreen1"];
          }
          n0 -> n1;
        }

        """#)
    #expect(network().dot == network().dot)
  }

  @Test("the text is a table of at most 80 columns")
  func text() {
    let lines = network().description.split(separator: "\n")
    #expect(lines.count == 12)
    #expect(lines.allSatisfy { $0.count <= 80 })
    #expect(lines[0].hasPrefix("value"))
    #expect(lines[8].contains("relu(#5)"))
    let long = ComputationGraph { tape in
      tape.watch(Tensor([1.0], dtype: .float64), as: String(repeating: "very.", count: 20) + "long").named("short") * 2
    }
    #expect(long.description.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("the chain rule of a value that is used twice has two ways, whose products add up")
  func twoWays() {
    let graph = ComputationGraph { tape in
      let x = tape.watch(Tensor([3.0], shape: [], dtype: .float64), as: "x")
      let y = (x * x).named("y")
      return (y + x * 4).named("L")
    }
    let chain = graph.chainRule(to: "x")
    #expect(chain.wayCount == 3)
    let products = chain.ways.map { way in way.reduce(1) { $0 * $1.derivative.scalar } }
    #expect(products == [3, 3, 4])
    #expect(chain.gradient.scalar == 10)
    #expect(chain.description.hasPrefix("∂L/∂x = ∂L/∂y · ∂y/∂x\n  = 1 · 3\n  = 3\n  + ∂L/∂y · ∂y/∂x\n"))
    #expect(chain.description.hasSuffix("\n∂L/∂x = 10"))
    let long = network().chainRule(to: "body.hidden.weight").description
    #expect(long.split(separator: "\n").allSatisfy { $0.count <= 80 })
  }

  @Test("between tensors a factor is the Jacobian of the step")
  func jacobians() {
    let chain = network().chainRule(to: "body.hidden.bias")
    #expect(chain.ways.count == 1)
    #expect(chain.ways[0].map(\.of) == ["loss", "multiply8", "matmul7", "hidden", "add5"])
    #expect(chain.ways[0][2].derivative.shape == [1, 1, 1, 2])
    #expect(chain.ways[0][3].derivative.scalars == [1, 0, 0, 1])
    #expect(chain.ways[0][4].derivative.shape == [1, 2, 2])
    #expect(chain.ways[0][4].gradient.scalars == [2, 2])
  }

  /// A net of single numbers: every layer has `width` cells, each the sum of its weighted inputs, and one output.
  private func cells(depth: Int, width: Int) -> ComputationGraph {
    ComputationGraph { tape in
      func weight() -> Tensor { tape.watch(Tensor([0.5], shape: [], dtype: .float64), as: "w") }
      func cell(_ inputs: [Tensor]) -> Tensor {
        inputs.dropFirst().reduce(weight() * inputs[0]) { $0 + weight() * $1 }
      }
      var layer = [Tensor](repeating: Tensor([1.0], shape: [], dtype: .float64), count: width)
      for _ in 0..<depth { layer = (0..<width).map { _ in cell(layer) } }
      return tanh(cell(layer))
    }
  }

  @Test("with caching the multiplications grow with the weights, without it with the ways", arguments: 1...4, 2...4)
  func multiplications(depth: Int, width: Int) {
    let count = cells(depth: depth, width: width).multiplicationCount
    let hidden = (depth - 1) * width * width + width
    let first = width * width
    // Per weight one factor to the weight, per hidden weight one to the cell before, and width − 1 sums per cell.
    let sums = (depth * width + 1) * (width - 1) * 2
    #expect(count.cached == Double(first + 2 * hidden + sums))
    // From the output to a weight of layer k there are width^(depth − k) ways.
    var ways = 1.0
    var all = Double(width)
    for layer in stride(from: depth, through: 1, by: -1) {
      all += Double(width * width) * ways
      if layer > 1 { ways *= Double(width) }
    }
    #expect(count.ways == all)
    #expect(count.naive >= count.cached)
  }

  @Test("a value of another recording cannot be the result")
  func foreign() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = ComputationGraph { _ in Tensor([1.0], dtype: .float64) }
    }
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains("ComputationGraph: the result was not computed from anything watched"))
  }
}
