import Datasets
import Drawing
import Plotting
import Tensors
import Testing
import Visualization

/// ReLU units at equal angles whose sum is `apothem`: the regular polygon with twice as many corners (see the theory of
/// the hexagon: corners on the units' lines, area 2 √3 c² for three).
private func spread(_ units: Int, apothem: Double) -> PlaneNetwork {
  let directions = (0..<units).map { index -> [Double] in
    // Exact thirds for three units; fifths and quarters from a table would not be exact anyway.
    let turn = [(1.0, 0.0), (-0.5, 0.75.squareRoot()), (-0.5, -(0.75.squareRoot()))][index % 3]
    return [turn.0, turn.1]
  }
  return PlaneNetwork([
    .init(weights: directions, biases: Array(repeating: 0, count: units), .relu),
    .init(weights: [Array(repeating: 1, count: units)], biases: [-apothem], .identity),
  ])
}

private let side = 37.6
private let disc = 25 * Double.pi

@Suite("Decision boundaries")
struct BoundaryTests {
  @Test("three spread ReLU units draw the regular hexagon, exactly")
  func hexagon() throws {
    let c = 4.7616
    let network = spread(3, apothem: c)
    let boundary = PolygonBoundary(of: network, halfSide: side)
    let report = BoundaryReport(boundary, referenceArea: disc, lines: network.firstLines)
    #expect(boundary.cells.count == 6)
    #expect(report.corners == 6 && report.rawCorners == 6 && report.openCount == 0 && report.loops.count == 1)
    let polygon = try #require(report.polygon)
    #expect(polygon.isConvex)
    #expect(polygon.interiorAngles.allSatisfy { abs($0 - 120) < 1e-9 })
    #expect(abs(polygon.edgeRatio - 1) < 1e-9)
    #expect(abs(polygon.area / (2 * 3.0.squareRoot() * c * c) - 1) < 1e-12)
    #expect(report.lineDistances.allSatisfy { $0 < 1e-9 })
    for corner in polygon.points { #expect(abs(network(corner)) < 1e-9) }
    #expect(Set(boundary.cells.map(\.pattern)).count == 6)
  }

  @Test("the exact boundary and the sampled one agree on corners and area")
  func agreement() throws {
    var numbers = Numbers(seed: 5)
    var compared = 0
    for _ in 0..<6 {
      // Spread units with some disorder, as training leaves them.
      var layers = spread(3, apothem: 4.8).layers
      for unit in 0..<3 {
        for input in 0..<2 { layers[0].weights[unit][input] += 0.3 * (numbers.uniform() - 0.5) }
        layers[0].biases[unit] += 0.4 * (numbers.uniform() - 0.5)
      }
      let network = PlaneNetwork(layers)
      let exact = BoundaryReport(PolygonBoundary(of: network, halfSide: side), referenceArea: disc)
      let grid = Grid(x: -10...10, y: -10...10, columns: 400, rows: 400) { network(PlanePoint($0, $1)) }
      let sampled = BoundaryReport(grid, referenceArea: disc)
      guard let a = exact.loops.first, let b = sampled.loops.first, exact.openCount == 0 else { continue }
      compared += 1
      #expect(exact.corners == sampled.corners)
      #expect(abs(a.area / b.area - 1) < 0.005)
    }
    #expect(compared >= 4)
  }

  @Test("two units cannot close the boundary")
  func open() {
    let network = PlaneNetwork([
      .init(weights: [[1, 0.2], [-0.3, 1]], biases: [0, 0], .relu), .init(weights: [[1, 1]], biases: [-3], .identity),
    ])
    let report = BoundaryReport(PolygonBoundary(of: network, halfSide: side), referenceArea: disc)
    #expect(report.loops.isEmpty && report.openCount == 1 && report.corners == 0)
  }

  @Test("two absolute values draw a square, leaky units the same as ReLU when the slope is 0")
  func otherUnits() throws {
    let square = PlaneNetwork([
      .init(weights: [[1, 0], [0, 1]], biases: [0, 0], .absolute), .init(weights: [[1, 1]], biases: [-4], .identity),
    ])
    let report = BoundaryReport(PolygonBoundary(of: square, halfSide: side), referenceArea: 32)
    #expect(report.corners == 4)
    #expect(abs((report.polygon?.area ?? 0) - 32) < 1e-9)
    var layers = spread(3, apothem: 4).layers
    layers[0].activation = .leakyRelu(slope: 0)
    let leaky = PolygonBoundary(of: PlaneNetwork(layers), halfSide: side)
    #expect(
      BoundaryReport(leaky, referenceArea: disc).polygon?.area
        == BoundaryReport(
          PolygonBoundary(of: spread(3, apothem: 4), halfSide: side), referenceArea: disc
        ).polygon?.area)
  }

  @Test("every cell of a deep network knows its affine function, dead units included")
  func cells() {
    var numbers = Numbers(seed: 8)
    func layer(_ outputs: Int, _ inputs: Int, _ activation: PlaneNetwork.Activation) -> PlaneNetwork.Layer {
      .init(
        weights: (0..<outputs).map { _ in (0..<inputs).map { _ in numbers.uniform() * 2 - 1 } },
        biases: (0..<outputs).map { _ in numbers.uniform() - 0.5 }, activation)
    }
    var first = layer(4, 2, .relu)
    first.weights[3] = [0, 0]
    first.biases[3] = 0
    let network = PlaneNetwork([first, layer(3, 4, .relu), layer(1, 3, .identity)])
    let boundary = PolygonBoundary(of: network, halfSide: 5)
    var area = 0.0
    for cell in boundary.cells {
      area += PlaneCurve(cell.corners, isClosed: true).area
      let count = Double(cell.corners.count)
      let middle = PlanePoint(
        cell.corners.reduce(0) { $0 + $1.x } / count, cell.corners.reduce(0) { $0 + $1.y } / count)
      #expect(abs(cell.logit(middle) - network(middle)) < 1e-9)
      #expect(cell.pattern.count == 7)
    }
    #expect(abs(area - 100) < 1e-9)
  }

  @Test("a circle has no bends, a hexagon has six of sixty degrees")
  func bends() {
    let circle = Grid(x: -7...7, y: -7...7, columns: 400, rows: 400) { $0 * $0 + $1 * $1 - 25 }
    #expect(PlaneCurve.contours(of: circle)[0].bends().isEmpty)
    let network = spread(3, apothem: 4.7616)
    let hexagon = Grid(x: -7...7, y: -7...7, columns: 400, rows: 400) { network(PlanePoint($0, $1)) }
    let bends = PlaneCurve.contours(of: hexagon)[0].bends()
    #expect(bends.count == 6)
    #expect(bends.allSatisfy { abs($0.degrees - 60) < 3 })
  }

  @Test("short edges become the corner that their neighbours point to, flat joints vanish")
  func corners() {
    // A square with one corner cut off by 1 % of its perimeter and one joint in the middle of an edge.
    let points = [(0.0, 0.0), (5, 0), (10, 0), (10, 9.8), (9.8, 10), (0, 10)].map { PlanePoint($0.0, $0.1) }
    let corners = PlaneCurve(points, isClosed: true).corners
    #expect(corners.points.count == 4)
    #expect(corners.points.contains { abs($0.x - 10) < 1e-9 && abs($0.y - 10) < 1e-9 })
  }

  @Test("a picture around tensors rings the points that the function puts into the wrong class")
  func aroundTensors() throws {
    let points = Tensor([Float(-1), 0, 1, 0, 2, 1, -2, 1], shape: [4, 2])
    let labels = Tensor([Float(0), 1, 0, 0])
    // Probability 0 left of the axis and 1 right of it: the third point is mistaken.
    let step: (Tensor) -> Tensor = { x in
      Tensor(stride(from: 0, to: x.count, by: 2).map { x.scalars[$0] > 0 ? Float(1) : 0 })
    }
    let picture = DecisionBoundary(of: step, around: points, labels: labels, resolution: 20)
    #expect(picture.samples.map(\.isMistaken) == [false, false, true, false])
    guard case .probability(let grid) = picture.answer else {
      Issue.record("one column is a probability")
      return
    }
    #expect(grid[0, 10] == 0 && grid[19, 10] == 1)
    #expect(try picture.image().width == 720)
  }

  @Test("a picture around a data set is the picture around its inputs and targets")
  func aroundDataset() throws {
    var random = RandomSource(seed: 7)
    let data = DiscInSquare(count: 100, normalized: true, using: &random)
    let distance: (Tensor) -> Tensor = { x in sigmoid(x.norm(axis: 1, keepDims: true) * 4 - 3) }
    let picture = DecisionBoundary(of: distance, around: data, names: ["inside", "outside"], resolution: 100)
    let same = DecisionBoundary(
      of: distance, around: data.inputs, labels: data.targets, names: ["inside", "outside"], resolution: 100)
    #expect(picture.samples == same.samples)
    #expect(picture.samples.map(\.label) == data.targets.scalars.map { Int($0) })
    #expect(try picture.image() == same.image())
  }

  @Test("a function is asked for some thousand places in whole rows at a time, and none is left out")
  func inParts() {
    var counts: [Int] = []
    let grid = Grid(
      of: { x in
        counts.append(x.shape[0])
        return x.sum(axis: 1)
      }, x: 0...1, y: 2...3, resolution: 100)
    #expect(counts == [8100, 1900])
    for (column, row) in [(0, 0), (99, 0), (0, 80), (99, 80), (0, 81), (99, 99)] {
      #expect(abs(grid[column, row] - (2 + Double(column + row) / 99)) < 1e-6)
    }
  }

  @Test("targets that are no classes are refused with what to do instead")
  func noClasses() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = DecisionBoundary(of: { $0.sum(axis: 1) }, around: Tensor([[0.5, 1]]), labels: Tensor([0.37]))
    }
    let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(text.contains("the label 0.37") && text.contains(".surface(grid)"))
  }
}
