internal import CCairo
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Canvas {
  /// Draws text at a point, turned clockwise by `rotation` radians; "\n" begins a new line.
  public func text(
    _ text: String, at point: Point, _ style: TextStyle, _ anchor: Anchor = Anchor(.left, .baseline),
    rotation: Double = 0
  ) {
    let face = fonts.face(style.weight)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let size = fonts.size(of: text, style)
    let offset = anchor.offset(of: size, style)
    let shrink = style.size / face.unitsPerEm
    cairo_new_path(context)
    for (index, line) in lines.enumerated() {
      let (glyphs, width) = face.line(line)
      let slack = size.width - Double(width) * shrink
      let indent =
        switch anchor.horizontal {
        case .left: 0.0
        case .center: slack / 2
        case .right: slack
        }
      let baseline = offset.y + style.size * (TextStyle.ascent + TextStyle.lineSpacing * Double(index))
      let pen = penPlacement(point, offset.x + indent, baseline, rotation)
      for (glyph, x) in glyphs {
        add(outline(glyph, style.weight, face), pen, x: Double(x), shrink)
      }
    }
    setSource(style.color)
    cairo_fill(context)
  }

  /// The start of a line of text on the picture and its direction. Upright and sideways lines stand exactly on a pixel
  /// edge, which keeps small letters sharp.
  private func penPlacement(
    _ point: Point, _ x: Double, _ y: Double, _ rotation: Double
  ) -> (origin: Point, cos: Double, sin: Double) {
    let (c, s) = (cos(rotation), sin(rotation))
    var origin = Point(point.x + x * c - y * s, point.y + x * s + y * c)
    if abs(s) < 1e-9 { origin.y = snappedEdge(origin.y) }
    if abs(c) < 1e-9 { origin.x = snappedEdge(origin.x) }
    return (origin, c, s)
  }

  private func outline(_ glyph: Int, _ weight: TextStyle.Weight, _ face: TrueTypeFont) -> Path {
    let key = GlyphKey(bold: weight == .bold, glyph: glyph)
    if let known = outlines[key] { return known }
    let path = face.outline(glyph)
    outlines[key] = path
    return path
  }

  /// Adds an outline in font units (y up) to the current path.
  private func add(_ path: Path, _ pen: (origin: Point, cos: Double, sin: Double), x: Double, _ shrink: Double) {
    func place(_ p: Point) -> Point {
      let px = (p.x + x) * shrink
      let py = -p.y * shrink
      return Point(pen.origin.x + px * pen.cos - py * pen.sin, pen.origin.y + px * pen.sin + py * pen.cos)
    }
    for element in path.elements {
      switch element {
      case .move(let p):
        let to = place(p)
        cairo_move_to(context, to.x, to.y)
      case .line(let p):
        let to = place(p)
        cairo_line_to(context, to.x, to.y)
      case .curve(let a, let b, let p):
        let (first, second, to) = (place(a), place(b), place(p))
        cairo_curve_to(context, first.x, first.y, second.x, second.y, to.x, to.y)
      case .close:
        cairo_close_path(context)
      }
    }
  }
}
