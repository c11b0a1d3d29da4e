public import Drawing

/// One plot: two axes and what is drawn between them.
public struct Axes: Sendable {
  /// How the lengths of the units of both axes relate.
  public enum Aspect: Hashable, Sendable {
    /// The plot fills the room it has.
    case free
    /// A unit has the same length on both axes.
    case equal
  }

  /// Where the legend stands.
  public enum LegendPlace: Hashable, Sendable {
    /// In the corner or at the side with the least data below; outside if all are full.
    case automatic
    /// Beside the plot.
    case outside
    /// At a fixed place inside.
    case inside(Anchor)
    /// Nowhere.
    case none
  }

  /// The lines around the plot.
  public enum Border: Hashable, Sendable {
    /// Closed around images and heat maps, else open.
    case automatic
    /// On all four sides.
    case closed
    /// Left and below.
    case open
    /// None.
    case none
  }

  /// The title above the plot.
  public var title = ""
  /// The axis below the plot.
  public var x = Axis()
  /// The axis left of the plot.
  public var y = Axis()
  /// Where the legend stands.
  public var legend = LegendPlace.automatic
  /// How the lengths of the units relate.
  public var aspect = Aspect.free
  /// The lines around the plot.
  public var border = Border.automatic
  /// The colours and sizes.
  public internal(set) var theme: Theme
  /// What is drawn, first to last.
  public private(set) var marks: [any Mark] = []

  private var colorsUsed = 0

  /// An empty plot.
  public init(theme: Theme = .light) { self.theme = theme }

  /// Adds something to draw above what was added before.
  public mutating func add(_ mark: some Mark) { marks.append(mark) }

  /// Takes the next colour of the theme's cycle.
  public mutating func nextColor() -> Color {
    defer { colorsUsed += 1 }
    return theme.color(colorsUsed)
  }

  /// The colour that the next line will take.
  public var upcomingColor: Color { theme.color(colorsUsed) }

  /// The part of the plane the data covers.
  var bounds: DataBounds {
    var bounds = DataBounds(x: x.scale, y: y.scale)
    for mark in marks { mark.include(in: &bounds) }
    return bounds
  }

  /// The legend's entries in drawing order.
  var legendEntries: [LegendEntry] { marks.compactMap(\.legendEntry) }

  /// The scale of the colour bar: that of the last mark that has one.
  var colorScale: ColorScale? { marks.compactMap(\.colorScale).last }

  /// Whether a closed border is drawn.
  var hasClosedBorder: Bool {
    switch border {
    case .automatic: marks.contains { $0.fillsFrame }
    case .closed: true
    case .open, .none: false
    }
  }
}
