public import Drawing

/// The drawing area of one plot: leads from numbers to places on the picture.
public struct PlotFrame: Sendable {
  /// The area between the axes.
  public let area: Rectangle
  /// The numbers at the left and the right edge.
  public let xLimits: ClosedRange<Double>
  /// The numbers at the bottom and the top edge.
  public let yLimits: ClosedRange<Double>
  /// The colours and sizes.
  public let theme: Theme

  private let xMap: Ruler
  private let yMap: Ruler

  init(
    area: Rectangle, x: Axis, xLimits: ClosedRange<Double>, y: Axis, yLimits: ClosedRange<Double>, theme: Theme
  ) {
    self.area = area
    self.xLimits = xLimits
    self.yLimits = yLimits
    self.theme = theme
    xMap = Ruler(x, xLimits, from: area.x, to: area.right)
    yMap = Ruler(y, yLimits, from: area.bottom, to: area.y)
  }

  /// The place of a pair of numbers; not-a-number where an axis cannot show it.
  public func point(_ x: Double, _ y: Double) -> Point { Point(xMap.place(x), yMap.place(y)) }

  /// The horizontal place of a number.
  public func x(_ value: Double) -> Double { xMap.place(value) }

  /// The vertical place of a number.
  public func y(_ value: Double) -> Double { yMap.place(value) }

  /// The numbers at a place on the picture.
  public func numbers(at point: Point) -> (x: Double, y: Double) { (xMap.value(point.x), yMap.value(point.y)) }

  /// The rectangle between two corners given in numbers.
  public func rectangle(x: ClosedRange<Double>, y: ClosedRange<Double>) -> Rectangle {
    let a = point(x.lowerBound, y.lowerBound)
    let b = point(x.upperBound, y.upperBound)
    return Rectangle(left: min(a.x, b.x), top: min(a.y, b.y), right: max(a.x, b.x), bottom: max(a.y, b.y))
  }
}

/// Leads from numbers to places along one axis.
struct Ruler: Sendable {
  private let scale: Scale
  private let start: Double
  private let low: Double
  private let perUnit: Double

  init(_ axis: Axis, _ limits: ClosedRange<Double>, from: Double, to: Double) {
    scale = axis.scale
    low = axis.scale.forward(limits.lowerBound)
    let high = axis.scale.forward(limits.upperBound)
    start = axis.isReversed ? to : from
    let end = axis.isReversed ? from : to
    perUnit = high > low ? (end - start) / (high - low) : 0
  }

  func place(_ value: Double) -> Double {
    let place = start + (scale.forward(value) - low) * perUnit
    // Cairo counts in 24-bit pixels: what lies far outside only has to stay outside.
    return min(max(place, -1e5), 1e5) + (place - place)
  }

  func value(_ place: Double) -> Double { scale.inverse(perUnit == 0 ? low : low + (place - start) / perUnit) }
}
