import Drawing
import Plotting
import Visualization
import Wabe

/// The pictures of exercise 3.
enum HexagonFigures {
  /// What a net says around its points, with the corners and folds of its boundary.
  static func map(
    _ title: String, _ points: (inputs: Tensor, targets: Tensor), _ report: BoundaryReport, lines: [Affine],
    circle: Double, resolution: Int = 240, logit: (Tensor) -> Tensor
  ) -> DecisionBoundary {
    var picture = DecisionBoundary(
      of: { sigmoid(logit($0)) }, around: points.inputs, labels: points.targets, names: ["inside", "outside"],
      resolution: resolution)
    picture.title = title
    picture.circle = circle
    picture.lines = lines
    picture.corners = report.polygon?.points ?? []
    return picture
  }

  /// Twelve nets that differ in their seeds only.
  static func montage(_ family: FamilyTraining) -> Figure {
    let columns = 4
    let count = min(12, family.count)
    let rows = (count + columns - 1) / columns
    var figure = Figure(rows: rows, columns: columns, width: 980, height: 30 + 250 * Double(rows))
    figure.title = "\(family.recipe.name), \(family.recipe.epochs) epochs: \(count) starts"
    for net in 0..<count {
      let report = family.boundary(net)
      let kind = BoundaryKind(report, isSmooth: family.recipe.bend.exact == nil)
      let logits = family.grid(net, halfSide: 7, resolution: 110)
      let grid = Grid(
        x: logits.x, y: logits.y, columns: logits.columns, rows: logits.rows,
        values: sigmoid(Tensor(logits.values)).scalars)
      var picture = DecisionBoundary(.probability(grid), names: ["inside", "outside"])
      let share = (100 * family.accuracies[net]).rounded() / 100
      picture.title = "\(words(kind)), \(Int((100 * share).rounded())) %"
      picture.circle = family.radius
      picture.labels = ("", "")
      picture.corners = report.openCount == 0 ? report.polygon?.points ?? [] : []
      let (row, column) = (net / columns, net % columns)
      picture.plot(&figure[row, column], colorBar: false)
      figure[row, column].legend = .none
      figure[row, column].x.ticks = .none
      figure[row, column].y.ticks = .none
    }
    return figure
  }

  /// How often each number of corners came out, one small plot per kind of net.
  static func histogram(_ surveys: [(name: String, kinds: [BoundaryKind])]) -> Figure {
    let labels: [BoundaryKind] = [.open, .missing, .several, .round] + (3...12).map { .corners($0) }
    let columns = 3
    let rows = (surveys.count + columns - 1) / columns
    var figure = Figure(rows: rows, columns: columns, width: 1020, height: 230 * Double(rows))
    figure.sharesY = true
    for (index, survey) in surveys.enumerated() {
      let (row, column) = (index / columns, index % columns)
      let shares = labels.map { kind in
        100 * Double(survey.kinds.count { $0 == kind }) / Double(survey.kinds.count)
      }
      let theme = figure.theme
      figure[row, column].title = survey.name
      figure[row, column].x = .categories(labels.map(short))
      figure[row, column].y = Axis(label: column == 0 ? "share of starts in %" : "", limits: 0...100)
      let others = labels.indices.map { labels[$0] == .corners(6) ? 0 : shares[$0] }
      let hexagons = labels.indices.map { labels[$0] == .corners(6) ? shares[$0] : 0 }
      figure[row, column].bars(others, color: theme.color(0))
      figure[row, column].bars(hexagons, color: theme.color(1))
    }
    return figure
  }

  private static func short(_ kind: BoundaryKind) -> String {
    switch kind {
    case .open: "open"
    case .missing: "none"
    case .several: "many"
    case .round: "○"
    case .corners(let count): String(count)
    }
  }

  private static func words(_ kind: BoundaryKind) -> String {
    switch kind {
    case .open: "open"
    case .missing: "none"
    case .several: "several loops"
    case .round: "round"
    case .corners(let count): "\(count) corners"
    }
  }
}
