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
    let image = pixels(columns, rows, mirrored: left.x > right.x, upright: left.y < right.y)
    canvas.image(image, in: snapped, .nearest)
  }

  public var colorScale: ColorScale? { hasColorBar ? scale : nil }

  public var fillsFrame: Bool { true }

  /// One colour per pixel of the picture, from the number interpolated there: colour steps stay sharp at any size,
  /// which stretching a small coloured image would blur.
  private func pixels(_ width: Int, _ height: Int, mirrored: Bool, upright: Bool) -> Image {
    let xs = Interpolator(pixels: width, samples: grid.columns, reversed: mirrored)
    let ys = Interpolator(pixels: height, samples: grid.rows, reversed: !upright)
    let low = scale.limits.lowerBound
    let high = scale.limits.upperBound
    let perUnit = high > low ? 1 / (high - low) : 0
    let isLinear = !scale.isLogarithmic
    var output = [UInt32](repeating: 0, count: width * height)
    var line = [Double](repeating: 0, count: grid.columns)
    for row in 0..<height {
      let base = ys.index[row] * grid.columns
      let share = ys.share[row]
      for column in 0..<grid.columns {
        let lower = grid.values[base + column]
        line[column] = lower + share * (grid.values[base + grid.columns + column] - lower)
        if isLinear {
          line[column] = (line[column] - low) * perUnit
        } else {
          line[column] = scale.position(line[column])
        }
      }
      for column in 0..<width {
        let at = xs.index[column]
        output[row * width + column] = scale.map.pixel(line[at] + xs.share[column] * (line[at + 1] - line[at]))
      }
    }
    return Image(width: width, height: height, pixels: output)
  }
}

/// Which two samples lie around each pixel's middle, and how far it is from the first to the second.
private struct Interpolator {
  var index: [Int] = []
  var share: [Double] = []

  init(pixels: Int, samples: Int, reversed: Bool) {
    for pixel in 0..<pixels {
      let place = (Double(pixel) + 0.5) / Double(pixels)
      let at = (reversed ? 1 - place : place) * Double(samples - 1)
      let first = min(Int(at), samples - 2)
      index.append(first)
      share.append(at - Double(first))
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
