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
  private var coverage: [Float]

  /// A clear square.
  init(side: Int) {
    self.side = side
    pixels = Array(repeating: 0, count: side * side)
    coverage = Array(repeating: 0, count: side + 2)
  }

  /// Lays a disc over what is there. A pixel is covered as far as sixteen lines through it are, each measured exactly.
  mutating func lay(_ color: Color, x: Double, y: Double, radius: Double) {
    guard color.alpha > 0 && radius > 0 else { return }
    let lines = 16
    let (cx, cy, square) = (Float(x), Float(y), Float(radius * radius))
    let (red, green, blue) = (Float(color.red), Float(color.green), Float(color.blue))
    let part = Float(color.alpha) / Float(lines)
    for row in 0..<side {
      // How the covered length changes from pixel to pixel: up where a line enters the disc, down where it leaves.
      for line in 0..<lines {
        let away = Float(row) + (Float(line) + 0.5) / Float(lines) - cy
        let half = square - away * away
        guard half > 0 else { continue }
        let reach = half.squareRoot()
        change(at: max(cx - reach, 0), by: part)
        change(at: min(cx + reach, Float(side)), by: -part)
      }
      var alpha: Float = 0
      for column in 0..<side {
        alpha += coverage[column]
        coverage[column] = 0
        guard alpha > 1e-4 else { continue }
        let below = pixels[row * side + column]
        let rest = 1 - min(alpha, 1)
        func channel(_ shift: UInt32, _ value: Float) -> UInt32 {
          UInt32(255 * alpha * value + rest * Float(below >> shift & 255) + 0.5) << shift
        }
        pixels[row * side + column] = channel(24, 1) | channel(16, red) | channel(8, green) | channel(0, blue)
      }
      coverage[side] = 0
      coverage[side + 1] = 0
    }
  }

  private mutating func change(at place: Float, by amount: Float) {
    let pixel = Int(place)
    let share = (place - Float(pixel)) * amount
    coverage[pixel] += amount - share
    coverage[pixel + 1] += share
  }
}
