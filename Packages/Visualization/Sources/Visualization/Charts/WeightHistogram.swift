public import Plotting

/// The spread of the numbers of each parameter: one small histogram each, in reading order.
public struct WeightHistogram: Chart, Sendable {
  /// Names and numbers of the parameters.
  public var parameters: [(name: String, values: [Double])]
  /// The title above all.
  public var title: String
  /// The colours and sizes.
  public var theme: Theme

  /// Histograms of named numbers.
  public init(_ parameters: [(name: String, values: [Double])], title: String = "Weights", theme: Theme = .light) {
    self.parameters = parameters
    self.title = title
    self.theme = theme
  }

  public var figure: Figure {
    let columns = min(max(parameters.count, 1), 3)
    let rows = max(1, (parameters.count + columns - 1) / columns)
    var figure = Figure(
      rows: rows, columns: columns, width: 300 * Double(columns) + 20, height: 200 * Double(rows) + 60, title: title,
      theme: theme)
    for (index, parameter) in parameters.enumerated() {
      let finite = parameter.values.filter(\.isFinite)
      let cell = (index / columns, index % columns)
      figure[cell.0, cell.1].histogram(finite, color: theme.color(0))
      figure[cell.0, cell.1].title = parameter.name
      if index % columns == 0 { figure[cell.0, cell.1].y.label = "count" }
      let lost = parameter.values.count - finite.count
      figure[cell.0, cell.1].x.label = lost == 0 ? "" : "\(lost) of \(parameter.values.count) are not finite"
    }
    return figure
  }
}

/// How a distribution moves: one smoothed outline per moment, later ones in front and lower.
public struct RidgePlot: Chart, Sendable {
  /// The name and the numbers of each moment, first to last.
  public var moments: [(name: String, values: [Double])]
  /// The title.
  public var title: String
  /// What the numbers are.
  public var label: String
  /// The colours and sizes.
  public var theme: Theme

  /// Outlines of several moments over one axis.
  public init(
    _ moments: [(name: String, values: [Double])], title: String = "", label: String = "", theme: Theme = .light
  ) {
    self.moments = moments
    self.title = title
    self.label = label
    self.theme = theme
  }

  public var figure: Figure {
    let all = moments.flatMap(\.values).filter(\.isFinite).sorted()
    let low = quantile(all, 0.001)
    let high = quantile(all, 0.999)
    let range = high > low ? low...high : -1...1
    let curves = moments.map { Histogram($0.values, bins: 80, range: range) }
    let highest = curves.flatMap(\.density).max() ?? 1
    return Figure(width: 640, height: max(320, 90 + 34 * Double(moments.count)), theme: theme) { axes in
      axes.title = title
      axes.x.label = label
      axes.y.ticks = .at(moments.enumerated().map { Tick(-Double($0.offset), $0.element.name) })
      axes.y.hasGrid = false
      for (index, curve) in curves.enumerated() {
        let share = moments.count > 1 ? Double(index) / Double(moments.count - 1) : 0
        let color = theme.sequential.color(0.15 + 0.6 * share)
        let foot = -Double(index)
        let y = smoothed(curve.density).map { foot + 2.2 * $0 / max(highest, 1e-300) }
        axes.band(curve.centers, low: y.map { _ in foot }, high: y, color: color, opacity: 0.85)
        axes.line(curve.centers, y, color: theme.background, width: 1.2)
      }
    }
  }

  /// The mean of each number and its neighbours with weights 1, 2, 3, 2, 1: rough counts become an outline.
  private func smoothed(_ values: [Double]) -> [Double] {
    values.indices.map { index in
      var sum = 0.0
      var total = 0.0
      for step in -2...2 where values.indices.contains(index + step) {
        let weight = Double(3 - abs(step))
        sum += weight * values[index + step]
        total += weight
      }
      return sum / total
    }
  }
}
