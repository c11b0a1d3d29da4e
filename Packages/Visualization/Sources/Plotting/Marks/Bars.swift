public import Drawing

/// Upright bars, each from a foot to a height.
public struct Bars: Mark {
  /// The middles of the bars along the x axis.
  public var x: [Double]
  /// The heights.
  public var heights: [Double]
  /// Where the bars stand.
  public var feet: [Double]
  /// The width of a bar in numbers of the x axis.
  public var width: Double
  /// The colour of the bars.
  public var color: Color
  /// Whether the height is written over each bar.
  public var showsValues: Bool
  /// The text in the legend; nil for none.
  public var label: String?

  /// Bars that stand on zero.
  public init(_ x: [Double], _ heights: [Double], width: Double, color: Color, label: String? = nil) {
    guard x.count == heights.count else {
      fatalError("Bars: \(x.count) places and \(heights.count) heights: give one height for each place")
    }
    self.x = x
    self.heights = heights
    feet = Array(repeating: 0, count: x.count)
    self.width = width
    self.color = color
    showsValues = false
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for index in x.indices {
      bounds.include(x: x[index] - width / 2, y: feet[index])
      bounds.include(x: x[index] + width / 2, y: heights[index])
      bounds.stick(y: feet[index])
      // Room for the value above the bar.
      if showsValues { bounds.include(y: heights[index] + 0.06 * (heights[index] - feet[index])) }
    }
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let decimals = NumberText.decimals(of: heights)
    for index in x.indices {
      let bar = rectangle(index, frame)
      guard bar.width.isFinite && bar.height.isFinite else { continue }
      let left = canvas.snappedEdge(bar.x)
      let right = max(canvas.snappedEdge(bar.right), left + 1 / canvas.scale)
      canvas.fill(Path(Rectangle(left: left, top: bar.y, right: right, bottom: bar.bottom)), color)
      guard showsValues else { continue }
      let below = heights[index] < feet[index]
      let style = TextStyle(size: frame.theme.smallText, color: frame.theme.softInk)
      canvas.text(
        NumberText.fixed(heights[index], decimals: decimals),
        at: Point(bar.center.x, below ? bar.bottom + 4 : bar.y - 4), style,
        Anchor(.center, below ? .top : .bottom))
    }
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .area(color)) } }

  public func obstacles(in frame: PlotFrame) -> [Point] {
    x.indices.flatMap { index -> [Point] in
      let bar = rectangle(index, frame)
      let corners = [
        Point(bar.x, bar.bottom), Point(bar.x, bar.y), Point(bar.right, bar.y), Point(bar.right, bar.bottom),
      ]
      return Polyline.samples(corners + [bar.center])
    }
  }

  private func rectangle(_ index: Int, _ frame: PlotFrame) -> Rectangle {
    var foot = feet[index]
    // A logarithmic axis has no zero: the bars stand on the frame.
    if frame.y(foot).isNaN { foot = frame.yLimits.lowerBound }
    let a = frame.point(x[index] - width / 2, foot)
    let b = frame.point(x[index] + width / 2, heights[index])
    return Rectangle(left: min(a.x, b.x), top: min(a.y, b.y), right: max(a.x, b.x), bottom: max(a.y, b.y))
  }
}

extension Axes {
  /// Adds bars at 0, 1, 2, …; several sets stand side by side if `of` says how many there are and `set` which one
  /// this is.
  public mutating func bars(
    _ heights: [Double], label: String? = nil, color: Color? = nil, set: Int = 0, of sets: Int = 1,
    width: Double = 0.78, showsValues: Bool = false
  ) {
    let single = width / Double(sets)
    let shift = (Double(set) - Double(sets - 1) / 2) * single
    var mark = Bars(
      heights.indices.map { Double($0) + shift }, heights, width: single * (sets > 1 ? 0.92 : 1),
      color: color ?? nextColor(), label: label)
    mark.showsValues = showsValues
    add(mark)
  }
}
