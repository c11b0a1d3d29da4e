internal import Drawing
internal import Plotting

/// The figures of the growth of all kinds of work, by the names of their files.
func growthFigures(of points: [GrowthPoint]) -> [(name: String, figure: Figure)] {
  [
    (
      "growth-time.png",
      panels(of: points, title: "Time of one call (dashed: in proportion to the work)", label: "time [µs]", guide: true)
      {
        $0.seconds * 1e6
      }
    ),
    (
      "growth-per-unit.png",
      panels(of: points, title: "Time per unit of work", label: "ns per unit") { $0.nanosecondsPerUnit }
    ),
  ]
}

/// One log–log plot for each kind of work, with a line for each number of threads.
private func panels(
  of points: [GrowthPoint], title: String, label: String, guide: Bool = false, _ value: (GrowthPoint) -> Double
) -> Figure {
  let families = allGrowth
  let columns = 3
  var figure = Figure(
    rows: (families.count + columns - 1) / columns, columns: columns, width: 1200, height: 960, title: title)
  for (index, growth) in families.enumerated() {
    let own = points.filter { $0.series == growth.name }
    guard !own.isEmpty else { continue }
    var plot = Axes()
    plot.title = growth.work
    plot.x = Axis(label: growth.variable, scale: .logarithmic)
    plot.y = Axis(label: label, scale: .logarithmic)
    for threads in Set(own.map(\.threads)).sorted() {
      let line = own.filter { $0.threads == threads }
      plot.line(
        line.map { Double($0.size) }, line.map(value), label: "\(threads) thread\(threads == 1 ? "" : "s")",
        marker: .circle, markerSize: 4)
    }
    if guide, let fastest = own.min(by: { $0.nanosecondsPerUnit < $1.nanosecondsPerUnit }) {
      let line = own.filter { $0.threads == fastest.threads }
      plot.line(
        line.map { Double($0.size) }, line.map { $0.amount * value(fastest) / fastest.amount },
        color: plot.theme.axis, width: 1, dash: [4, 3])
    }
    figure[index / columns, index % columns] = plot
  }
  return figure
}
