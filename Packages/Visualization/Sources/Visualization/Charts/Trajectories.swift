public import Plotting
internal import Drawing

/// The ways that optimizers took over the contours of a function of two variables.
public struct Trajectories: Chart, Sendable {
  /// The way of one optimizer.
  public struct Way: Hashable, Sendable {
    /// The name in the legend.
    public var name: String
    /// The places it visited, first to last.
    public var points: [PlanePoint]

    /// A way from its places.
    public init(_ name: String, _ points: [PlanePoint]) {
      self.name = name
      self.points = points
    }
  }

  /// The function, sampled.
  public var grid: Grid
  /// The ways.
  public var ways: [Way]
  /// Special places with their names: minima and saddles.
  public var marks: [(name: String, place: PlanePoint)]
  /// The title.
  public var title: String
  /// The names of the two variables.
  public var labels: (x: String, y: String)
  /// Whether the contour values grow by factors, for functions that are never negative.
  public var isLogarithmic: Bool
  /// The colours and sizes.
  public var theme: Theme

  /// Ways over a sampled function.
  public init(
    over grid: Grid, _ ways: [Way], marks: [(name: String, place: PlanePoint)] = [], title: String = "",
    labels: (x: String, y: String) = ("x", "y"), isLogarithmic: Bool = false, theme: Theme = .light
  ) {
    self.grid = grid
    self.ways = ways
    self.marks = marks
    self.title = title
    self.labels = labels
    self.isLogarithmic = isLogarithmic
    self.theme = theme
  }

  public var figure: Figure {
    Figure(width: 680, height: 520, theme: theme) { axes in
      axes.title = title
      axes.x = Axis(label: labels.x, limits: grid.x)
      axes.y = Axis(label: labels.y, limits: grid.y)
      let map = ColorMap.gray.reversed.faded(theme.background.luminance > 0.5 ? 0.32 : 0.5, over: theme.background)
      let levels = self.levels
      let isDark = theme.background.luminance < 0.5
      let limits = isLogarithmic ? (levels.first ?? 1)...(levels.last ?? 10) : grid.range
      axes.filledContours(
        grid, levels: levels, map: isDark ? map.reversed : map, limits: limits, isLogarithmic: isLogarithmic,
        label: "loss")
      axes.contours(grid, levels: levels, color: theme.ink.opacity(0.25), width: 0.8)
      for (index, way) in ways.enumerated() {
        let color = theme.color(index)
        let x = way.points.map(\.x)
        let y = way.points.map(\.y)
        axes.line(x, y, color: theme.background.opacity(0.8), width: 4)
        axes.line(x, y, label: way.name, color: color, width: 2, marker: x.count <= 60 ? .circle : nil, markerSize: 4.5)
        if let end = way.points.last { axes.scatter([end.x], [end.y], color: color, size: 9) }
      }
      if let start = ways.first?.points.first {
        axes.scatter([start.x], [start.y], label: "start", color: theme.ink, shape: .square, size: 9)
      }
      for mark in marks {
        axes.scatter(
          [mark.place.x], [mark.place.y], label: mark.name, color: theme.color(1), shape: .star, size: 13,
          edge: theme.ink)
      }
    }
  }

  /// About twelve values: equal steps of the root, which shows flat valleys as well as steep walls, or equal factors.
  private var levels: [Double] {
    let range = grid.range
    if isLogarithmic {
      let high = Scale.logarithmic.forward(range.upperBound)
      let low = max(Scale.logarithmic.forward(max(range.lowerBound, 1e-300)), high - 6)
      return (0...12).map { Scale.logarithmic.inverse(low + (high - low) * Double($0) / 12) }
    }
    return (1...12).map { step in
      let share = Double(step) / 12
      return range.lowerBound + (range.upperBound - range.lowerBound) * share * share
    }
  }
}
