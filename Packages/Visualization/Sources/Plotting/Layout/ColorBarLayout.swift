internal import Drawing

/// The bar beside a plot that explains its colours.
struct ColorBarLayout: Sendable {
  let bar: Rectangle
  let texts: [PlacedText]
  private let scale: ColorScale
  private let ticks: [(y: Double, isMajor: Bool)]

  static let gap = 12.0
  static let width = 13.0

  /// A bar as high as the plot, right of it.
  init(_ scale: ColorScale, beside area: Rectangle, _ fonts: Fonts, _ theme: Theme) {
    self.scale = scale
    let bar = Rectangle(
      x: area.right + ColorBarLayout.gap, y: area.y, width: ColorBarLayout.width, height: area.height)
    let axis = scale.axis
    let ruler = Ruler(axis, scale.limits, from: bar.bottom, to: bar.y)
    let chosen = TickChoice.ticks(
      in: scale.limits, scale: axis.scale, atMost: max(2, min(8, Int(area.height / 34))))
    self.bar = bar
    ticks = chosen.map { (ruler.place($0.value), $0.isMajor) }
    let style = TextStyle(size: theme.smallText, color: theme.softInk)
    var texts = chosen.filter(\.isMajor).map { tick in
      PlacedText(
        tick.label, at: Point(bar.right + 7, ruler.place(tick.value)), style, Anchor(.left, .middle), fonts)
    }
    if !scale.label.isEmpty {
      let right = texts.map(\.box.right).max() ?? bar.right
      let style = TextStyle(size: theme.text, color: theme.ink)
      let label = fonts.wrapped(scale.label, style, width: area.height)
      texts.append(
        PlacedText(
          label, at: Point(right + 6, area.center.y), style, Anchor(.center, .top), rotation: -.pi / 2, fonts))
    }
    self.texts = texts
  }

  /// The right edge of bar and labels.
  var right: Double { texts.map(\.box.right).max() ?? bar.right }

  /// Draws the bar and its ticks; the texts are drawn with all others.
  func draw(on canvas: Canvas, _ theme: Theme) {
    let steps = scale.map.colors.count
    let edges = Rectangle(
      left: canvas.snappedEdge(bar.x), top: canvas.snappedEdge(bar.y), right: canvas.snappedEdge(bar.right),
      bottom: canvas.snappedEdge(bar.bottom))
    if scale.levels.isEmpty {
      canvas.image(Image(width: 1, height: steps) { _, row in scale.map.colors[steps - 1 - row] }, in: edges, .nearest)
    } else {
      drawAreas(in: edges, on: canvas)
    }
    // Without a line around it the pale end of a map would vanish on paper.
    var path = Path(edges.inset(by: 0.5 / canvas.scale))
    for tick in ticks {
      let y = canvas.snapped(tick.y, width: 1)
      path.append(Path(through: [Point(bar.right, y), Point(bar.right + (tick.isMajor ? 4 : 2.5), y)]))
    }
    canvas.stroke(path, Stroke(theme.axis, width: 1))
  }

  /// Draws one box for each area between levels, as high as its part of the scale.
  private func drawAreas(in box: Rectangle, on canvas: Canvas) {
    let inside = scale.levels.filter { $0 > scale.limits.lowerBound && $0 < scale.limits.upperBound }
    let borders = [scale.limits.lowerBound] + inside + [scale.limits.upperBound]
    for (low, high) in zip(borders, borders.dropFirst()) {
      let top = canvas.snappedEdge(box.bottom - scale.position(high) * box.height)
      let bottom = canvas.snappedEdge(box.bottom - scale.position(low) * box.height)
      canvas.fill(Path(Rectangle(left: box.x, top: top, right: box.right, bottom: bottom)), scale.color(low))
    }
  }
}
