internal import Drawing

/// What the figure decides for a plot: shared limits, hidden numbers, and whether the legend stands outside.
struct PanelSettings: Sendable {
  var xLimits: ClosedRange<Double>
  var yLimits: ClosedRange<Double>
  var showsXNumbers = true
  var showsYNumbers = true
  var legendOutside: Bool
}

/// One plot with everything in its place.
struct PanelLayout: Sendable {
  /// The area between the axes.
  let area: Rectangle
  /// The room that labels need around the area.
  let insets: Insets
  /// All texts except those inside the marks.
  let texts: [PlacedText]
  let legend: LegendLayout?
  let colorBar: ColorBarLayout?
  /// How many obstacles the legend covers, of how many.
  let covered: (count: Int, of: Int)

  private let axes: Axes
  private let frame: PlotFrame
  private let xTicks: [Tick]
  private let yTicks: [Tick]

  private static let tickLength = 4.0
  private static let tickGap = 7.0
  private static let labelGap = 6.0

  /// Places everything around and inside the room between the labels.
  init(_ axes: Axes, in room: Rectangle, _ settings: PanelSettings, _ fonts: Fonts) {
    self.axes = axes
    let theme = axes.theme
    let area = PanelLayout.area(axes, in: room, settings)
    self.area = area
    let frame = PlotFrame(
      area: area, x: axes.x, xLimits: settings.xLimits, y: axes.y, yLimits: settings.yLimits, theme: theme)
    self.frame = frame

    let style = TextStyle(size: theme.smallText, color: theme.softInk)
    let x = TickTexts.below(axes.x, settings.xLimits, frame, style, fonts)
    let y = TickTexts.beside(axes.y, settings.yLimits, frame, style, fonts)
    xTicks = x.ticks
    yTicks = y.ticks
    var texts: [PlacedText] = []
    if settings.showsXNumbers { texts += x.texts }
    if settings.showsYNumbers { texts += y.texts }
    let numbersBottom = texts.map(\.box.bottom).max() ?? area.bottom
    let numbersLeft = texts.filter { $0.box.y < area.bottom }.map(\.box.x).min() ?? area.x

    let labelStyle = TextStyle(size: theme.text, color: theme.ink)
    if settings.showsXNumbers && !axes.x.label.isEmpty {
      let label = fonts.wrapped(axes.x.label, labelStyle, width: max(area.width, room.width))
      let point = Point(area.center.x, max(numbersBottom, area.bottom) + PanelLayout.labelGap)
      texts.append(PlacedText(label, at: point, labelStyle, Anchor(.center, .top), fonts))
    }
    if settings.showsYNumbers && !axes.y.label.isEmpty {
      let label = fonts.wrapped(axes.y.label, labelStyle, width: max(area.height, room.height))
      let point = Point(min(numbersLeft, area.x) - PanelLayout.labelGap, area.center.y)
      texts.append(PlacedText(label, at: point, labelStyle, Anchor(.center, .bottom), rotation: -.pi / 2, fonts))
    }
    if !axes.title.isEmpty {
      let titleStyle = TextStyle(size: theme.titleText, weight: .bold, color: theme.ink)
      let title = fonts.wrapped(axes.title, titleStyle, width: max(area.width, room.width))
      let point = Point(area.center.x, area.y - 8)
      texts.append(PlacedText(title, at: point, titleStyle, Anchor(.center, .bottom), fonts))
    }

    colorBar = axes.colorScale.map { ColorBarLayout($0, beside: area, fonts, theme) }
    if let colorBar { texts += colorBar.texts }
    var right = max(texts.map(\.box.right).max() ?? 0, colorBar?.right ?? area.right, area.right)

    let placed = PanelLayout.legend(axes, frame, right: right, outside: settings.legendOutside, fonts)
    legend = placed.legend
    covered = placed.covered
    if let legend {
      right = max(right, legend.box.right)
      texts += legend.texts(fonts)
    }
    self.texts = texts
    insets = Insets(
      left: area.x - min(texts.map(\.box.x).min() ?? area.x, area.x),
      top: area.y - min(texts.map(\.box.y).min() ?? area.y, area.y), right: right - area.right,
      bottom: max(texts.map(\.box.bottom).max() ?? area.bottom, area.bottom) - area.bottom)
  }

  /// The room itself, or the largest area in it with equal units.
  private static func area(_ axes: Axes, in room: Rectangle, _ settings: PanelSettings) -> Rectangle {
    guard axes.aspect == .equal else { return room }
    func span(_ axis: Axis, _ limits: ClosedRange<Double>) -> Double {
      abs(axis.scale.forward(limits.upperBound) - axis.scale.forward(limits.lowerBound))
    }
    let width = span(axes.x, settings.xLimits)
    let height = span(axes.y, settings.yLimits)
    guard width > 0 && height > 0 else { return room }
    let unit = min(room.width / width, room.height / height)
    let size = Size(width * unit, height * unit)
    return Rectangle(
      x: room.center.x - size.width / 2, y: room.center.y - size.height / 2, width: size.width, height: size.height)
  }

  private static func legend(
    _ axes: Axes, _ frame: PlotFrame, right: Double, outside: Bool, _ fonts: Fonts
  ) -> (legend: LegendLayout?, covered: (count: Int, of: Int)) {
    let entries = axes.legendEntries
    guard !entries.isEmpty && axes.legend != .none else { return (nil, (0, 0)) }
    let area = frame.area
    let inner = LegendLayout(entries, maximumHeight: area.height - 2 * LegendLayout.margin, fonts, axes.theme)
    if outside {
      var legend = LegendLayout(entries, maximumHeight: area.height, fonts, axes.theme)
      legend.box.x = right + 12
      legend.box.y = area.y
      return (legend, (0, 0))
    }
    if case .inside(let anchor) = axes.legend { return (inner.placed(anchor, in: area), (0, 0)) }
    let obstacles = axes.marks.flatMap { $0.obstacles(in: frame) }.filter { area.contains($0) }
    let (legend, covered) = inner.avoiding(obstacles, in: area)
    return (legend, (covered, obstacles.count))
  }

  // MARK: Drawing

  func draw(on canvas: Canvas) {
    let theme = axes.theme
    let fills = axes.marks.contains { $0.fillsFrame }
    if !fills { drawGrid(on: canvas, theme) }
    canvas.clipped(to: Path(area.inset(by: -0.5 * theme.lineWidth))) {
      for mark in axes.marks { mark.draw(on: canvas, in: frame) }
    }
    drawBorder(on: canvas, theme)
    colorBar?.draw(on: canvas, theme)
    legend?.draw(on: canvas)
    for text in texts { text.draw(on: canvas) }
  }

  private func drawGrid(on canvas: Canvas, _ theme: Theme) {
    var path = Path()
    if axes.x.hasGrid {
      for tick in xTicks where tick.isMajor {
        let x = canvas.snapped(frame.x(tick.value), width: 1)
        path.append(Path(through: [Point(x, area.y), Point(x, area.bottom)]))
      }
    }
    if axes.y.hasGrid {
      for tick in yTicks where tick.isMajor {
        let y = canvas.snapped(frame.y(tick.value), width: 1)
        path.append(Path(through: [Point(area.x, y), Point(area.right, y)]))
      }
    }
    canvas.stroke(path, Stroke(theme.grid, width: 1))
  }

  private func drawBorder(on canvas: Canvas, _ theme: Theme) {
    guard axes.border != .none else { return }
    let left = canvas.snapped(area.x, width: 1)
    let bottom = canvas.snapped(area.bottom, width: 1)
    var path = Path()
    if axes.hasClosedBorder {
      let right = canvas.snapped(area.right, width: 1)
      let top = canvas.snapped(area.y, width: 1)
      path = Path(Rectangle(left: left, top: top, right: right, bottom: bottom))
    } else {
      path = Path(through: [Point(left, area.y), Point(left, bottom), Point(area.right, bottom)])
    }
    for tick in xTicks {
      let x = canvas.snapped(frame.x(tick.value), width: 1)
      path.append(Path(through: [Point(x, bottom), Point(x, bottom + (tick.isMajor ? 4 : 2.5))]))
    }
    for tick in yTicks {
      let y = canvas.snapped(frame.y(tick.value), width: 1)
      path.append(Path(through: [Point(left, y), Point(left - (tick.isMajor ? 4 : 2.5), y)]))
    }
    canvas.stroke(path, Stroke(theme.axis, width: 1, join: .miter))
  }
}
