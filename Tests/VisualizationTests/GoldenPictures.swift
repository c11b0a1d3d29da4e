import Drawing
import Plotting
import Visualization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A small picture that is kept as a file.
struct GoldenPicture: Sendable, CustomStringConvertible {
  var name: String
  var make: @Sendable () throws -> any Picture

  var description: String { name }

  /// One row per kind of plot; a new row needs its file, see `GoldenTests`.
  static let all = [
    GoldenPicture(name: "lines") {
      Figure(width: 300, height: 220) { axes in
        axes.title = "Damped waves"
        axes.x.label = "time t"
        axes.function(over: 0...10, label: "slow") { exp(-0.1 * $0) * cos(2 * $0) }
        axes.function(over: 0...10, label: "fast", dash: [5, 3]) { exp(-0.5 * $0) * cos(2 * $0) }
      }
    },
    GoldenPicture(name: "points-dark") {
      Figure(width: 300, height: 220, theme: .dark) { axes in
        axes.x = Axis(label: "rate", scale: .logarithmic)
        axes.y.label = "error ε"
        let x = (0..<12).map { pow(10, Double($0) / 4) }
        axes.scatter(x, x.map { 1 / $0 }, label: "a", shape: .triangle)
        axes.scatter(x, x.map { 1 / ($0 + 1) }, label: "b", shape: .ring, size: 10)
        axes.verticalLine(at: 30, text: "best")
      }
    },
    GoldenPicture(name: "bars") {
      Figure(width: 300, height: 220) { axes in
        axes.x = .categories(["SGD", "Adam"])
        axes.bars([0.81, 0.95], label: "training", set: 0, of: 2, showsValues: true)
        axes.bars([0.80, 0.93], label: "test", set: 1, of: 2, showsValues: true)
      }
    },
    GoldenPicture(name: "filled-contours") {
      Figure(width: 300, height: 220) { axes in
        let grid = Grid(x: -2...2, y: -2...2, columns: 40, rows: 40) { $0 * $0 - $1 * $1 }
        axes.filledContours(grid, label: "x² − y²")
        axes.contours(grid, levels: [0], color: .black)
      }
    },
    GoldenPicture(name: "confusion") {
      var figure = ConfusionMatrix([[50, 3], [7, 40]], names: ["cat", "dog"]).figure
      figure.size = Size(260, 220)
      return figure
    },
    GoldenPicture(name: "boundary") {
      let x = (0..<24).map { cos(Double($0)) * (1 + 0.05 * Double($0)) }
      let y = (0..<24).map { sin(Double($0)) * (1 + 0.05 * Double($0)) }
      let labels = zip(x, y).map { $0 * $0 + $1 * $1 > 2.2 ? 1 : 0 }
      let picture = DecisionBoundary(x: x, y: y, labels: labels, names: ["in", "out"], resolution: 60) { x, y in
        zip(x, y).map { 1 / (1 + exp(3 * (2.2 - $0 * $0 - $1 * $1))) }
      }
      var figure = picture.figure
      figure.size = Size(320, 280)
      return figure
    },
    GoldenPicture(name: "graph") {
      let nodes: [GraphDrawing.Node] = [
        .init("x", value: "2", gradient: "∂ 3", kind: .constant),
        .init("weight", value: "1.5", gradient: "∂ 6", kind: .input, modules: ["hidden"]),
        .init("multiply", value: "3", gradient: "∂ 3", modules: ["hidden"]),
        .init("L", value: "9", gradient: "∂ 1", kind: .result),
      ]
      return try GraphDrawing(nodes, edges: [(0, 2), (1, 2), (2, 3)], title: "L")
    },
  ]
}
