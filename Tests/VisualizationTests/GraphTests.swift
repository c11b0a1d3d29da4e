import Autograd
import Drawing
import Plotting
import Tensors
import Testing
import Visualization

/// Layers in a row, each one module with weight and bias.
private func network(_ names: [String]) -> ComputationGraph {
  ComputationGraph { tape in
    var x = Tensor([[0.5, -0.25]])
    for name in names {
      let weight = tape.watch(Tensor([[0.1, 0.2], [0.3, 0.4]]), as: "\(name).weight")
      let bias = tape.watch(Tensor([0.5, -0.5]), as: "\(name).bias")
      x = tanh(x.matmul(weight) + bias)
    }
    return x.sum().named("loss")
  }
}

@Suite("Drawings of computation graphs")
struct GraphTests {
  @Test(
    "a frame holds the boxes of its module and nothing else",
    arguments: [GraphDrawing.Direction.right, .down],
    [["hidden", "output"], ["encoder.first", "encoder.second", "out"]])
  func frames(_ direction: GraphDrawing.Direction, _ names: [String]) throws {
    let drawing = try GraphDrawing(of: network(names), direction: direction)
    let modules = Set(drawing.nodes.flatMap { node in node.modules.indices.map { Array(node.modules[...$0]) } })
    #expect(drawing.frames.count == modules.count)
    let picture = Rectangle(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    for frame in drawing.frames {
      #expect(picture.contains(frame.box))
      // The module is the one whose boxes lie inside.
      let inside = zip(drawing.nodes, drawing.boxes).filter { frame.box.contains($0.1) }.map(\.0)
      let outside = zip(drawing.nodes, drawing.boxes).filter { !frame.box.contains($0.1) }
      let module = try #require(
        modules.first { path in
          path.last == frame.name && inside.allSatisfy { $0.modules.starts(with: path) }
        })
      #expect(inside.count == drawing.nodes.count { $0.modules.starts(with: module) })
      for (_, box) in outside { #expect(!frame.box.overlaps(box)) }
    }
    for (index, box) in drawing.boxes.enumerated() {
      #expect(drawing.boxes[..<index].allSatisfy { !$0.overlaps(box) })
    }
  }

  @Test("arrows lead onwards from box to box", arguments: [GraphDrawing.Direction.right, .down])
  func onwards(_ direction: GraphDrawing.Direction) throws {
    let drawing = try GraphDrawing(of: network(["a", "b", "c"]), direction: direction)
    for edge in drawing.edges {
      let (from, to) = (drawing.boxes[edge.from], drawing.boxes[edge.to])
      #expect(direction == .right ? from.right < to.x : from.bottom < to.y)
    }
  }

  @Test("a module that is used again after something else has no frame, and its boxes stay apart")
  func usedTwice() throws {
    let nodes: [GraphDrawing.Node] = [
      .init("x"), .init("first", modules: ["m"]), .init("between"), .init("second", modules: ["m"]),
      .init("other", modules: ["n"]),
    ]
    let drawing = try GraphDrawing(nodes, edges: [(0, 1), (1, 2), (2, 3), (3, 4)])
    #expect(drawing.frames.map(\.name) == ["n"])
    #expect(drawing.boxes[1].right < drawing.boxes[2].x && drawing.boxes[2].right < drawing.boxes[3].x)
  }

  @Test("above the limit each module becomes one box, after the boxes that lead into it")
  func collapsing() throws {
    let graph = network((0..<20).map { "block\($0)" })
    #expect(graph.nodes.count > 60)
    let drawing = try GraphDrawing(of: graph)
    #expect(drawing.nodes.count { $0.kind == .group } == 20)
    #expect(drawing.frames.isEmpty)
    let data = try #require(drawing.nodes.firstIndex { $0.kind == .constant })
    let block = try #require(drawing.nodes.firstIndex { $0.title == "block0" })
    #expect(drawing.edges.contains { $0 == (data, block) })
    #expect(drawing.boxes[data].bottom < drawing.boxes[block].y)
    let whole = try GraphDrawing(of: graph, collapsingAbove: 1000)
    #expect(whole.nodes.count == graph.nodes.count && whole.frames.count == 20)
  }

  @Test("a collapsed module that is used twice stays open")
  func collapsedTwice() throws {
    let graph = ComputationGraph { tape in
      let weight = tape.watch(Tensor([[0.1, 0.2], [0.3, 0.4]]), as: "m.weight")
      let other = tape.watch(Tensor([[1.0, 0.2], [0.3, 1.0]]), as: "n.weight")
      return Tensor([[0.5, -0.25]]).matmul(weight).matmul(other).matmul(weight).sum()
    }
    let drawing = try GraphDrawing(of: graph, collapsingAbove: 1)
    #expect(drawing.nodes.contains { $0.title == "weight" })
    for edge in drawing.edges { #expect(drawing.boxes[edge.from].right < drawing.boxes[edge.to].x) }
  }

  @Test("values are written in the ink of the text, gradients in red", arguments: [true, false])
  func colours(_ isLight: Bool) throws {
    let theme: Theme = isLight ? .light : .dark
    let drawing = try GraphDrawing([.init("", value: "88", gradient: "88")], edges: [], theme: theme)
    let image = try drawing.image(scale: 4)
    let box = drawing.boxes[0]
    func strongest(_ rows: ClosedRange<Double>) -> Color {
      var best = theme.background
      for y in Int(4 * rows.lowerBound)..<Int(4 * rows.upperBound) {
        for x in Int(4 * box.x + 24)..<Int(4 * box.right - 24) {
          let color = image.color(x, y)
          if color.contrast(to: theme.background) > best.contrast(to: theme.background) { best = color }
        }
      }
      return best
    }
    let value = strongest(box.y + 6...box.center.y)
    let gradient = strongest(box.center.y + 1...box.bottom - 6)
    #expect(value.contrast(to: theme.background) > 12)
    #expect(abs(value.red - value.blue) < 0.1)
    #expect(gradient.red > gradient.green + 0.3 && gradient.red > gradient.blue + 0.3)
    #expect(gradient.contrast(to: theme.background) >= 4.5)
  }
}
