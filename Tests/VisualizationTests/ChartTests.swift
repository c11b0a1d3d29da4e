import Autograd
import Drawing
import Plotting
import Tensors
import Testing
import Visualization

@Suite("Charts, networks and graphs")
struct ChartTests {
  @Test("a confusion matrix counts, and its accuracy and shares follow")
  func confusion() throws {
    let matrix = ConfusionMatrix(truth: [0, 0, 0, 1, 1, 2], predicted: [0, 0, 1, 1, 1, 0], classes: 3)
    #expect(matrix.counts == [[2, 1, 0], [0, 2, 0], [1, 0, 0]])
    #expect(abs(matrix.accuracy - 4.0 / 6) < 1e-15)
    #expect(matrix.shares[0] == [2.0 / 3, 1.0 / 3, 0])
    let texts = try matrix.figure.layout().texts.map(\.text)
    #expect(texts.contains("Accuracy 66.7 %"))
  }

  @Test("the best epoch is the one with the smallest validation loss, counted from 1")
  func bestEpoch() throws {
    let curves = LossCurves(training: [3, 2, 1, 0.5], validation: [3, 1, 2, .nan])
    let line = curves.figure.axes.marks.compactMap { $0 as? ReferenceLine }.first
    #expect(line?.place == .x(2))
    let two = LossCurves([.init("a", training: [1], validation: [1]), .init("b", training: [1])])
    #expect(two.figure.axes.marks.allSatisfy { !($0 is ReferenceLine) })
  }

  @Test("smoothing keeps a constant, keeps a straight line of logarithms without lag, and keeps gaps")
  func smoothing() throws {
    var curves = LossCurves(training: Array(repeating: 0.25, count: 50))
    curves.smoothing = 0.9
    func smooth() throws -> [Double] {
      try #require(curves.figure.axes.marks.compactMap { $0 as? Line }.last).y
    }
    #expect(try smooth().allSatisfy { abs($0 - 0.25) < 1e-12 })
    curves.runs[0].training = (0..<101).map { Scale.logarithmic.inverse(-0.02 * Double($0)) }
    #expect(abs(try smooth()[50] / curves.runs[0].training[50] - 1) < 0.01)
    curves.runs[0].training[7] = .nan
    #expect(try smooth()[7].isNaN)
  }

  @Test("seeds are drawn as their median and their 80 % range")
  func seeds() throws {
    let chart = LossCurves(seeds: [.init("s", (0...10).map { [Double($0), 1] })])
    let line = try #require(chart.figure.axes.marks.compactMap { $0 as? Line }.first)
    let band = try #require(chart.figure.axes.marks.compactMap { $0 as? Band }.first)
    #expect(line.y == [5, 1])
    #expect(band.low == [1, 1] && band.high == [9, 1])
  }

  @Test("the index of a spectrum is its share of negative numbers")
  func index() { #expect(Spectrum.index([-1, 2, 3, -4, 0]) == 0.4) }

  @Test(
    "boxes of a graph do not overlap, and every arrow leads onwards", arguments: [GraphDrawing.Direction.right, .down])
  func graph(direction: GraphDrawing.Direction) throws {
    let nodes = (0..<14).map { GraphDrawing.Node("node \($0)", value: "[64, \($0)]") }
    let edges = [
      (0, 3), (1, 3), (2, 4), (3, 4), (3, 5), (4, 6), (5, 6), (5, 7), (6, 8), (7, 8), (3, 8), (8, 9), (8, 10), (9, 11),
      (10, 11), (4, 11), (11, 12), (12, 13), (0, 12),
    ].map { (from: $0.0, to: $0.1) }
    let drawing = try GraphDrawing(nodes, edges: edges, direction: direction)
    let page = Rectangle(x: 0, y: 0, width: drawing.size.width, height: drawing.size.height)
    for (index, a) in drawing.boxes.enumerated() {
      #expect(page.contains(a))
      for b in drawing.boxes[..<index] { #expect(!a.overlaps(b)) }
    }
    for edge in edges {
      let (a, b) = (drawing.boxes[edge.from], drawing.boxes[edge.to])
      #expect(direction == .right ? a.right < b.x : a.bottom < b.y)
    }
  }

  @Test("a chain is drawn straight")
  func chain() throws {
    let drawing = try GraphDrawing(
      (0..<6).map { .init("\($0)") }, edges: (0..<5).map { (from: $0, to: $0 + 1) })
    #expect(drawing.boxes.allSatisfy { abs($0.center.y - drawing.boxes[0].center.y) < 1e-9 })
  }

  @Test("a tree is drawn without crossings, whatever the order of its edges")
  func tree() throws {
    // 0 leads to 1 and 2, 1 to 3 and 4, 2 to 5 and 6, listed so that a naive order crosses.
    let edges = [(0, 2), (0, 1), (1, 4), (2, 5), (1, 3), (2, 6)].map { (from: $0.0, to: $0.1) }
    let drawing = try GraphDrawing((0..<7).map { .init("\($0)") }, edges: edges)
    for (index, a) in edges.enumerated() {
      for b in edges[..<index] where drawing.boxes[a.from].x == drawing.boxes[b.from].x && a.from != b.from {
        let above = drawing.boxes[a.from].center.y < drawing.boxes[b.from].center.y
        #expect((drawing.boxes[a.to].center.y < drawing.boxes[b.to].center.y) == above)
      }
    }
  }

  @Test("a computation graph shows its forward values and its gradients")
  func computation() throws {
    let graph = ComputationGraph { tape in
      let a = tape.watch(Tensor([2.0], shape: [], dtype: .float64), as: "a")
      let b = tape.watch(Tensor([1.0], shape: [], dtype: .float64), as: "b")
      return ((a + b) * a).named("y")
    }
    let drawing = try GraphDrawing(of: graph)
    let a = try #require(drawing.nodes.first { $0.title == "a" })
    #expect(a.value == "2" && a.gradient == "∂ 5" && a.kind == .input)
    let y = try #require(drawing.nodes.first { $0.title == "y" })
    #expect(y.value == "6" && y.gradient == "∂ 1" && y.kind == .result)
  }

  @Test("the values of a module become one box when there are too many, and its arrows lead to the box")
  func collapsing() throws {
    let graph = ComputationGraph { tape in
      let x = tape.watch(Tensor([1.0, 2], shape: [1, 2], dtype: .float64), as: "x")
      let weight = tape.watch(Tensor([1.0, 0, 0, 1], shape: [2, 2], dtype: .float64), as: "hidden.weight")
      let bias = tape.watch(Tensor([1.0, 1], shape: [2], dtype: .float64), as: "hidden.bias")
      return (x.matmul(weight) + bias).sum().named("L")
    }
    let all = try GraphDrawing(of: graph)
    #expect(all.nodes.count == graph.nodes.count && all.nodes.allSatisfy { $0.kind != .group })
    let few = try GraphDrawing(of: graph, collapsingAbove: 3)
    let groups = few.nodes.filter { $0.kind == .group }
    #expect(groups.map(\.title) == ["hidden"])
    #expect(few.nodes.count == 3 && few.edges.count == 2)
  }

  @Test("the parts of a network drawing lie on its page, also with layers too large to show")
  func network() throws {
    var drawing = NetworkDrawing([[[1, -2], [0.5, 3]], [[1, 1]]])
    drawing.biases = [[0.1, 0.2], [0.3]]
    drawing.values = [[1, 1], [0, 2], [3]]
    let image = try drawing.image()
    let edges = (0..<image.width).flatMap { [image[$0, 0], image[$0, image.height - 1]] }
    #expect(edges.allSatisfy { $0 == 0xffff_ffff })
    let large = NetworkDrawing([Array(repeating: [1, 1], count: 500), [Array(repeating: -1, count: 500)]])
    #expect(!large.showsWeights)
    #expect(try large.image().height < 1000)
  }
}
