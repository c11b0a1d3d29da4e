public import Drawing
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A straight line with a filled head, on the picture.
public struct ArrowShape: Hashable, Sendable {
  /// The colour of line and head.
  public var color: Color
  /// The width of the line.
  public var width: Double

  /// An arrow's look.
  public init(color: Color, width: Double = 1.2) {
    self.color = color
    self.width = width
  }

  /// Draws the arrow between two places of the picture.
  public func draw(from start: Point, to end: Point, on canvas: Canvas) {
    let length = start.distance(to: end)
    guard length > 0.5 else { return }
    let head = min(5 + 2.5 * width, length)
    let (dx, dy) = ((end.x - start.x) / length, (end.y - start.y) / length)
    let neck = end.moved(-dx * head, -dy * head)
    let half = head * 0.38
    canvas.stroke(Path(through: [start, neck.moved(dx * head * 0.3, dy * head * 0.3)]), Stroke(color, width: width))
    let corners = [
      end, neck.moved(-dy * half, dx * half), neck.moved(dx * head * 0.2, dy * head * 0.2),
      neck.moved(dy * half, -dx * half),
    ]
    canvas.fill(Path(through: corners, closed: true), color)
  }
}

/// Arrows between pairs of places in the plot.
public struct Arrows: Mark {
  /// Where each arrow begins.
  public var from: [(x: Double, y: Double)]
  /// Where each arrow ends.
  public var to: [(x: Double, y: Double)]
  /// The look of all arrows.
  public var shape: ArrowShape
  /// The text in the legend; nil for none.
  public var label: String?

  /// Arrows from as many beginnings as ends.
  public init(
    from: [(x: Double, y: Double)], to: [(x: Double, y: Double)], _ shape: ArrowShape, label: String? = nil
  ) {
    guard from.count == to.count else {
      fatalError("Arrows: \(from.count) beginnings and \(to.count) ends: give one end for each beginning")
    }
    self.from = from
    self.to = to
    self.shape = shape
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for place in from + to { bounds.include(x: place.x, y: place.y) }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    for (start, end) in zip(from, to) {
      let a = frame.point(start.x, start.y)
      let b = frame.point(end.x, end.y)
      guard a.x.isFinite && a.y.isFinite && b.x.isFinite && b.y.isFinite else { continue }
      shape.draw(from: a, to: b, on: canvas)
    }
  }

  public var legendEntry: LegendEntry? {
    label.map { LegendEntry($0, .line(Stroke(shape.color, width: shape.width), nil)) }
  }

  public func obstacles(in frame: PlotFrame) -> [Point] {
    zip(from, to).flatMap { Polyline.samples([frame.point($0.x, $0.y), frame.point($1.x, $1.y)]) }
  }
}

extension Axes {
  /// Adds one arrow.
  public mutating func arrow(
    from: (x: Double, y: Double), to: (x: Double, y: Double), color: Color? = nil, width: Double = 1.4,
    label: String? = nil
  ) {
    add(Arrows(from: [from], to: [to], ArrowShape(color: color ?? theme.ink, width: width), label: label))
  }
}
