internal import Drawing
public import Plotting

/// What a function of two inputs does around a set of data: the probability of a class, the regions of several classes,
/// or a surface, as colours behind the points.
public struct DecisionBoundary: Chart, Sendable {
  /// What the function says at every place.
  public enum Answer: Sendable {
    /// The probability of class 1.
    case probability(Grid)
    /// The probabilities of several classes, one grid each.
    case classes([Grid])
    /// A number to be predicted.
    case surface(Grid)

    /// The part of the plane that was asked.
    var window: (x: ClosedRange<Double>, y: ClosedRange<Double>) {
      switch self {
      case .probability(let grid), .surface(let grid): (grid.x, grid.y)
      case .classes(let grids): (grids[0].x, grids[0].y)
      }
    }
  }

  /// A data point.
  public struct Sample: Hashable, Sendable {
    /// Its place.
    public var place: PlanePoint
    /// Its class, or 0 for regression.
    public var label: Int
    /// Whether the function puts it into another class: it gets a ring.
    public var isMistaken: Bool
    /// Whether it was kept from training: it is drawn as a diamond.
    public var isTest: Bool
    /// The number to be predicted, for surfaces.
    public var target: Double?

    /// A data point.
    public init(
      _ place: PlanePoint, label: Int = 0, isMistaken: Bool = false, isTest: Bool = false, target: Double? = nil
    ) {
      self.place = place
      self.label = label
      self.isMistaken = isMistaken
      self.isTest = isTest
      self.target = target
    }
  }

  /// What the function says.
  public var answer: Answer
  /// The data points.
  public var samples: [Sample]
  /// The names of the classes.
  public var names: [String]
  /// The title.
  public var title = ""
  /// The names of the two inputs.
  public var labels: (x: String, y: String) = ("x₁", "x₂")
  /// Places to mark with their number, such as the corners of the boundary.
  public var corners: [PlanePoint] = []
  /// Dotted lines, such as the folds of the units.
  public var lines: [Affine] = []
  /// The radius of a dashed circle around the origin; nil for none.
  public var circle: Double?
  /// What each hidden unit says, drawn small beside the picture, with a name.
  public var units: [(name: String, grid: Grid)] = []
  /// The colours and sizes.
  public var theme: Theme

  /// A picture of an answer that is known already.
  public init(_ answer: Answer, samples: [Sample] = [], names: [String] = [], theme: Theme = .light) {
    if case .classes(let grids) = answer, grids.isEmpty {
      fatalError("DecisionBoundary: no classes: give one grid of probabilities for each")
    }
    self.answer = answer
    self.samples = samples
    self.names = names
    self.theme = theme
  }

  public var figure: Figure {
    // Folds and corners make a legend so long that it stands beside the plot.
    let width = lines.isEmpty && corners.isEmpty ? 720.0 : 860
    guard !units.isEmpty else {
      var figure = Figure(width: width, height: 660, theme: theme)
      plot(&figure.axes)
      return figure
    }
    let columns = (units.count + 3) / 4
    let rows = min(units.count, 4)
    var figure = Figure(
      rows: rows, columns: 1 + columns, width: width + 150 * Double(columns), height: 660, theme: theme)
    figure.columnWeights = [4] + Array(repeating: 1, count: columns)
    plot(&figure[rows: 0..<rows, columns: 0..<1])
    for (index, unit) in units.enumerated() {
      let cell = (index % rows, 1 + index / rows)
      let reach = max(abs(unit.grid.range.lowerBound), abs(unit.grid.range.upperBound), 1e-300)
      figure[cell.0, cell.1].heatMap(unit.grid, map: theme.diverging, limits: -reach...reach, colorBar: false)
      figure[cell.0, cell.1].title = unit.name
      figure[cell.0, cell.1].aspect = .equal
      figure[cell.0, cell.1].x.ticks = .none
      figure[cell.0, cell.1].y.ticks = .none
    }
    return figure
  }

  /// Draws everything into a plot, for figures with several of them.
  public func plot(_ axes: inout Axes, colorBar: Bool = true) {
    axes.title = title
    axes.x = Axis(label: labels.x, limits: answer.window.x)
    axes.y = Axis(label: labels.y, limits: answer.window.y)
    axes.aspect = .equal
    switch answer {
    case .probability(let grid):
      let scale = ColorScale(paleMap, limits: 0...1, label: "P(\(name(1)))")
      axes.add(HeatMap(grid, scale, hasColorBar: colorBar))
      axes.contours(grid, levels: [0.5], color: theme.ink, width: 1.6)
    case .classes(let grids):
      axes.add(PictureMark(regions(grids), x: grids[0].x, y: grids[0].y, .bilinear))
    case .surface(let grid):
      axes.add(
        HeatMap(grid, ColorScale(theme.sequential, limits: surfaceRange(grid), label: "output"), hasColorBar: colorBar))
    }
    addLines(&axes)
    addSamples(&axes)
    addCorners(&axes)
  }

  /// The colour of a class: blue and red for two, the theme's cycle for more.
  func color(_ label: Int) -> Color {
    if case .classes = answer { return theme.color(label) }
    return theme.color(label == 0 ? 0 : 3)
  }

  private func name(_ label: Int) -> String { names.indices.contains(label) ? names[label] : "class \(label)" }

  private var isOnPaper: Bool { theme.background.luminance > 0.5 }

  /// Pale enough that points of the full colours stand out on it.
  private var paleMap: ColorMap {
    let center = isOnPaper ? Color.white : theme.background
    let strongest = isOnPaper ? 0.62 : 0.45
    // An odd number of colours, so that one half has the colour of neither class.
    return ColorMap(
      colors: (-128...128).map { step in
        center.mixed(with: color(step < 0 ? 0 : 1), strongest * Double(abs(step)) / 128)
      })
  }

  private func surfaceRange(_ grid: Grid) -> ClosedRange<Double> {
    let targets = samples.compactMap(\.target)
    let low = min(grid.range.lowerBound, targets.min() ?? .infinity)
    let high = max(grid.range.upperBound, targets.max() ?? -.infinity)
    return low...high
  }

  /// Each place in the colour of its most probable class, the paler the less certain. White where all are equal.
  private func regions(_ grids: [Grid]) -> Image {
    let first = grids[0]
    let least = 1 / Double(grids.count)
    let strongest = isOnPaper ? 0.63 : 0.45
    // Mixing is slow, so every class gets a table of shades first.
    let shades = grids.indices.map { label in
      (0...255).map { theme.background.mixed(with: color(label), 0.08 + (strongest - 0.08) * Double($0) / 255).pixel }
    }
    return Image(width: first.columns, height: first.rows) { row, pixels in
      let row = first.rows - 1 - row
      for column in 0..<first.columns {
        var best = 0
        for label in grids.indices where grids[label][column, row] > grids[best][column, row] { best = label }
        let certainty = (grids[best][column, row] - least) / (1 - least)
        pixels[column] = shades[best][Int(min(max(certainty, 0), 1) * 255)]
      }
    }
  }

  // MARK: Points and lines

  private func addSamples(_ axes: inout Axes) {
    let pale = theme.background
    if case .surface(let grid) = answer {
      let range = surfaceRange(grid)
      axes.scatter(
        samples.map(\.place.x), samples.map(\.place.y), values: samples.map { $0.target ?? 0 }, valueLabel: "output",
        limits: range, size: 7)
      return
    }
    for label in Set(samples.map(\.label)).sorted() {
      for isTest in [false, true] {
        let some = samples.filter { $0.label == label && $0.isTest == isTest }
        guard !some.isEmpty else { continue }
        axes.scatter(
          some.map(\.place.x), some.map(\.place.y), label: name(label) + (isTest ? " (test)" : ""), color: color(label),
          shape: isTest ? .diamond : .circle, size: 6.5, edge: pale)
      }
    }
    let wrong = samples.filter(\.isMistaken)
    guard !wrong.isEmpty else { return }
    axes.scatter(
      wrong.map(\.place.x), wrong.map(\.place.y), label: "misclassified (\(wrong.count))", color: theme.ink,
      shape: .ring,
      size: 12, edge: .clear)
  }

  private func addLines(_ axes: inout Axes) {
    let reach =
      [answer.window.x.lowerBound, answer.window.x.upperBound, answer.window.y.lowerBound, answer.window.y.upperBound]
      .map { abs($0) }.max().map { 4 * $0 } ?? 1
    for (index, line) in lines.enumerated() {
      let length = (line.a * line.a + line.b * line.b).squareRoot()
      guard length > 0 else { continue }
      // From the foot of the origin along the line in both directions, beyond the window.
      let (nx, ny) = (line.a / length, line.b / length)
      let foot = PlanePoint(-nx * line.c / length, -ny * line.c / length)
      axes.line(
        [foot.x - ny * reach, foot.x + ny * reach], [foot.y + nx * reach, foot.y - nx * reach],
        label: index == 0 ? "folds of the units" : nil, color: theme.ink.opacity(0.75), width: 1.3, dash: [2, 3])
    }
    if let circle {
      let path = PlaneCurve.circle(radius: circle).points
      axes.line(
        path.map(\.x), path.map(\.y), label: "radius \(NumberText.short(circle))", color: theme.softInk, width: 1.2,
        dash: [6, 4])
    }
  }

  private func addCorners(_ axes: inout Axes) {
    guard !corners.isEmpty else { return }
    axes.scatter(
      corners.map(\.x), corners.map(\.y), label: "\(corners.count) corners", color: theme.color(1), shape: .hexagon,
      size: 11, edge: theme.ink)
  }
}
