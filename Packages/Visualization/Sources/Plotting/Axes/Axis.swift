/// One of the two axes of a plot: its label, scale, limits and ticks.
public struct Axis: Hashable, Sendable {
  /// Which ticks an axis has.
  public enum TickStyle: Hashable, Sendable {
    /// Round numbers chosen to fit.
    case automatic
    /// None.
    case none
    /// Exactly these.
    case at([Tick])
  }

  /// The text along the axis.
  public var label: String
  /// How numbers are spread along it.
  public var scale: Scale
  /// The numbers at its two ends; chosen from the data if nil.
  public var limits: ClosedRange<Double>?
  /// Which ticks it has.
  public var ticks: TickStyle
  /// Whether lines run across the plot at its labelled ticks.
  public var hasGrid: Bool
  /// Whether it runs from the right to the left, or from the top to the bottom.
  public var isReversed: Bool
  /// How much room is left beside the data when the limits are automatic, as a part of the axis.
  public var padding: Double

  /// An axis, by default linear with automatic limits and ticks.
  public init(label: String = "", scale: Scale = .linear, limits: ClosedRange<Double>? = nil) {
    self.label = label
    self.scale = scale
    self.limits = limits
    ticks = .automatic
    hasGrid = true
    isReversed = false
    padding = 0.04
  }

  /// Names at the numbers 0, 1, 2, …: for bars and matrices.
  public static func categories(_ names: [String], label: String = "") -> Axis {
    var axis = Axis(label: label)
    axis.ticks = .at(names.enumerated().map { Tick(Double($0.offset), $0.element) })
    axis.hasGrid = false
    return axis
  }

  /// The limits to draw with: given, or the data's with some room, or 0…1 without data.
  func resolvedLimits(_ data: DataBounds.Extent) -> ClosedRange<Double> {
    if let limits, limits.upperBound > limits.lowerBound, scale.shows(limits.lowerBound),
      scale.shows(limits.upperBound)
    {
      return limits
    }
    guard data.low <= data.high else { return scale == .logarithmic ? 0.1...10 : 0...1 }
    var low = scale.forward(data.low)
    var high = scale.forward(data.high)
    let smallest = max(abs(low), abs(high)) * 1e-9
    if high - low <= smallest {
      let room = scale == .linear ? max(abs(low) * 0.05, smallest > 0 ? 0 : 0.5) : 0.5
      return bounded(low - room)...bounded(high + room)
    }
    let room = (high - low) * padding
    if !data.sticky.contains(data.low) { low -= room }
    if !data.sticky.contains(data.high) { high += room }
    return bounded(low)...bounded(high)
  }

  /// The number at a place, kept where ticks and distances can still be computed.
  private func bounded(_ place: Double) -> Double {
    let value = min(max(scale.inverse(place), -1e306), 1e306)
    return scale == .logarithmic ? max(value, 1e-306) : value
  }
}

/// The part of the plane that the data of a plot covers.
public struct DataBounds: Sendable {
  /// The covered part of one axis.
  struct Extent: Sendable {
    var low = Double.infinity
    var high = -Double.infinity
    /// Ends at which no room is left, such as the foot of bars and the edges of images.
    var sticky: Set<Double> = []
    let scale: Scale

    mutating func include(_ value: Double) {
      guard scale.shows(value) else { return }
      low = min(low, value)
      high = max(high, value)
    }
  }

  var x: Extent
  var y: Extent

  init(x: Scale, y: Scale) {
    self.x = Extent(scale: x)
    self.y = Extent(scale: y)
  }

  /// Makes room for a point; numbers an axis cannot show are passed over.
  public mutating func include(x: Double, y: Double) {
    self.x.include(x)
    self.y.include(y)
  }

  /// Makes room for a number on the x axis.
  public mutating func include(x: Double) { self.x.include(x) }

  /// Makes room for a number on the y axis.
  public mutating func include(y: Double) { self.y.include(y) }

  /// Asks for no room beyond a number of the x axis, if the data ends there.
  public mutating func stick(x: Double) { self.x.sticky.insert(x) }

  /// Asks for no room beyond a number of the y axis, if the data ends there.
  public mutating func stick(y: Double) { self.y.sticky.insert(y) }
}
