public import Drawing

/// A raster picture on the axes, its first row on top.
public struct PictureMark: Mark {
  /// The picture.
  public var image: Image
  /// The numbers at its left and right edge.
  public var x: ClosedRange<Double>
  /// The numbers at its lower and upper edge.
  public var y: ClosedRange<Double>
  /// How it is enlarged.
  public var interpolation: Interpolation

  /// A picture between four edges.
  public init(
    _ image: Image, x: ClosedRange<Double>, y: ClosedRange<Double>, _ interpolation: Interpolation = .nearest
  ) {
    self.image = image
    self.x = x
    self.y = y
    self.interpolation = interpolation
  }

  public func include(in bounds: inout DataBounds) { bounds.fill(x: x, y: y) }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    canvas.image(image, in: frame.rectangle(x: x, y: y), interpolation)
  }

  public var fillsFrame: Bool { true }
}

extension Axes {
  /// Adds a raster picture without ticks and with square pixels.
  public mutating func image(_ image: Image, interpolation: Interpolation = .nearest) {
    let width = Double(image.width)
    let height = Double(image.height)
    add(PictureMark(image, x: 0...max(width, 1), y: 0...max(height, 1), interpolation))
    aspect = .equal
    x.ticks = .none
    y.ticks = .none
  }
}

extension Image {
  /// A gray picture from numbers, row by row from the top: white for the lowest limit, black for the highest, or by
  /// another map.
  public init(
    gray values: [Double], width: Int, limits: ClosedRange<Double>? = nil, map: ColorMap = ColorMap.gray.reversed
  ) {
    guard width > 0 && values.count % width == 0 else {
      fatalError("Image: \(values.count) values do not fill rows of \(width)")
    }
    let scale = ColorScale(map, limits: limits ?? values.finiteRange)
    self.init(width: width, height: values.count / width, pixels: values.map { scale.color($0).pixel })
  }
}
