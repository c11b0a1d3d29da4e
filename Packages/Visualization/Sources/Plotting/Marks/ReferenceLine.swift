public import Drawing

/// A line across the whole plot at one number of an axis, or along a straight line a + b x.
public struct ReferenceLine: Mark {
  /// Where the line runs.
  public enum Place: Hashable, Sendable {
    /// Upright at a number of the x axis.
    case x(Double)
    /// Level at a number of the y axis.
    case y(Double)
    /// Along y = intercept + slope · x (on linear axes).
    case line(intercept: Double, slope: Double)
  }

  /// Where the line runs.
  public var place: Place
  /// The look of the line.
  public var stroke: Stroke
  /// Text written at its end; empty for none.
  public var text: String
  /// The text in the legend; nil for none.
  public var label: String?

  /// A reference line.
  public init(_ place: Place, _ stroke: Stroke, text: String = "", label: String? = nil) {
    self.place = place
    self.stroke = stroke
    self.text = text
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    switch place {
    case .x(let value): bounds.include(x: value)
    case .y(let value): bounds.include(y: value)
    case .line: break
    }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let style = TextStyle(size: frame.theme.smallText, color: stroke.color.readable(on: frame.theme.background))
    let (start, end) = ends(frame)
    guard start.x.isFinite && start.y.isFinite && end.x.isFinite && end.y.isFinite else { return }
    switch place {
    case .x:
      let x = canvas.snapped(start.x, width: stroke.width)
      canvas.stroke(Path(through: [Point(x, start.y), Point(x, end.y)]), stroke)
      let width = canvas.fonts.size(of: text, style).width
      let fits = x + 5 + width <= frame.area.right
      let place = Point(fits ? x + 5 : x - 5, frame.area.y + 5)
      write(at: place, Anchor(fits ? .left : .right, .top), style, canvas, frame)
    case .y:
      let y = canvas.snapped(start.y, width: stroke.width)
      canvas.stroke(Path(through: [Point(start.x, y), Point(end.x, y)]), stroke)
      let above = y - 4 - style.size >= frame.area.y
      let place = Point(frame.area.right - 5, above ? y - 3 : y + 3)
      write(at: place, Anchor(.right, above ? .bottom : .top), style, canvas, frame)
    case .line:
      canvas.stroke(Path(through: [start, end]), stroke)
    }
  }

  /// Writes the text on a pale box, so that grid lines do not run through it.
  private func write(
    at place: Point, _ anchor: Anchor, _ style: TextStyle, _ canvas: Canvas, _ frame: PlotFrame
  ) {
    guard !text.isEmpty else { return }
    let box = canvas.fonts.box(of: text, at: place, style, anchor, rotation: 0)
    canvas.fill(Path(box.inset(by: -2), radius: 2), frame.theme.background.opacity(0.8))
    canvas.text(text, at: place, style, anchor)
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .line(stroke, nil)) } }

  public func obstacles(in frame: PlotFrame) -> [Point] {
    // Only the written end is kept free: a legend may cover a piece of a straight line without loss.
    guard !text.isEmpty else { return [] }
    let (start, end) = ends(frame)
    let width = Double(text.count) * frame.theme.smallText * 0.62 + 12
    switch place {
    case .x: return Polyline.samples([Point(start.x, frame.area.y + 8), Point(start.x + width, frame.area.y + 8)])
    case .y: return Polyline.samples([Point(end.x - width, end.y - 8), Point(end.x, end.y - 8)])
    case .line: return []
    }
  }

  private func ends(_ frame: PlotFrame) -> (Point, Point) {
    let area = frame.area
    switch place {
    case .x(let value): return (Point(frame.x(value), area.bottom), Point(frame.x(value), area.y))
    case .y(let value): return (Point(area.x, frame.y(value)), Point(area.right, frame.y(value)))
    case .line(let intercept, let slope):
      let (a, b) = (frame.xLimits.lowerBound, frame.xLimits.upperBound)
      return (frame.point(a, intercept + slope * a), frame.point(b, intercept + slope * b))
    }
  }
}

extension Color {
  /// The colour, moved towards black or white until text in it can be read on a background (contrast 4.5).
  public func readable(on background: Color) -> Color {
    let target: Color = background.luminance > 0.18 ? .black : .white
    for step in 0...20 {
      let mixed = mixed(with: target, Double(step) / 20)
      if mixed.contrast(to: background) >= 4.5 { return mixed }
    }
    return target
  }
}

extension Axes {
  /// Adds a dashed upright line at a number of the x axis, with text at its top end.
  public mutating func verticalLine(
    at x: Double, text: String = "", label: String? = nil, color: Color? = nil, width: Double = 1.2,
    dash: [Double] = [5, 4]
  ) {
    add(ReferenceLine(.x(x), Stroke(color ?? theme.axis, width: width, dash: dash), text: text, label: label))
  }

  /// Adds a dashed level line at a number of the y axis, with text at its right end.
  public mutating func horizontalLine(
    at y: Double, text: String = "", label: String? = nil, color: Color? = nil, width: Double = 1.2,
    dash: [Double] = [5, 4]
  ) {
    add(ReferenceLine(.y(y), Stroke(color ?? theme.axis, width: width, dash: dash), text: text, label: label))
  }

  /// Adds the dashed line y = intercept + slope · x.
  public mutating func slopedLine(
    intercept: Double = 0, slope: Double = 1, label: String? = nil, color: Color? = nil, width: Double = 1.2,
    dash: [Double] = [5, 4]
  ) {
    let stroke = Stroke(color ?? theme.axis, width: width, dash: dash)
    add(ReferenceLine(.line(intercept: intercept, slope: slope), stroke, label: label))
  }
}
