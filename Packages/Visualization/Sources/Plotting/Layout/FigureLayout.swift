public import Drawing

/// Where every part of a figure stands.
public struct FigureLayout: Sendable {
  /// The extents of the picture.
  public let size: Size
  let title: PlacedText?
  let panels: [PanelLayout]

  private static let margin = 12.0
  /// Between plots; images without numbers stand closer together.
  private static func gap(_ figure: Figure) -> Double {
    figure.panels.allSatisfy { $0.axes.x.ticks == .none && $0.axes.y.ticks == .none } ? 12 : 22
  }

  /// Every text outside the marks, with the rectangle it covers.
  public var texts: [PlacedText] { panels.flatMap(\.texts) + [title].compactMap { $0 } }
  /// The areas between the axes, in the order in which the plots were made.
  public var areas: [Rectangle] { panels.map(\.area) }
  /// The boxes of the legends.
  public var legends: [Rectangle] { panels.compactMap { $0.legend?.box } }
  /// The colour bars.
  public var colorBars: [Rectangle] { panels.compactMap { $0.colorBar?.bar } }

  /// Places everything. The room a plot has decides its ticks, their labels decide the margins, and these the room: a
  /// few rounds settle it.
  init(_ figure: Figure, _ fonts: Fonts) {
    size = figure.size
    var inner = Rectangle(x: 0, y: 0, width: size.width, height: size.height).inset(by: FigureLayout.margin)
    let style = TextStyle(size: figure.theme.figureTitleText, weight: .bold, color: figure.theme.ink)
    if figure.title.isEmpty {
      title = nil
    } else {
      let text = fonts.wrapped(figure.title, style, width: inner.width)
      let placed = PlacedText(text, at: Point(inner.center.x, inner.y), style, Anchor(.center, .top), fonts)
      title = placed
      inner = Rectangle(left: inner.x, top: placed.box.bottom + 12, right: inner.right, bottom: inner.bottom)
    }
    var settings = FigureLayout.settings(figure)
    var insets = figure.panels.map { _ in Insets(left: 46, top: 24, right: 10, bottom: 40) }
    var panels: [PanelLayout] = []
    for round in 0..<5 {
      let rooms = FigureLayout.rooms(figure, inner, insets)
      panels = figure.panels.indices.map { index in
        PanelLayout(figure.panels[index].axes, in: rooms[index], settings[index], fonts)
      }
      insets = panels.map(\.insets)
      if round == 1 {
        for index in panels.indices where figure.panels[index].axes.legend == .automatic {
          settings[index].legendOutside = FigureLayout.isFull(panels[index])
        }
      }
    }
    self.panels = panels
  }

  /// Whether the legend would hide data and there is room for it beside the plot.
  private static func isFull(_ panel: PanelLayout) -> Bool {
    guard let legend = panel.legend else { return false }
    let tooMuch = panel.covered.count > max(2, panel.covered.of / 400) || !panel.area.contains(legend.box)
    return tooMuch && legend.box.width < 0.45 * panel.area.width
  }

  private static func settings(_ figure: Figure) -> [PanelSettings] {
    let bounds = figure.panels.map(\.axes.bounds)
    var all = bounds.first
    for other in bounds.dropFirst() {
      for end in [other.x.low, other.x.high] { all?.include(x: end) }
      for end in [other.y.low, other.y.high] { all?.include(y: end) }
      all?.x.sticky.formUnion(other.x.sticky)
      all?.y.sticky.formUnion(other.y.sticky)
    }
    return zip(figure.panels, bounds).map { panel, own in
      let xData = figure.sharesX ? all?.x ?? own.x : own.x
      let yData = figure.sharesY ? all?.y ?? own.y : own.y
      var settings = PanelSettings(
        xLimits: panel.axes.x.resolvedLimits(xData), yLimits: panel.axes.y.resolvedLimits(yData),
        legendOutside: panel.axes.legend == .outside)
      let hasLower = figure.panels.contains {
        $0.rows.lowerBound >= panel.rows.upperBound && $0.columns.overlaps(panel.columns)
      }
      settings.showsXNumbers = !(figure.sharesX && hasLower)
      settings.showsYNumbers = !(figure.sharesY && panel.columns.lowerBound > 0)
      return settings
    }
  }

  /// The room between the labels of each plot. Plots of one column begin at the same x, plots of one row at the same y.
  private static func rooms(_ figure: Figure, _ inner: Rectangle, _ insets: [Insets]) -> [Rectangle] {
    let pairs = zip(figure.panels, insets).map { (panel: $0, insets: $1) }
    let xs = tracks(
      count: figure.columns, gap: gap(figure), weights: figure.columnWeights, from: inner.x, to: inner.right,
      before: { column in pairs.filter { $0.panel.columns.lowerBound == column }.map(\.insets.left) },
      after: { column in pairs.filter { $0.panel.columns.upperBound == column + 1 }.map(\.insets.right) })
    let ys = tracks(
      count: figure.rows, gap: gap(figure), weights: figure.rowWeights, from: inner.y, to: inner.bottom,
      before: { row in pairs.filter { $0.panel.rows.lowerBound == row }.map(\.insets.top) },
      after: { row in pairs.filter { $0.panel.rows.upperBound == row + 1 }.map(\.insets.bottom) })
    return figure.panels.map { panel in
      Rectangle(
        left: xs[panel.columns.lowerBound].start, top: ys[panel.rows.lowerBound].start,
        right: xs[panel.columns.upperBound - 1].end, bottom: ys[panel.rows.upperBound - 1].end)
    }
  }

  /// Shares a length among tracks by weight after taking off the labels before and after each.
  private static func tracks(
    count: Int, gap: Double, weights: [Double], from: Double, to: Double, before: (Int) -> [Double],
    after: (Int) -> [Double]
  ) -> [(start: Double, end: Double)] {
    let befores = (0..<count).map { before($0).max() ?? 0 }
    let afters = (0..<count).map { after($0).max() ?? 0 }
    let taken = befores.reduce(0, +) + afters.reduce(0, +) + gap * Double(count - 1)
    // Even in a picture that is too small, every plot keeps a few pixels.
    let free = max(to - from - taken, 8 * Double(count))
    let total = weights.prefix(count).reduce(0, +)
    var at = from
    return (0..<count).map { index in
      let start = at + befores[index]
      let end = start + free * weights[index] / total
      at = end + afters[index] + gap
      return (start, end)
    }
  }

  func draw(on canvas: Canvas, _ theme: Theme) {
    for panel in panels { panel.draw(on: canvas) }
    title?.draw(on: canvas)
  }
}
