internal import CCairo

/// A surface to draw on: pixels, or the same drawing as SVG or PDF. Later drawing covers earlier drawing.
///
/// A class, because it stands for one Cairo context: drawing changes the picture, whoever holds it.
public final class Canvas {
  /// The extents of the picture in units of 1/96 inch.
  public let size: Size
  /// How many pixels one unit has; 1 on vector pictures.
  public let scale: Double
  /// The fonts for text.
  public let fonts: Fonts
  /// Whether the picture is made of pixels, so that snapping lines to them makes sense.
  public let isRaster: Bool

  let surface: OpaquePointer
  let context: OpaquePointer
  var outlines: [GlyphKey: Path] = [:]

  /// Takes over a Cairo surface.
  init(
    surface: OpaquePointer, size: Size, scale: Double, isRaster: Bool, fonts: Fonts
  ) throws(DrawingError) {
    self.surface = surface
    self.size = size
    self.scale = scale
    self.isRaster = isRaster
    self.fonts = fonts
    context = cairo_create(surface)
    try check()
    cairo_scale(context, scale, scale)
    cairo_set_miter_limit(context, 4)
  }

  deinit {
    cairo_destroy(context)
    cairo_surface_destroy(surface)
  }

  /// Throws the first error Cairo met.
  func check() throws(DrawingError) {
    for status in [cairo_status(context), cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
      throw .drawing(reason: String(cString: cairo_status_to_string(status)))
    }
  }

  // MARK: Lines and areas

  /// Which points lie inside a path that crosses or surrounds itself.
  public enum FillRule: Hashable, Sendable {
    /// Those around which the path winds at least once.
    case winding
    /// Those from which one crosses the path an odd number of times to get out.
    case evenOdd
  }

  /// Fills a path with a colour.
  public func fill(_ path: Path, _ color: Color, rule: FillRule = .winding) {
    guard color.alpha > 0 && !path.isEmpty else { return }
    trace(path)
    setSource(color)
    cairo_set_fill_rule(context, rule == .evenOdd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING)
    cairo_fill(context)
    cairo_set_fill_rule(context, CAIRO_FILL_RULE_WINDING)
  }

  /// Draws a line along a path.
  public func stroke(_ path: Path, _ stroke: Stroke) {
    guard stroke.color.alpha > 0 && stroke.width > 0 && !path.isEmpty else { return }
    trace(path)
    apply(stroke)
    cairo_stroke(context)
  }

  /// Fills a path and draws a line around it.
  public func draw(_ path: Path, fill color: Color, _ stroke: Stroke) {
    guard !path.isEmpty else { return }
    trace(path)
    setSource(color)
    cairo_fill_preserve(context)
    apply(stroke)
    cairo_stroke(context)
  }

  /// Covers the whole picture with a colour.
  public func clear(_ color: Color) {
    fill(Path(Rectangle(x: 0, y: 0, width: size.width, height: size.height)), color)
  }

  // MARK: State

  /// Draws with everything outside the path cut off.
  public func clipped<Failure: Error>(
    to path: Path, _ draw: () throws(Failure) -> Void
  ) throws(Failure) {
    cairo_save(context)
    defer { cairo_restore(context) }
    trace(path)
    cairo_clip(context)
    try draw()
  }

  /// Draws with the origin moved to a point and the axes turned clockwise by an angle in radians.
  public func moved<Failure: Error>(
    to origin: Point, rotation: Double = 0, scale: Double = 1, _ draw: () throws(Failure) -> Void
  ) throws(Failure) {
    cairo_save(context)
    defer { cairo_restore(context) }
    cairo_translate(context, origin.x, origin.y)
    cairo_rotate(context, rotation)
    cairo_scale(context, scale, scale)
    try draw()
  }

  /// The nearest place where a line of `width` units lies exactly on pixels; unchanged on vector pictures.
  public func snapped(_ position: Double, width: Double) -> Double {
    guard isRaster else { return position }
    let pixels = max((width * scale).rounded(), 1)
    let half = pixels.truncatingRemainder(dividingBy: 2) / 2
    return ((position * scale - half).rounded() + half) / scale
  }

  /// The nearest place between two pixels; unchanged on vector pictures.
  public func snappedEdge(_ position: Double) -> Double {
    isRaster ? (position * scale).rounded() / scale : position
  }

  // MARK: Cairo

  func setSource(_ color: Color) {
    cairo_set_source_rgba(context, color.red, color.green, color.blue, color.alpha)
  }

  private func apply(_ stroke: Stroke) {
    setSource(stroke.color)
    cairo_set_line_width(context, stroke.width)
    stroke.dash.withUnsafeBufferPointer { cairo_set_dash(context, $0.baseAddress, Int32($0.count), 0) }
    let cap =
      switch stroke.cap {
      case .butt: CAIRO_LINE_CAP_BUTT
      case .round: CAIRO_LINE_CAP_ROUND
      case .square: CAIRO_LINE_CAP_SQUARE
      }
    let join =
      switch stroke.join {
      case .miter: CAIRO_LINE_JOIN_MITER
      case .round: CAIRO_LINE_JOIN_ROUND
      case .bevel: CAIRO_LINE_JOIN_BEVEL
      }
    cairo_set_line_cap(context, cap)
    cairo_set_line_join(context, join)
  }

  func trace(_ path: Path) {
    cairo_new_path(context)
    for element in path.elements {
      switch element {
      case .move(let p): cairo_move_to(context, p.x, p.y)
      case .line(let p): cairo_line_to(context, p.x, p.y)
      case .curve(let a, let b, let p): cairo_curve_to(context, a.x, a.y, b.x, b.y, p.x, p.y)
      case .close: cairo_close_path(context)
      }
    }
  }
}

/// One glyph of one face.
struct GlyphKey: Hashable {
  var bold: Bool
  var glyph: Int
}
