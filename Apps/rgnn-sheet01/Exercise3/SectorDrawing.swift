import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

/// The plane coloured by the units that are active, with the logit written into each part.
enum SectorDrawing {
  /// A convex part of the plane in one colour.
  private struct Region: Mark {
    let corners: [PlanePoint]
    let color: Color

    func include(in bounds: inout DataBounds) {
      for corner in corners { bounds.include(x: corner.x, y: corner.y) }
    }

    func draw(on canvas: Canvas, in frame: PlotFrame) {
      canvas.fill(Path(through: corners.map { frame.point($0.x, $0.y) }, closed: true), color)
    }

    var fillsFrame: Bool { true }
  }

  /// One plot per net of one hidden ReLU layer.
  static func figure(_ nets: [(title: String, layers: [Linear], report: BoundaryReport)]) -> Figure {
    var figure = Figure(rows: 1, columns: nets.count, width: 560 * Double(nets.count), height: 580)
    for (column, net) in nets.enumerated() {
      draw(net.title, PlaneNetwork(net.layers, .relu), net.report, on: &figure[0, column])
    }
    return figure
  }

  private static func draw(
    _ title: String, _ network: PlaneNetwork, _ report: BoundaryReport, on axes: inout Axes
  ) {
    let half = 6.8
    axes.title = title
    axes.aspect = .equal
    axes.x = Axis(label: "x₁", limits: -half...half)
    axes.y = Axis(label: "x₂", limits: -half...half)
    axes.legend = .none
    let theme = axes.theme
    let cells = PolygonBoundary(of: network, halfSide: half).cells
    for cell in cells {
      let number = cell.pattern.enumerated().reduce(0) { $0 + ($1.element ? 1 << $1.offset : 0) }
      axes.add(Region(corners: cell.corners, color: theme.background.mixed(with: theme.color(number), 0.28)))
    }
    for curve in [report.polygon].compactMap({ $0 }) {
      let closed = curve.points + curve.points.prefix(1)
      axes.line(closed.map(\.x), closed.map(\.y), color: theme.ink, width: 2)
      axes.scatter(
        curve.points.map(\.x), curve.points.map(\.y), color: theme.color(1), shape: .hexagon, size: 10, edge: theme.ink)
    }
    guard let polygon = report.outline else { return }
    let walk = BoundaryWalk(along: polygon, of: network)
    for (edge, (start, end)) in zip(walk.edges, polygon.edges) {
      // Inside, two thirds of the way to the edge, where a sector is wide enough.
      let place = (x: (start.x + end.x) / 3, y: (start.y + end.y) / 3)
      let units = edge.units.isEmpty ? "none" : edge.units.map(String.init).joined(separator: ", ")
      axes.note("active: \(units)\n\(edge.logit.lines)", x: place.x, y: place.y, background: .clear)
    }
  }
}

extension Affine {
  /// The function as a formula with two decimals.
  var text: String { lines.replacing("\n", with: " ") }

  /// The same with a line for each term, so that it fits into a sector.
  fileprivate var lines: String {
    func term(_ value: Double, _ name: String) -> String {
      "\(value < 0 ? "−" : "+") \(value.magnitude.fixed(2))\(name)"
    }
    let first = "\(a < 0 ? "−" : "")\(a.magnitude.fixed(2)) x₁"
    return "\(first)\n\(term(b, " x₂"))\n\(term(c, ""))"
  }
}
