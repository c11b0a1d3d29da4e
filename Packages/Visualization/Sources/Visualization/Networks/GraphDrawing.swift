public import Drawing
public import Plotting

/// A directed graph as boxes and arrows, laid out on its own: no outside program is needed.
public struct GraphDrawing: Picture, Sendable {
  /// A box with lines of text.
  public struct Node: Hashable, Sendable {
    /// What a box stands for; decides its colour and form.
    public enum Kind: Hashable, Sendable {
      /// Something to be trained or watched.
      case input
      /// Data.
      case constant
      /// A computation.
      case operation
      /// The result.
      case result
      /// Several nodes drawn as one.
      case group
    }

    /// The first line, in bold.
    public var title: String
    /// The second line; empty for none.
    public var subtitle: String
    /// The forward value; empty for none.
    public var value: String
    /// The gradient, written in red; empty for none.
    public var gradient: String
    /// What the box stands for.
    public var kind: Kind
    /// The names of the modules it belongs to, outermost first; each gets a frame.
    public var modules: [String]

    /// A box from its texts.
    public init(
      _ title: String, subtitle: String = "", value: String = "", gradient: String = "", kind: Kind = .operation,
      modules: [String] = []
    ) {
      self.title = title
      self.subtitle = subtitle
      self.value = value
      self.gradient = gradient
      self.kind = kind
      self.modules = modules
    }
  }

  /// The way in which arrows lead.
  public enum Direction: Hashable, Sendable {
    /// From left to right.
    case right
    /// From top to bottom.
    case down
  }

  /// The boxes.
  public let nodes: [Node]
  /// The arrows, as pairs of positions in `nodes`.
  public let edges: [(from: Int, to: Int)]
  /// The way in which arrows lead.
  public let direction: Direction
  /// The title above the picture.
  public var title: String
  /// The colours and sizes.
  public var theme: Theme
  /// The extents, as large as the graph needs.
  public let size: Size

  /// The rectangles of the boxes on the picture.
  public let boxes: [Rectangle]
  /// The rectangles around modules with their names, outer before inner.
  public let frames: [(name: String, box: Rectangle)]
  let ways: [[Point]]

  /// A drawing of a graph without cycles.
  public init(
    _ nodes: [Node], edges: [(from: Int, to: Int)], direction: Direction = .right, title: String = "",
    theme: Theme = .light
  ) throws(DrawingError) {
    self.nodes = nodes
    self.edges = edges
    self.direction = direction
    self.title = title
    self.theme = theme
    let fonts = try Fonts()
    let sizes = nodes.map { GraphDrawing.size(of: $0, fonts, theme) }
    let isLevel = direction == .right
    let layout = NestedLayout(
      sizes.map { LayeredLayout.Box(along: isLevel ? $0.width : $0.height, across: isLevel ? $0.height : $0.width) },
      edges: edges, modules: nodes.map(\.modules), margins: GraphDrawing.margins(isLevel, fonts, theme))
    let margin = 18.0
    let top = margin + (title.isEmpty ? 0 : theme.figureTitleText + 16)
    func place(_ at: (along: Double, across: Double)) -> Point {
      isLevel ? Point(margin + at.along, top + at.across) : Point(margin + at.across, top + at.along)
    }
    let boxes = zip(layout.centers, sizes).map { center, size in
      let middle = place(center)
      return Rectangle(
        x: middle.x - size.width / 2, y: middle.y - size.height / 2, width: size.width, height: size.height)
    }
    self.boxes = boxes
    frames = layout.frames.map { frame in
      let corner = place(frame.start)
      let extent = frame.extent
      return (
        frame.name,
        Rectangle(
          x: corner.x, y: corner.y, width: isLevel ? extent.along : extent.across,
          height: isLevel ? extent.across : extent.along)
      )
    }
    ways = zip(edges, layout.bends).map { edge, bends in
      let from = boxes[edge.from]
      let to = boxes[edge.to]
      let start = isLevel ? Point(from.right, from.center.y) : Point(from.center.x, from.bottom)
      let end = isLevel ? Point(to.x, to.center.y) : Point(to.center.x, to.y)
      return [start] + bends.map(place) + [end]
    }
    let extent = layout.extent
    let width = isLevel ? extent.along : extent.across
    let height = isLevel ? extent.across : extent.along
    let titleWidth = fonts.size(of: title, TextStyle(size: theme.figureTitleText, weight: .bold)).width
    size = Size(max(width, titleWidth) + 2 * margin, top + height + margin)
  }

  public func draw(on canvas: Canvas) throws(DrawingError) {
    canvas.clear(theme.background)
    let titleStyle = TextStyle(size: theme.figureTitleText, weight: .bold, color: theme.ink)
    if !title.isEmpty { canvas.text(title, at: Point(size.width / 2, 16), titleStyle, Anchor(.center, .top)) }
    for frame in frames { draw(frame, on: canvas) }
    for way in ways { draw(way, on: canvas) }
    for (node, box) in zip(nodes, boxes) { draw(node, in: box, on: canvas) }
  }

  private static let padding = Size(10, 7)

  private static func lines(_ node: Node, _ theme: Theme) -> [(text: String, style: TextStyle)] {
    let red = Color(0xc0262d).readable(on: fill(node, theme))
    let all = [
      (node.title, TextStyle(size: theme.text, weight: .bold, color: theme.ink)),
      (node.subtitle, TextStyle(size: theme.smallText, color: theme.softInk)),
      (node.value, TextStyle(size: theme.text, color: theme.ink)),
      (node.gradient, TextStyle(size: theme.text, color: red)),
    ]
    return all.filter { !$0.0.isEmpty }.map { (text: $0.0, style: $0.1) }
  }

  private static func size(of node: Node, _ fonts: Fonts, _ theme: Theme) -> Size {
    let lines = lines(node, theme)
    let width = lines.map { fonts.size(of: $0.text, $0.style).width }.max() ?? 0
    let height = lines.reduce(0) { $0 + $1.style.size * 1.3 }
    return Size(max(width, 26) + 2 * padding.width, height + 2 * padding.height - 0.3 * theme.smallText)
  }

  private static func fill(_ node: Node, _ theme: Theme) -> Color {
    let tint: Color =
      switch node.kind {
      case .input: theme.color(5)
      case .constant: theme.softInk
      case .operation: theme.background
      case .result: theme.color(2)
      case .group: theme.color(1)
      }
    let share = node.kind == .operation ? 0 : node.kind == .constant ? 0.12 : 0.24
    return tint.opacity(share).over(theme.background)
  }

  private func draw(_ node: Node, in box: Rectangle, on canvas: Canvas) {
    let fill = GraphDrawing.fill(node, theme)
    let radius: Double = node.kind == .input || node.kind == .constant ? 12 : 3
    canvas.draw(Path(box, radius: radius), fill: fill, Stroke(theme.axis, width: 1.2))
    var y = box.y + GraphDrawing.padding.height
    for line in GraphDrawing.lines(node, theme) {
      canvas.text(line.text, at: Point(box.center.x, y), line.style, Anchor(.center, .top))
      y += line.style.size * 1.3
    }
  }

  /// A smooth line through the places of a way that leaves and arrives along the direction, with a head.
  private func draw(_ way: [Point], on canvas: Canvas) {
    var path = Path()
    path.move(to: way[0])
    guard let last = way.last, way.count > 1 else { return }
    let isLevel = direction == .right
    let head = 8.0
    let end = isLevel ? last.moved(-head, 0) : last.moved(0, -head)
    let stops = way.dropLast() + [end]
    for (from, to) in zip(stops, stops.dropFirst()) {
      let half = isLevel ? (to.x - from.x) / 2 : (to.y - from.y) / 2
      let a = isLevel ? from.moved(half, 0) : from.moved(0, half)
      let b = isLevel ? to.moved(-half, 0) : to.moved(0, -half)
      path.curve(a, b, to: to)
    }
    canvas.stroke(path, Stroke(theme.axis, width: 1.3))
    ArrowShape(color: theme.axis, width: 1.3).draw(from: end, to: last, on: canvas)
  }
}

// MARK: - Frames

extension GraphDrawing {
  private static let frameMargin = 12.0

  private static func frameStyle(_ theme: Theme) -> TextStyle {
    TextStyle(size: theme.smallText, weight: .bold, color: theme.softInk)
  }

  /// The room between a frame and its content, with the name at the upper left.
  private static func margins(_ isLevel: Bool, _ fonts: Fonts, _ theme: Theme) -> NestedLayout.Margins {
    let style = frameStyle(theme)
    let title = style.size * 1.5 + 6
    let (plain, titled) = ((before: frameMargin, after: frameMargin), (before: title, after: frameMargin))
    return NestedLayout.Margins(along: isLevel ? plain : titled, across: isLevel ? titled : plain) { name in
      let width = fonts.size(of: name, style).width + 2 * frameMargin
      return LayeredLayout.Box(along: isLevel ? width : 0, across: isLevel ? 0 : width)
    }
  }

  private func draw(_ frame: (name: String, box: Rectangle), on canvas: Canvas) {
    let fill = theme.ink.opacity(0.035)
    canvas.draw(Path(frame.box, radius: 6), fill: fill, Stroke(theme.axis, width: 1, dash: [4, 3]))
    let corner = Point(frame.box.x + GraphDrawing.frameMargin, frame.box.y + 6)
    canvas.text(frame.name, at: corner, GraphDrawing.frameStyle(theme), Anchor(.left, .top))
  }
}
