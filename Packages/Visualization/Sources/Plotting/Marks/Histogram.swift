public import Drawing
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Numbers counted in equal intervals.
public struct Histogram: Hashable, Sendable {
  /// The borders between the intervals: one more than there are counts.
  public let edges: [Double]
  /// How many numbers fell into each interval.
  public let counts: [Int]

  /// Counts the finite numbers. Without a number of bins their width follows Freedman and Diaconis (1981): twice the
  /// middle half's spread over the cube root of the count.
  public init(_ values: [Double], bins: Int? = nil, range: ClosedRange<Double>? = nil) {
    let sorted = values.filter(\.isFinite).sorted()
    var low = range?.lowerBound ?? sorted.first ?? 0
    var high = range?.upperBound ?? sorted.last ?? 1
    if high - low < 1e-300 {
      low -= 0.5
      high += 0.5
    }
    let bins = max(1, bins ?? Histogram.automaticBins(sorted, span: high - low))
    let width = (high - low) / Double(bins)
    edges = (0...bins).map { $0 == bins ? high : low + width * Double($0) }
    var counts = [Int](repeating: 0, count: bins)
    for value in sorted where value >= low && value <= high {
      let place = (value - low) / width
      // Only a range wider than the largest number gives no place.
      counts[place.isFinite ? min(Int(place), bins - 1) : bins - 1] += 1
    }
    self.counts = counts
  }

  private static func automaticBins(_ sorted: [Double], span: Double) -> Int {
    guard sorted.count > 1 else { return 1 }
    let quarter = sorted[sorted.count / 4]
    let threeQuarters = sorted[min(sorted.count * 3 / 4, sorted.count - 1)]
    let width = 2 * (threeQuarters - quarter) / cbrt(Double(sorted.count))
    return width > 0 ? max(Int(min(span / width, 120).rounded(.up)), 5) : 10
  }

  /// The middles of the intervals.
  public var centers: [Double] { zip(edges, edges.dropFirst()).map { ($0 + $1) / 2 } }

  /// The counts divided so that the area is 1.
  public var density: [Double] {
    let total = Double(max(counts.reduce(0, +), 1))
    return counts.indices.map { Double(counts[$0]) / total / (edges[$0 + 1] - edges[$0]) }
  }
}

/// A histogram drawn as one outline with a pale filling, so that several can lie over each other.
public struct Steps: Mark {
  /// The borders between the steps.
  public var edges: [Double]
  /// The height of each step.
  public var heights: [Double]
  /// The colour of the outline.
  public var color: Color
  /// The opacity of the filling.
  public var fill: Double
  /// The text in the legend; nil for none.
  public var label: String?

  /// Steps from one more edges than heights.
  public init(edges: [Double], heights: [Double], color: Color, fill: Double = 0.25, label: String? = nil) {
    guard edges.count == heights.count + 1 else {
      fatalError("Steps: \(edges.count) edges and \(heights.count) heights: give one more edge than heights")
    }
    self.edges = edges
    self.heights = heights
    self.color = color
    self.fill = fill
    self.label = label
  }

  public func include(in bounds: inout DataBounds) {
    for edge in edges { bounds.include(x: edge) }
    for height in heights { bounds.include(y: height) }
    bounds.include(y: 0)
    bounds.stick(y: 0)
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    let outline = points(frame)
    canvas.fill(Path(through: outline, closed: true), color.opacity(fill))
    canvas.stroke(Path(through: outline), Stroke(color, width: 1.4, join: .miter))
  }

  public var legendEntry: LegendEntry? { label.map { LegendEntry($0, .area(color.opacity(max(fill, 0.5)))) } }

  public func obstacles(in frame: PlotFrame) -> [Point] { Polyline.samples(points(frame)) }

  private func points(_ frame: PlotFrame) -> [Point] {
    func height(_ value: Double) -> Double {
      let y = frame.y(value)
      return y.isFinite ? y : frame.area.bottom
    }
    var result = [Point(frame.x(edges[0]), height(0))]
    for (index, value) in heights.enumerated() {
      result.append(Point(frame.x(edges[index]), height(value)))
      result.append(Point(frame.x(edges[index + 1]), height(value)))
    }
    result.append(Point(frame.x(edges[heights.count]), height(0)))
    return result
  }
}

extension Axes {
  /// Adds the histogram of some numbers; as a density if the area should be 1.
  public mutating func histogram(
    _ values: [Double], bins: Int? = nil, range: ClosedRange<Double>? = nil, density: Bool = false,
    label: String? = nil, color: Color? = nil
  ) {
    let histogram = Histogram(values, bins: bins, range: range)
    let heights = density ? histogram.density : histogram.counts.map { Double($0) }
    add(Steps(edges: histogram.edges, heights: heights, color: color ?? nextColor(), label: label))
  }
}
