internal import Drawing
internal import Plotting

/// The figures of the growth of all kinds of work, by the names of their files.
func growthFigures(of points: [GrowthPoint]) -> [(name: String, figure: Figure)] {
  let kinds = allGrowth.filter { growth in points.contains { $0.series == growth.name } }
  let time = panels(of: kinds, points, title: "Time of one call (dashed: in proportion to the work)") { growth, own in
    timePlot(of: growth, own)
  }
  let perUnit = panels(of: kinds, points, title: "Time per unit of work") { growth, own in
    var plot = linePlot(of: growth, own) { $0.nanosecondsPerUnit }
    plot.y.label = "ns per \(growth.unit)"
    return plot
  }
  return [("growth-time.png", time), ("growth-per-unit.png", perUnit)]
}

/// A plot for each kind of work, in rows of four at most.
private func panels(
  of kinds: [Growth], _ points: [GrowthPoint], title: String, plot: (Growth, [GrowthPoint]) -> Axes
) -> Figure {
  let columns = min(4, max(1, kinds.count))
  let rows = max(1, (kinds.count + columns - 1) / columns)
  var figure = Figure(
    rows: rows, columns: columns, width: 360 * Double(columns), height: 40 + 330 * Double(rows), title: title)
  for (index, growth) in kinds.enumerated() {
    figure[index / columns, index % columns] = plot(growth, points.filter { $0.series == growth.name })
  }
  return figure
}

/// The times, and what they would be if each unit of work took as long as where it is done fastest.
private func timePlot(of growth: Growth, _ points: [GrowthPoint]) -> Axes {
  var plot = linePlot(of: growth, points) { $0.seconds * 1e6 }
  plot.y.label = "time [µs]"
  if let fastest = points.min(by: { $0.nanosecondsPerUnit < $1.nanosecondsPerUnit }) {
    let line = points.filter { $0.threads == fastest.threads }
    plot.line(
      line.map { Double($0.size) }, line.map { $0.amount * fastest.nanosecondsPerUnit * 1e-3 },
      color: plot.theme.axis, width: 1, dash: [4, 3])
  }
  return plot
}

/// A log–log plot with a line for each number of threads.
private func linePlot(of growth: Growth, _ points: [GrowthPoint], _ value: (GrowthPoint) -> Double) -> Axes {
  var plot = Axes()
  plot.title = growth.work
  plot.x = Axis(label: growth.variable, scale: .logarithmic)
  plot.y = Axis(scale: .logarithmic)
  for threads in Set(points.map(\.threads)).sorted() {
    let line = points.filter { $0.threads == threads }
    plot.line(
      line.map { Double($0.size) }, line.map(value), label: "\(threads) thread\(threads == 1 ? "" : "s")",
      marker: .circle, markerSize: 4)
  }
  return plot
}
