public import Drawing
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Lines along which a grid has certain values.
public struct Contours: Mark {
  /// The numbers.
  public var grid: Grid
  /// The values of the lines.
  public var levels: [Double]
  /// The look of all lines.
  public var stroke: Stroke
  /// Gives each line the colour of its value; nil for one colour.
  public var scale: ColorScale?
  /// Whether the values are written on the lines.
  public var showsValues: Bool
  /// The text in the legend; nil for none.
  public var label: String?

  /// Contour lines of one look.
  public init(_ grid: Grid, levels: [Double], _ stroke: Stroke, label: String? = nil) {
    self.grid = grid
    self.levels = levels
    self.stroke = stroke
    self.label = label
    showsValues = false
  }

  public func include(in bounds: inout DataBounds) { bounds.fill(x: grid.x, y: grid.y) }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    var taken: [Rectangle] = []
    for level in levels {
      var stroke = stroke
      if let scale { stroke.color = scale.color(level) }
      for line in grid.contour(at: level) {
        let points = zip(line.x, line.y).map { frame.point($0, $1) }
        if showsValues, let gap = value(level, on: points, canvas, frame, &taken) {
          draw(points, line.isClosed, around: gap, stroke, on: canvas)
        } else {
          canvas.stroke(Path(through: points, closed: line.isClosed), stroke)
        }
      }
    }
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .line(stroke, nil)) } }

  /// Writes a value where the line is straightest and nothing is written yet; returns the place it takes.
  private func value(
    _ level: Double, on points: [Point], _ canvas: Canvas, _ frame: PlotFrame, _ taken: inout [Rectangle]
  ) -> Rectangle? {
    let style = TextStyle(size: frame.theme.smallText * 0.9, color: frame.theme.softInk)
    let text = NumberText.short(level)
    let size = canvas.fonts.size(of: text, style)
    let reach = max(points.count / 12, 2)
    var best: (bend: Double, box: Rectangle)?
    for index in stride(from: reach, to: points.count - reach, by: max(points.count / 60, 1)) {
      let (a, b, c) = (points[index - reach], points[index], points[index + reach])
      guard a.distance(to: c) > size.width * 1.4 else { continue }
      let box = Rectangle(
        x: b.x - size.width / 2 - 2, y: b.y - size.height / 2 - 1, width: size.width + 4, height: size.height + 2)
      guard frame.area.contains(box), !taken.contains(where: { $0.inset(by: -6).overlaps(box) }) else { continue }
      // Text is upright, so a level piece of line suits it best.
      let slope = abs(c.y - a.y) / a.distance(to: c)
      let bend = a.distance(to: b) + b.distance(to: c) - a.distance(to: c)
      let score = bend / size.width + 0.15 * slope
      if best.map({ score < $0.bend }) ?? true { best = (score, box) }
    }
    guard let best else { return nil }
    taken.append(best.box)
    canvas.text(text, at: best.box.center, style, .center)
    return best.box
  }

  /// Draws a line with a gap where its value is written.
  private func draw(_ points: [Point], _ closed: Bool, around gap: Rectangle, _ stroke: Stroke, on canvas: Canvas) {
    let all = closed ? points + points.prefix(1) : points
    let visible = all.map { gap.contains($0) ? Point(.nan, .nan) : $0 }
    for run in Polyline.runs(visible) { canvas.stroke(Path(through: run), stroke) }
  }
}

/// The areas between contour lines, each in one colour.
public struct FilledContours: Mark {
  /// The numbers.
  public var grid: Grid
  /// The borders between the areas, rising.
  public let levels: [Double]
  /// How numbers become colours; an area takes the colour of its middle, in the plot and in the colour bar.
  public private(set) var scale: ColorScale
  /// Whether a colour bar stands beside the plot.
  public var hasColorBar: Bool

  /// Areas between levels.
  public init(_ grid: Grid, levels: [Double], _ scale: ColorScale, hasColorBar: Bool = true) {
    self.grid = grid
    self.levels = levels.sorted()
    self.scale = scale
    self.scale.levels = self.levels
    self.hasColorBar = hasColorBar
  }

  public func include(in bounds: inout DataBounds) { bounds.fill(x: grid.x, y: grid.y) }

  /// Paints the whole area in the lowest colour, then over it all that lies above the first level, and so on: areas
  /// overlap instead of meeting, so no seams show.
  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let range = grid.range
    let walled = grid.walled()
    for edge in [range.lowerBound] + levels.filter({ $0 > range.lowerBound && $0 < range.upperBound }) {
      var path = Path()
      for line in walled.area(above: edge) {
        path.append(Path(through: zip(line.x, line.y).map { frame.point($0, $1) }, closed: true))
      }
      canvas.fill(path, scale.color(edge), rule: .evenOdd)
    }
  }

  public var colorScale: ColorScale? { hasColorBar ? scale : nil }

  public var fillsFrame: Bool { true }
}

extension Axes {
  /// Adds contour lines, at about ten round values unless levels are given. Unless a colour is given, several lines are
  /// coloured by their value.
  public mutating func contours(
    _ grid: Grid, levels: [Double]? = nil, color: Color? = nil, width: Double = 1.2, dash: [Double] = [],
    showsValues: Bool = false, label: String? = nil
  ) {
    let levels = levels ?? TickChoice.linear(grid.range, 10).map(\.value)
    var mark = Contours(grid, levels: levels, Stroke(color ?? theme.softInk, width: width, dash: dash), label: label)
    mark.showsValues = showsValues
    if color == nil && levels.count > 1 {
      // As thin lines the palest colours could not be seen on white, nor the darkest on black.
      let range = grid.range
      let span = range.upperBound - range.lowerBound
      let isLight = theme.background.luminance > 0.5
      mark.scale = ColorScale(
        theme.sequential,
        limits: range.lowerBound - (isLight ? 0 : 0.3 * span)...range.upperBound + (isLight ? 0.6 * span : 0))
    }
    add(mark)
  }

  /// Adds the areas between contour lines, at about ten round values unless levels are given.
  public mutating func filledContours(
    _ grid: Grid, levels: [Double]? = nil, map: ColorMap? = nil, limits: ClosedRange<Double>? = nil,
    isLogarithmic: Bool = false, label: String = "", colorBar: Bool = true
  ) {
    let levels = levels ?? TickChoice.linear(grid.range, 10).map(\.value)
    let range = limits ?? grid.range
    let scale = ColorScale(map ?? theme.sequential, limits: range, isLogarithmic: isLogarithmic, label: label)
    add(FilledContours(grid, levels: levels, scale, hasColorBar: colorBar))
  }
}
