public import Drawing

/// The area between two lines, for spreads such as the range over seeds.
public struct Band: Mark {
  /// The numbers along the x axis.
  public var x: [Double]
  /// The lower edge.
  public var low: [Double]
  /// The upper edge.
  public var high: [Double]
  /// The colour of the area.
  public var color: Color
  /// The text in the legend; nil for none.
  public var label: String?

  /// A band from as many edges as x numbers.
  public init(_ x: [Double], low: [Double], high: [Double], color: Color, label: String? = nil) {
    guard x.count == low.count && x.count == high.count else {
      fatalError("Band: \(x.count) x, \(low.count) lower and \(high.count) upper numbers: give one of each")
    }
    self.x = x
    self.low = low
    self.high = high
    self.color = color
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for index in x.indices where x[index].isFinite {
      bounds.include(x: x[index], y: low[index])
      bounds.include(x: x[index], y: high[index])
    }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    var upper: [Point] = []
    var lower: [Point] = []
    func flush() {
      if upper.count > 1 { canvas.fill(Path(through: upper + lower.reversed(), closed: true), color) }
      upper = []
      lower = []
    }
    for index in x.indices {
      let top = frame.point(x[index], high[index])
      // On a logarithmic axis a lower edge at or below zero reaches down to the frame.
      var bottom = frame.point(x[index], low[index])
      if bottom.y.isNaN && !low[index].isNaN { bottom = Point(top.x, frame.area.bottom) }
      if top.y.isFinite && bottom.y.isFinite && top.x.isFinite {
        upper.append(top)
        lower.append(bottom)
      } else {
        flush()
      }
    }
    flush()
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .area(color)) } }

  public func obstacles(in frame: PlotFrame) -> [Point] {
    Polyline.samples(x.indices.map { frame.point(x[$0], high[$0]) }, step: 16)
      + Polyline.samples(x.indices.map { frame.point(x[$0], low[$0]) }, step: 16)
  }
}

extension Axes {
  /// Adds the area between two lines, pale in the colour that the next line will take unless one is given.
  public mutating func band(
    _ x: [Double], low: [Double], high: [Double], label: String? = nil, color: Color? = nil, opacity: Double = 0.2
  ) {
    add(Band(x, low: low, high: high, color: (color ?? upcomingColor).opacity(opacity), label: label))
  }
}
