public import Drawing

/// Something drawn between the axes: a line, points, a heat map. New kinds of plots conform to this.
public protocol Mark: Sendable {
  /// Makes room for the data.
  func include(in bounds: inout DataBounds)

  /// Draws the data; everything outside the frame is cut off.
  func draw(on canvas: Canvas, in frame: PlotFrame)

  /// What the legend says about the mark, if anything.
  var legendEntry: LegendEntry? { get }

  /// The scale for which a colour bar stands beside the plot, if any.
  var colorScale: ColorScale? { get }

  /// Places that the legend should not cover.
  func obstacles(in frame: PlotFrame) -> [Point]

  /// Whether the mark fills the whole frame like an image, so that a full border suits it and no grid is seen.
  var fillsFrame: Bool { get }
}

extension Mark {
  /// No entry.
  public var legendEntry: LegendEntry? { nil }
  /// No colour bar.
  public var colorScale: ColorScale? { nil }
  /// Nothing to avoid.
  public func obstacles(in frame: PlotFrame) -> [Point] { [] }
  /// Most marks leave the background visible.
  public var fillsFrame: Bool { false }
}

/// One line of a legend: a sample and a text.
public struct LegendEntry: Hashable, Sendable {
  /// The picture in front of the text.
  public enum Sample: Hashable, Sendable {
    /// A piece of a line, with a marker on it if there is one.
    case line(Stroke, MarkerStyle?)
    /// One marker.
    case marker(MarkerStyle)
    /// A filled box.
    case area(Color)
  }

  /// The text.
  public var label: String
  /// The sample.
  public var sample: Sample

  /// An entry from its text and its sample.
  public init(_ label: String, _ sample: Sample) {
    self.label = label
    self.sample = sample
  }
}

/// Breaks lines at places that cannot be shown and finds points along them.
enum Polyline {
  /// The runs of points between gaps.
  static func runs(_ points: [Point]) -> [[Point]] {
    var result: [[Point]] = []
    var run: [Point] = []
    for point in points {
      if point.x.isFinite && point.y.isFinite {
        run.append(point)
      } else if !run.isEmpty {
        result.append(run)
        run = []
      }
    }
    if !run.isEmpty { result.append(run) }
    return result
  }

  /// Points along the lines at most `step` apart, for placing the legend.
  static func samples(_ points: [Point], step: Double = 8) -> [Point] {
    var result: [Point] = []
    for run in runs(points) {
      guard var last = run.first else { continue }
      result.append(last)
      for point in run.dropFirst() {
        let distance = last.distance(to: point)
        guard distance >= step else { continue }
        let pieces = min((distance / step).rounded(.up), 400)
        for piece in 1...Int(pieces) {
          let share = Double(piece) / pieces
          result.append(last.moved((point.x - last.x) * share, (point.y - last.y) * share))
        }
        last = point
      }
    }
    return result
  }

  /// A line with many points per pixel thinned to what can be seen: in each column of `width` units the first, the
  /// lowest, the highest and the last point.
  static func thinned(_ points: [Point], width: Double) -> [Point] {
    guard points.count > 2000, zip(points, points.dropFirst()).allSatisfy({ $0.x <= $1.x }) else { return points }
    var result: [Point] = []
    var start = 0
    while start < points.count {
      let column = (points[start].x / width).rounded(.down)
      var end = start
      var lowest = start
      var highest = start
      while end < points.count && (points[end].x / width).rounded(.down) == column {
        if points[end].y < points[lowest].y { lowest = end }
        if points[end].y > points[highest].y { highest = end }
        end += 1
      }
      for index in Set([start, lowest, highest, end - 1]).sorted() { result.append(points[index]) }
      start = end
    }
    return result
  }
}
