#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting
import Visualization

/// Boundaries and networks.
let networkExhibits: [Exhibit] = [
  Exhibit("hexagon") { theme in
    let half = 0.5
    let root = 0.75.squareRoot()
    let network = PlaneNetwork([
      .init(weights: [[1, 0], [-half, root], [-half, -root]], biases: [0, 0, 0], .relu),
      .init(weights: [[1, 1, 1]], biases: [-4.7616], .identity),
    ])
    let boundary = PolygonBoundary(of: network, halfSide: 37.6)
    let report = BoundaryReport(boundary, referenceArea: 25 * .pi, lines: network.firstLines)
    var numbers = Numbers(seed: 1)
    let points = (0..<512).map { _ in PlanePoint(numbers.uniform() * 12.53 - 6.266, numbers.uniform() * 12.53 - 6.266) }
    let isOutside = points.map { $0.x * $0.x + $0.y * $0.y > 25 }
    var picture = DecisionBoundary(
      x: points.map(\.x), y: points.map(\.y), labels: isOutside.map { $0 ? 1 : 0 }, names: ["inside", "outside"],
      theme: theme
    ) { x, y in zip(x, y).map { sigmoid(2 * network(PlanePoint($0, $1))) } }
    picture.title = "Three ReLU units draw a hexagon"
    picture.corners = report.polygon?.points ?? []
    picture.lines = network.firstLines
    picture.circle = 5
    let window: ClosedRange<Double> = -7.7...7.7
    picture.units = network.firstLines.enumerated().map { index, line in
      ("unit \(index + 1)", Grid(x: window, y: window, columns: 80, rows: 80) { max(0, line(PlanePoint($0, $1))) })
    }
    return picture
  },
  Exhibit("classes") { theme in
    var numbers = Numbers(seed: 14)
    let centers = [(0.0, 2.0), (-2.0, -1.2), (2.0, -1.2), (0.2, -3.5)]
    var (x, y, labels): ([Double], [Double], [Int]) = ([], [], [])
    for (label, center) in centers.enumerated() {
      for _ in 0..<60 {
        x.append(center.0 + 0.9 * numbers.normal())
        y.append(center.1 + 0.9 * numbers.normal())
        labels.append(label)
      }
    }
    var picture = DecisionBoundary(x: x, y: y, labels: labels, classes: 4, theme: theme) { x, y in
      let scores = centers.map { center in
        zip(x, y).map { exp(-(pow($0 - center.0, 2) + pow($1 - center.1, 2)) / 1.6) }
      }
      return scores.indices.map { label in
        x.indices.map { point in scores[label][point] / scores.reduce(1e-300) { $0 + $1[point] } }
      }
    }
    picture.title = "Four classes: the argmax, pale where uncertain"
    return picture
  },
  Exhibit("surface") { theme in
    var numbers = Numbers(seed: 15)
    let grid = Grid(x: 0...1, y: 0...1) { $0 + $1 }
    var picture = DecisionBoundary(
      .surface(grid),
      samples: (0..<60).map { _ in
        let (a, b) = (numbers.uniform(), numbers.uniform())
        return .init(PlanePoint(a, b), target: a + b + 0.03 * numbers.normal())
      }, theme: theme)
    picture.title = "The addition net and its data"
    picture.labels = ("a", "b")
    return picture
  },
  Exhibit("network") { theme in
    var drawing = NetworkDrawing([[[-0.7, 0.2], [0.9, 0.5]], [[-0.2, 0.6]]], theme: theme)
    drawing.biases = [[-0.4, 0.1], [0.8]]
    drawing.values = [[1, 1], [0, 1.5], [1.7]]
    drawing.names = [["x₁", "x₂"], ["Z₁", "Z₂"], ["A"]]
    drawing.titles = ["input", "hidden, ReLU", "output"]
    drawing.title = "The addition net of CI4"
    return drawing
  },
  Exhibit("network-large") { theme in
    var numbers = Numbers(seed: 16)
    func layer(_ outputs: Int, _ inputs: Int) -> [[Double]] {
      (0..<outputs).map { _ in (0..<inputs).map { _ in numbers.normal() } }
    }
    var drawing = NetworkDrawing([layer(8, 2), layer(32, 8), layer(1, 32)], theme: theme)
    drawing.titles = ["input", "8 units", "32 units", "logit"]
    return drawing
  },
]
