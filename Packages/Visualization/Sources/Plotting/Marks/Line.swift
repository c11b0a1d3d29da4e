public import Drawing

/// A line through data points, with markers if wanted; gaps appear where a number cannot be shown.
public struct Line: Mark {
  /// The numbers along the x axis.
  public var x: [Double]
  /// The numbers along the y axis.
  public var y: [Double]
  /// The look of the line.
  public var stroke: Stroke
  /// Markers on the points; nil for none.
  public var marker: MarkerStyle?
  /// The text in the legend; nil for none.
  public var label: String?

  /// A line from as many x as y numbers.
  public init(_ x: [Double], _ y: [Double], _ stroke: Stroke, marker: MarkerStyle? = nil, label: String? = nil) {
    guard x.count == y.count else {
      fatalError("Line: \(x.count) x and \(y.count) y numbers: give one y for each x")
    }
    self.x = x
    self.y = y
    self.stroke = stroke
    self.marker = marker
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for (x, y) in zip(x, y) where x.isFinite && y.isFinite { bounds.include(x: x, y: y) }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    for run in Polyline.runs(points(frame)) {
      // A lone point between two gaps would vanish: it becomes a dot.
      if let only = run.first, run.count == 1 && marker == nil {
        canvas.fill(Path(circle: only, radius: stroke.width), stroke.color)
      }
      let seen = Polyline.thinned(run, width: 1 / canvas.scale)
      canvas.stroke(Path(through: seen), stroke)
    }
    guard let marker else { return }
    for point in points(frame) where frame.area.inset(by: -marker.size).contains(point) {
      marker.draw(at: point, on: canvas)
    }
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .line(stroke, marker)) } }

  public func obstacles(in frame: PlotFrame) -> [Point] { Polyline.samples(points(frame)) }

  private func points(_ frame: PlotFrame) -> [Point] { zip(x, y).map { frame.point($0, $1) } }
}

extension Axes {
  /// Adds a line through points, in the next colour of the theme unless one is given.
  public mutating func line(
    _ x: [Double], _ y: [Double], label: String? = nil, color: Color? = nil, width: Double? = nil,
    dash: [Double] = [], marker: MarkerStyle.Shape? = nil, markerSize: Double = 6
  ) {
    let color = color ?? nextColor()
    let stroke = Stroke(color, width: width ?? theme.lineWidth, dash: dash)
    let style = marker.map { MarkerStyle($0, size: markerSize, color: color) }
    add(Line(x, y, stroke, marker: style, label: label))
  }

  /// Adds a line through numbers at 1, 2, 3, … : one per epoch.
  public mutating func line(
    _ y: [Double], label: String? = nil, color: Color? = nil, width: Double? = nil, dash: [Double] = []
  ) {
    line((0..<y.count).map { Double($0 + 1) }, y, label: label, color: color, width: width, dash: dash)
  }

  /// Adds the graph of a function over a range.
  public mutating func function(
    over range: ClosedRange<Double>, samples: Int = 400, label: String? = nil, color: Color? = nil,
    width: Double? = nil, dash: [Double] = [], _ f: (Double) -> Double
  ) {
    let step = (range.upperBound - range.lowerBound) / Double(samples - 1)
    let x = (0..<samples).map { range.lowerBound + step * Double($0) }
    line(x, x.map(f), label: label, color: color, width: width, dash: dash)
  }
}
