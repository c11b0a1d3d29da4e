public import Drawing

/// Separate points, each with its own colour and size if wanted.
public struct Scatter: Mark {
  /// The numbers along the x axis.
  public var x: [Double]
  /// The numbers along the y axis.
  public var y: [Double]
  /// The look shared by all points.
  public var marker: MarkerStyle
  /// One number per point that decides its colour through `scale`.
  public var values: [Double]?
  /// How `values` become colours.
  public var scale: ColorScale?
  /// One diameter per point.
  public var sizes: [Double]?
  /// The text in the legend; nil for none.
  public var label: String?

  /// Points that look alike.
  public init(_ x: [Double], _ y: [Double], _ marker: MarkerStyle, label: String? = nil) {
    guard x.count == y.count else {
      fatalError("Scatter: \(x.count) x and \(y.count) y numbers: give one y for each x")
    }
    self.x = x
    self.y = y
    self.marker = marker
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for (x, y) in zip(x, y) where x.isFinite && y.isFinite { bounds.include(x: x, y: y) }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    for index in x.indices {
      let point = frame.point(x[index], y[index])
      guard point.x.isFinite && point.y.isFinite else { continue }
      var style = marker
      if let values, let scale, index < values.count { style.color = scale.color(values[index]) }
      if let sizes, index < sizes.count { style.size = sizes[index] }
      guard frame.area.inset(by: -style.size).contains(point) else { continue }
      style.draw(at: point, on: canvas)
    }
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .marker(marker)) } }

  public var colorScale: ColorScale? { values == nil ? nil : scale }

  public func obstacles(in frame: PlotFrame) -> [Point] { zip(x, y).map { frame.point($0, $1) } }
}

extension Axes {
  /// Adds points, in the next colour of the theme unless one is given, with a thin edge in the background's colour.
  public mutating func scatter(
    _ x: [Double], _ y: [Double], label: String? = nil, color: Color? = nil, shape: MarkerStyle.Shape = .circle,
    size: Double = 8, edge: Color? = nil, sizes: [Double]? = nil
  ) {
    let outline = Stroke(edge ?? theme.background, width: 0.8)
    var mark = Scatter(
      x, y, MarkerStyle(shape, size: size, color: color ?? nextColor(), outline: outline), label: label)
    mark.sizes = sizes
    add(mark)
  }

  /// Adds points coloured by a number each, with a colour bar.
  public mutating func scatter(
    _ x: [Double], _ y: [Double], values: [Double], map: ColorMap? = nil, valueLabel: String = "",
    limits: ClosedRange<Double>? = nil, shape: MarkerStyle.Shape = .circle, size: Double = 8,
    sizes: [Double]? = nil
  ) {
    guard values.count == x.count else {
      fatalError("scatter: \(x.count) points and \(values.count) values: give one value for each point")
    }
    let outline = Stroke(theme.background, width: 0.8)
    var mark = Scatter(x, y, MarkerStyle(shape, size: size, color: theme.ink, outline: outline))
    mark.values = values
    mark.scale = ColorScale(map ?? theme.sequential, limits: limits ?? values.finiteRange, label: valueLabel)
    mark.sizes = sizes
    add(mark)
  }
}

extension [Double] {
  /// The smallest and the largest finite number; 0…1 if there is none.
  var finiteRange: ClosedRange<Double> {
    var low = Double.infinity
    var high = -Double.infinity
    for value in self where value.isFinite {
      low = Swift.min(low, value)
      high = Swift.max(high, value)
    }
    return low <= high ? low...high : 0...1
  }
}
