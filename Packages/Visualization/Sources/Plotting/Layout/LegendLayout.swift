internal import Drawing

/// The legend of a plot: its size, and the place where it covers the least data.
struct LegendLayout: Sendable {
  var box: Rectangle
  let entries: [LegendEntry]
  private let theme: Theme
  private let columns: Int
  private let cell: Size

  private static let sampleWidth = 22.0
  private static let padding = 7.0
  private static let gap = 7.0
  static let margin = 8.0

  /// A legend at the origin, in as many columns as its height makes necessary.
  init(_ entries: [LegendEntry], maximumHeight: Double, _ fonts: Fonts, _ theme: Theme) {
    let style = TextStyle(size: theme.smallText)
    let width = entries.map { fonts.size(of: $0.label, style).width }.max() ?? 0
    let height = theme.smallText * 1.5
    let perColumn = max(1, Int((maximumHeight - 2 * LegendLayout.padding) / height))
    columns = max(1, (entries.count + perColumn - 1) / perColumn)
    let rows = (entries.count + columns - 1) / columns
    cell = Size(LegendLayout.sampleWidth + LegendLayout.gap + width, height)
    self.entries = entries
    self.theme = theme
    let between = 14.0 * Double(columns - 1)
    box = Rectangle(
      x: 0, y: 0, width: Double(columns) * cell.width + between + 2 * LegendLayout.padding,
      height: Double(rows) * height + 2 * LegendLayout.padding - 0.3 * theme.smallText)
  }

  /// The legend at a fixed place inside the area.
  func placed(_ anchor: Anchor, in area: Rectangle) -> LegendLayout {
    let inner = area.inset(by: LegendLayout.margin)
    var result = self
    switch anchor.horizontal {
    case .left: result.box.x = inner.x
    case .center: result.box.x = inner.center.x - box.width / 2
    case .right: result.box.x = inner.right - box.width
    }
    switch anchor.vertical {
    case .top: result.box.y = inner.y
    case .middle: result.box.y = inner.center.y - box.height / 2
    case .baseline, .bottom: result.box.y = inner.bottom - box.height
    }
    return result
  }

  /// The legend where it covers the fewest obstacles, and how many those are. Corners come before sides.
  func avoiding(_ obstacles: [Point], in area: Rectangle) -> (legend: LegendLayout, covered: Int) {
    let anchors = [
      Anchor(.right, .top), Anchor(.left, .top), Anchor(.right, .bottom), Anchor(.left, .bottom),
      Anchor(.right, .middle), Anchor(.left, .middle), Anchor(.center, .top), Anchor(.center, .bottom),
    ]
    var best = (legend: placed(anchors[0], in: area), covered: Int.max)
    for anchor in anchors {
      let candidate = placed(anchor, in: area)
      guard area.contains(candidate.box) else { continue }
      let zone = candidate.box.inset(by: -4)
      let covered = obstacles.count { zone.contains($0) }
      if covered < best.covered { best = (candidate, covered) }
    }
    return best
  }

  /// Draws the box and the samples; the texts are drawn with all others.
  func draw(on canvas: Canvas) {
    let background = theme.background.opacity(0.88)
    canvas.draw(Path(box, radius: 3), fill: background, Stroke(theme.grid, width: 1))
    for (index, entry) in entries.enumerated() { draw(entry.sample, at: origin(index), on: canvas) }
  }

  /// The texts with their places.
  func texts(_ fonts: Fonts) -> [PlacedText] {
    let style = TextStyle(size: theme.smallText, color: theme.ink)
    return entries.enumerated().map { index, entry in
      let point = origin(index).moved(LegendLayout.sampleWidth + LegendLayout.gap, 0)
      return PlacedText(entry.label, at: point, style, Anchor(.left, .middle), fonts)
    }
  }

  /// The left end of the middle line of an entry; entries run down the columns.
  private func origin(_ index: Int) -> Point {
    let rows = (entries.count + columns - 1) / columns
    let x = box.x + LegendLayout.padding + Double(index / rows) * (cell.width + 14)
    let y = box.y + LegendLayout.padding - 0.15 * theme.smallText + (Double(index % rows) + 0.5) * cell.height
    return Point(x, y)
  }

  private func draw(_ sample: LegendEntry.Sample, at left: Point, on canvas: Canvas) {
    let middle = left.moved(LegendLayout.sampleWidth / 2, 0)
    switch sample {
    case .line(let stroke, let marker):
      let y = canvas.snapped(left.y, width: stroke.width)
      canvas.stroke(Path(through: [Point(left.x, y), Point(left.x + LegendLayout.sampleWidth, y)]), stroke)
      marker?.draw(at: Point(middle.x, y), on: canvas)
    case .marker(var marker):
      marker.size = min(max(marker.size, 5), 10)
      marker.draw(at: middle, on: canvas)
    case .area(let color):
      let height = theme.smallText * 0.8
      canvas.fill(Path(Rectangle(x: left.x + 2, y: left.y - height / 2, width: 18, height: height), radius: 1.5), color)
    }
  }
}
