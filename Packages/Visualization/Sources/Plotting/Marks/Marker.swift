public import Drawing

/// How a data point looks.
public struct MarkerStyle: Hashable, Sendable {
  /// The form of a marker.
  public enum Shape: Hashable, Sendable, CaseIterable {
    /// A disc.
    case circle
    /// An upright square.
    case square
    /// A square on its corner.
    case diamond
    /// A triangle pointing up.
    case triangle
    /// A triangle pointing down.
    case triangleDown
    /// A hexagon.
    case hexagon
    /// An upright cross.
    case plus
    /// A slanting cross.
    case cross
    /// A star with five points.
    case star
    /// A circle without filling.
    case ring
  }

  /// The form.
  public var shape: Shape
  /// The diameter.
  public var size: Double
  /// The colour inside, or of the lines of crosses and rings.
  public var color: Color
  /// The line around the marker; nil for none.
  public var outline: Stroke?

  /// A marker, by default a disc without outline.
  public init(_ shape: Shape = .circle, size: Double = 6, color: Color, outline: Stroke? = nil) {
    self.shape = shape
    self.size = size
    self.color = color
    self.outline = outline
  }

  /// Draws the marker at a point.
  public func draw(at point: Point, on canvas: Canvas) {
    switch shape {
    case .plus, .cross, .ring:
      let path = path(at: point)
      let width = max(1.2, size / 5)
      if let outline { canvas.stroke(path, Stroke(outline.color, width: width + 2 * outline.width, cap: .square)) }
      canvas.stroke(path, Stroke(color, width: width, cap: .butt))
    case .circle:
      canvas.disc(at: point, radius: size / 2, color, outline: outline)
    default:
      let path = path(at: point)
      if let outline { canvas.draw(path, fill: color, outline) } else { canvas.fill(path, color) }
    }
  }

  private func path(at p: Point) -> Path {
    let r = size / 2
    switch shape {
    case .circle: return Path(circle: p, radius: r)
    case .ring: return Path(circle: p, radius: r - max(1.2, size / 5) / 2)
    case .square: return Path(Rectangle(x: p.x - 0.89 * r, y: p.y - 0.89 * r, width: 1.78 * r, height: 1.78 * r))
    case .diamond: return Path(polygon: p, radius: 1.2 * r, corners: 4)
    case .triangle: return Path(polygon: p.moved(0, 0.2 * r), radius: 1.25 * r, corners: 3)
    case .triangleDown: return Path(polygon: p.moved(0, -0.2 * r), radius: 1.25 * r, corners: 3, angle: .pi / 2)
    case .hexagon: return Path(polygon: p, radius: 1.1 * r, corners: 6)
    case .plus:
      var path = Path(through: [p.moved(-r, 0), p.moved(r, 0)])
      path.append(Path(through: [p.moved(0, -r), p.moved(0, r)]))
      return path
    case .cross:
      let d = 0.8 * r
      var path = Path(through: [p.moved(-d, -d), p.moved(d, d)])
      path.append(Path(through: [p.moved(-d, d), p.moved(d, -d)]))
      return path
    case .star:
      let outer = (0..<5).map { Path(polygon: p, radius: 1.25 * r, corners: 5, angle: -.pi / 2).corner($0) }
      let inner = (0..<5).map { Path(polygon: p, radius: 0.5 * r, corners: 5, angle: -.pi / 2 + .pi / 5).corner($0) }
      return Path(through: zip(outer, inner).flatMap { [$0, $1] }, closed: true)
    }
  }
}

extension Path {
  /// Corner number `index` of a path of straight lines.
  fileprivate func corner(_ index: Int) -> Point {
    switch elements[index] {
    case .move(let point), .line(let point): point
    case .curve, .close: Point(0, 0)
    }
  }
}
