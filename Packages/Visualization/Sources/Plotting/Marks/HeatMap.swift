public import Drawing

/// A grid of numbers as colours that change evenly between its crossings.
public struct HeatMap: Mark {
  /// The numbers.
  public var grid: Grid
  /// How numbers become colours.
  public var scale: ColorScale
  /// Whether a colour bar stands beside the plot.
  public var hasColorBar: Bool

  /// A heat map.
  public init(_ grid: Grid, _ scale: ColorScale, hasColorBar: Bool = true) {
    self.grid = grid
    self.scale = scale
    self.hasColorBar = hasColorBar
  }

  public func include(in bounds: inout DataBounds) { bounds.fill(x: grid.x, y: grid.y) }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let area = frame.rectangle(x: grid.x, y: grid.y)
    let columns = Int((area.width * canvas.scale).rounded())
    let rows = Int((area.height * canvas.scale).rounded())
    guard columns > 0 && rows > 0 && columns <= 32_767 && rows <= 32_767 else { return }
    let left = frame.point(grid.x.lowerBound, grid.y.lowerBound)
    let right = frame.point(grid.x.upperBound, grid.y.upperBound)
    let snapped = Rectangle(
      x: canvas.snappedEdge(area.x), y: canvas.snappedEdge(area.y), width: Double(columns) / canvas.scale,
      height: Double(rows) / canvas.scale)
    let shading = Shading(self, columns, rows, mirrored: left.x > right.x, upright: left.y < right.y)
    // Bands stay in the caches and reuse the same memory; a vector file gets one picture.
    let most = canvas.isRaster ? 96 : rows
    for top in stride(from: 0, to: rows, by: most) {
      let height = min(most, rows - top)
      let image = Image(width: columns, height: height) { row, pixels in shading.shade(top + row, &pixels) }
      let place = Rectangle(
        x: snapped.x, y: snapped.y + Double(top) / canvas.scale, width: snapped.width,
        height: Double(height) / canvas.scale)
      canvas.image(image, in: place, .nearest)
    }
  }

  public var colorScale: ColorScale? { hasColorBar ? scale : nil }

  public var fillsFrame: Bool { true }
}

/// One colour per pixel of the picture, from the number interpolated there: colour steps stay sharp at any size, which
/// stretching a small coloured image would blur.
private struct Shading: Sendable {
  private let grid: Grid
  private let scale: ColorScale
  private let xs: [Neighbours]
  private let ys: [Neighbours]

  init(_ map: HeatMap, _ width: Int, _ height: Int, mirrored: Bool, upright: Bool) {
    grid = map.grid
    scale = map.scale
    xs = Neighbours.between(grid.columns, pixels: width, reversed: mirrored)
    ys = Neighbours.between(grid.rows, pixels: height, reversed: !upright)
  }

  /// Sets the pixels of a row, counted from the top.
  func shade(_ index: Int, _ pixels: inout MutableSpan<UInt32>) {
    let colors = scale.map.pixels
    let top = Double(colors.count - 1)
    // The row of the picture between two rows of the grid, already as places in the table of colours.
    var line = grid.interpolated(ys[index].index, ys[index].share)
    if scale.isLogarithmic {
      for column in line.indices { line[column] = top * scale.position(line[column]) }
    } else {
      let (low, high) = (scale.limits.lowerBound, scale.limits.upperBound)
      let factor = high > low ? top / (high - low) : 0
      for column in line.indices { line[column] = (line[column] - low) * factor }
    }
    for (pixel, column) in xs.enumerated() {
      let left = line[column.index]
      let place = left + column.share * (line[column.index + 1] - left)
      // What is not a number stays transparent.
      if place == place { pixels[pixel] = colors[Int(min(max(place, 0), top) + 0.5)] }
    }
  }
}

/// The first of the two samples around a pixel's middle, and how far it is from there to the second.
private struct Neighbours: Sendable {
  var index: Int
  var share: Double

  /// One entry per pixel.
  static func between(_ samples: Int, pixels: Int, reversed: Bool) -> [Neighbours] {
    (0..<pixels).map { pixel in
      let place = (Double(pixel) + 0.5) / Double(pixels)
      let at = (reversed ? 1 - place : place) * Double(samples - 1)
      let first = min(Int(at), samples - 2)
      return Neighbours(index: first, share: at - Double(first))
    }
  }
}

extension Grid {
  /// The numbers between a row and the next.
  fileprivate func interpolated(_ row: Int, _ share: Double) -> [Double] {
    let lower = values[row * columns..<(row + 1) * columns]
    let upper = values[(row + 1) * columns..<(row + 2) * columns]
    return lower.withUnsafeBufferPointer { lower in
      upper.withUnsafeBufferPointer { upper in
        [Double](unsafeUninitializedCapacity: columns) { line, count in
          for column in 0..<columns { line[column] = lower[column] + share * (upper[column] - lower[column]) }
          count = columns
        }
      }
    }
  }
}

extension DataBounds {
  /// Makes room for a rectangle that should reach the edges of the frame.
  mutating func fill(x: ClosedRange<Double>, y: ClosedRange<Double>) {
    include(x: x.lowerBound, y: y.lowerBound)
    include(x: x.upperBound, y: y.upperBound)
    for edge in [x.lowerBound, x.upperBound] { stick(x: edge) }
    for edge in [y.lowerBound, y.upperBound] { stick(y: edge) }
  }
}

extension Axes {
  /// Adds a grid as a heat map with a colour bar.
  public mutating func heatMap(
    _ grid: Grid, map: ColorMap? = nil, limits: ClosedRange<Double>? = nil, isLogarithmic: Bool = false,
    label: String = "", colorBar: Bool = true
  ) {
    let scale = ColorScale(
      map ?? theme.sequential, limits: limits ?? grid.range, isLogarithmic: isLogarithmic, label: label)
    add(HeatMap(grid, scale, hasColorBar: colorBar))
  }
}
