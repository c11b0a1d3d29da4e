internal import CCairo

extension Canvas {
  /// Draws a disc with a line around it, half of which lies inside. The line's dashes are not drawn.
  ///
  /// Plots have hundreds of small discs, and Cairo takes longer to prepare the filling of a path than to fill it: on
  /// pixels a small disc is computed here, together with its line, and laid over the picture.
  public func disc(at center: Point, radius: Double, _ color: Color, outline: Stroke? = nil) {
    let edge = (outline?.width ?? 0) / 2
    let back = outline?.color ?? .clear
    var matrix = cairo_matrix_t()
    cairo_get_matrix(context, &matrix)
    let pixels = (matrix.xx * matrix.xx + matrix.yx * matrix.yx).squareRoot()
    let reach = (radius + edge) * pixels
    guard isRaster && reach > 0 && reach <= Stamp.largestRadius else {
      fill(Path(circle: center, radius: radius + edge), back)
      if radius > edge { fill(Path(circle: center, radius: radius - edge), color) }
      return
    }
    var (x, y) = (center.x, center.y)
    cairo_matrix_transform_point(&matrix, &x, &y)
    guard abs(x) < 1e5 && abs(y) < 1e5 else { return }
    let (left, top) = ((x - reach).rounded(.down), (y - reach).rounded(.down))
    let side = Int((max(x + reach - left, y + reach - top)).rounded(.up))
    var stamp = Stamp(side: side)
    stamp.lay(back, x: x - left, y: y - top, radius: reach)
    stamp.lay(color, x: x - left, y: y - top, radius: (radius - edge) * pixels)
    stamp.pixels.withUnsafeMutableBytes { memory in
      let bytes = memory.baseAddress?.assumingMemoryBound(to: UInt8.self)
      let source = cairo_image_surface_create_for_data(
        bytes, CAIRO_FORMAT_ARGB32, Int32(side), Int32(side), Int32(4 * side))
      cairo_save(context)
      cairo_identity_matrix(context)
      cairo_set_source_surface(context, source, left, top)
      cairo_paint(context)
      cairo_restore(context)
      // The memory ends here, whoever still holds the surface.
      cairo_surface_finish(source)
      cairo_surface_destroy(source)
    }
  }
}

/// A small square of pixels on which discs lie over each other.
struct Stamp {
  /// Larger discs are worth Cairo's trouble.
  static let largestRadius = 32.0

  /// The pixels in a row and in a column.
  let side: Int
  /// The words of the picture, row by row.
  var pixels: [UInt32]

  /// A clear square.
  init(side: Int) {
    self.side = side
    pixels = Array(repeating: 0, count: side * side)
  }

  /// Lays a disc over what is there. A pixel is covered as far as eight lines through it are, each measured exactly.
  mutating func lay(_ color: Color, x: Double, y: Double, radius: Double) {
    guard color.alpha > 0 && radius > 0 else { return }
    pixels.withUnsafeMutableBufferPointer { pixels in
      // How the covered length changes from pixel to pixel: up where a line enters the disc, down where it leaves.
      withUnsafeTemporaryAllocation(of: Float.self, capacity: side + 2) { changes in
        changes.initialize(repeating: 0)
        for row in 0..<side {
          Stamp.measure(Float(x), Float(y) - Float(row), radius, Float(color.alpha) / 8, side, changes)
          Stamp.lay(color, changes, UnsafeMutableBufferPointer(rebasing: pixels[row * side..<(row + 1) * side]))
        }
      }
    }
  }

  /// Adds the changes along eight lines through a row of pixels.
  private static func measure(
    _ x: Float, _ y: Float, _ radius: Double, _ part: Float, _ side: Int, _ changes: UnsafeMutableBufferPointer<Float>
  ) {
    func change(at place: Float, by amount: Float) {
      let pixel = Int(place)
      let share = (place - Float(pixel)) * amount
      changes[pixel] += amount - share
      changes[pixel + 1] += share
    }
    let away = SIMD8<Float>(0.5, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5) / 8 - y
    let half = Float(radius * radius) - away * away
    let reach = half.replacing(with: 0, where: half .< 0).squareRoot()
    for line in 0..<8 where reach[line] > 0 {
      change(at: max(x - reach[line], 0), by: part)
      change(at: min(x + reach[line], Float(side)), by: -part)
    }
  }

  /// Lays a colour over a row of pixels as far as the changes cover them, and clears the changes.
  private static func lay(
    _ color: Color, _ changes: UnsafeMutableBufferPointer<Float>, _ pixels: UnsafeMutableBufferPointer<UInt32>
  ) {
    let own = color.opacity(1).pixel
    var alpha: Float = 0
    for column in pixels.indices {
      alpha += changes[column]
      guard alpha > 1e-4 else { continue }
      let share = UInt32(min(alpha, 1) * 256 + 0.5)
      // Two channels of a pixel at a time, with room above each.
      func mixed(_ shift: UInt32) -> UInt32 {
        let (new, old) = (own >> shift & 0xff00ff, pixels[column] >> shift & 0xff00ff)
        return (new * share + old * (256 - share) + 0x800080) >> 8 & 0xff00ff
      }
      pixels[column] = mixed(8) << 8 | mixed(0)
    }
    changes.update(repeating: 0)
  }
}
