public import Drawing

/// Text at a place in the plot.
public struct Note: Mark {
  /// The text; "\n" begins a new line.
  public var text: String
  /// Its place along the x axis.
  public var x: Double
  /// Its place along the y axis.
  public var y: Double
  /// Which part of the text lies there.
  public var anchor: Anchor
  /// How far it is moved from there on the picture.
  public var offset: Point
  /// Its look.
  public var style: TextStyle
  /// The colour of a box behind it; nil for none.
  public var background: Color?
  /// Another place in the plot to which an arrow leads; nil for none.
  public var target: Point?

  /// A note at a place.
  public init(_ text: String, x: Double, y: Double, _ style: TextStyle, _ anchor: Anchor = .center) {
    self.text = text
    self.x = x
    self.y = y
    self.style = style
    self.anchor = anchor
    offset = Point(0, 0)
  }

  public func include(in bounds: inout DataBounds) {
    bounds.include(x: x, y: y)
    if let target { bounds.include(x: target.x, y: target.y) }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let place = self.place(frame)
    let box = canvas.fonts.box(of: text, at: place, style, anchor, rotation: 0)
    if let target {
      let end = frame.point(target.x, target.y)
      let arrow = ArrowShape(color: style.color, width: 1)
      arrow.draw(from: box.inset(by: -3).exit(towards: end), to: end, on: canvas)
    }
    if let background { canvas.fill(Path(box.inset(by: -3), radius: 3), background) }
    canvas.text(text, at: place, style, anchor)
  }

  public func obstacles(in frame: PlotFrame) -> [Point] {
    let width = Double(text.count) * style.size * 0.55
    return stride(from: 0.0, through: width, by: 8).map { step in
      let start =
        switch anchor.horizontal {
        case .left: 0.0
        case .center: -width / 2
        case .right: -width
        }
      return place(frame).moved(start + step, 0)
    }
  }

  private func place(_ frame: PlotFrame) -> Point { frame.point(x, y).moved(offset.x, offset.y) }
}

extension Rectangle {
  /// Where the way from the middle to a point leaves the rectangle.
  func exit(towards point: Point) -> Point {
    let dx = point.x - center.x
    let dy = point.y - center.y
    let across = abs(dx) > 0 ? width / 2 / abs(dx) : .infinity
    let down = abs(dy) > 0 ? height / 2 / abs(dy) : .infinity
    let share = min(across, down, 1)
    return center.moved(dx * share, dy * share)
  }
}

extension Axes {
  /// Writes text at a place, with an arrow to another place if `pointingAt` is given. Unless told otherwise, a pale box
  /// keeps it apart from lines below.
  public mutating func note(
    _ text: String, x: Double, y: Double, anchor: Anchor = .center, offset: Point = Point(0, 0),
    pointingAt target: (x: Double, y: Double)? = nil, color: Color? = nil, size: Double? = nil,
    background: Color? = nil
  ) {
    var note = Note(text, x: x, y: y, TextStyle(size: size ?? theme.smallText, color: color ?? theme.ink), anchor)
    note.offset = offset
    note.background = background ?? theme.background.opacity(0.75)
    note.target = target.map { Point($0.x, $0.y) }
    add(note)
  }
}
