#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// An outline made of straight lines and curves, to be stroked, filled or used as a clip.
public struct Path: Sendable, Hashable {
  /// One step of an outline.
  public enum Element: Sendable, Hashable {
    /// Begins a new part at a point.
    case move(Point)
    /// A straight line to a point.
    case line(Point)
    /// A cubic Bézier curve: two control points and the end.
    case curve(Point, Point, Point)
    /// A straight line back to where the part began.
    case close
  }

  /// The steps in drawing order.
  public private(set) var elements: [Element] = []

  /// An empty path.
  public init() {}

  /// A line through all points, closed if asked.
  public init(through points: some Sequence<Point>, closed: Bool = false) {
    for point in points { elements.append(elements.isEmpty ? .move(point) : .line(point)) }
    if closed && !elements.isEmpty { elements.append(.close) }
  }

  /// A rectangle, with rounded corners if `radius` is positive.
  public init(_ rectangle: Rectangle, radius: Double = 0) {
    let r = min(radius, min(rectangle.width, rectangle.height) / 2)
    let (left, top, right, bottom) = (rectangle.x, rectangle.y, rectangle.right, rectangle.bottom)
    guard r > 0 else {
      self.init(
        through: [Point(left, top), Point(right, top), Point(right, bottom), Point(left, bottom)], closed: true)
      return
    }
    self.init()
    let c = r * (1 - arcConstant)
    move(to: Point(left + r, top))
    line(to: Point(right - r, top))
    curve(Point(right - c, top), Point(right, top + c), to: Point(right, top + r))
    line(to: Point(right, bottom - r))
    curve(Point(right, bottom - c), Point(right - c, bottom), to: Point(right - r, bottom))
    line(to: Point(left + r, bottom))
    curve(Point(left + c, bottom), Point(left, bottom - c), to: Point(left, bottom - r))
    line(to: Point(left, top + r))
    curve(Point(left, top + c), Point(left + c, top), to: Point(left + r, top))
    close()
  }

  /// A circle.
  public init(circle center: Point, radius r: Double) {
    let k = r * arcConstant
    let (x, y) = (center.x, center.y)
    move(to: Point(x + r, y))
    curve(Point(x + r, y + k), Point(x + k, y + r), to: Point(x, y + r))
    curve(Point(x - k, y + r), Point(x - r, y + k), to: Point(x - r, y))
    curve(Point(x - r, y - k), Point(x - k, y - r), to: Point(x, y - r))
    curve(Point(x + k, y - r), Point(x + r, y - k), to: Point(x + r, y))
    close()
  }

  /// A regular polygon with one corner at `angle` (radians, 0 points right, growing clockwise on the picture).
  public init(polygon center: Point, radius: Double, corners: Int, angle: Double = -.pi / 2) {
    let points = (0..<corners).map { index -> Point in
      let turn = angle + 2 * .pi * Double(index) / Double(corners)
      return Point(center.x + radius * cos(turn), center.y + radius * sin(turn))
    }
    self.init(through: points, closed: true)
  }

  /// Whether there is nothing to draw.
  public var isEmpty: Bool { elements.isEmpty }

  /// Begins a new part at a point.
  public mutating func move(to point: Point) { elements.append(.move(point)) }

  /// Adds a straight line.
  public mutating func line(to point: Point) { elements.append(.line(point)) }

  /// Adds a cubic Bézier curve.
  public mutating func curve(_ first: Point, _ second: Point, to end: Point) {
    elements.append(.curve(first, second, end))
  }

  /// Closes the current part.
  public mutating func close() { elements.append(.close) }

  /// Adds all parts of another path.
  public mutating func append(_ other: Path) { elements += other.elements }

  /// Makes room for `count` further elements at once.
  public mutating func reserve(_ count: Int) { elements.reserveCapacity(elements.count + count) }
}

/// The distance of a quarter circle's control points in radii.
private let arcConstant = 0.5522847498307936
