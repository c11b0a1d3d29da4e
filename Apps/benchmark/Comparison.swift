internal import Drawing
internal import Files
internal import Plotting

/// Draws how many times faster than others this library is, from the file that Scripts/benchmark --peers writes.
func drawComparison(_ file: String, into folder: Folder) throws {
  let bytes = try FileReader().read(file)
  let record = try bytes.withBytes { try JSONValue(parsing: $0) }
  let rows = (record["rows"]?.array ?? []).compactMap { ComparedRow($0) }
  guard !rows.isEmpty else { stop("\(file) holds no workload that others do too") }
  try folder.make()
  let path = folder.file("comparison.png")
  try comparisonFigure(of: rows).write(to: path)
  print(path)
}

/// One workload and how it compares with each of the others.
private struct ComparedRow {
  let name: String
  /// By the key of the other library: how many times better this one is, and how many times it wants to be.
  var ratios: [String: Double] = [:]
  var goals: [String: Double] = [:]

  /// Nil for a workload that nobody else does.
  init?(_ row: JSONValue) {
    guard let name = row["name"]?.string else { return nil }
    self.name = name
    for peer in peers.map(\.key) {
      ratios[peer] = row["times_\(peer)"]?.number
      goals[peer] = row["goal_\(peer)"]?.number
    }
    if ratios.isEmpty { return nil }
  }
}

private let peers = [(key: "torch", name: "× PyTorch"), (key: "jax", name: "× JAX")]

/// Level bars on a logarithmic axis: right of 1 this library is ahead.
private func comparisonFigure(of rows: [ComparedRow]) -> Figure {
  var figure = Figure(width: 900, height: 110 + 34 * Double(rows.count), title: "How many times faster, or smaller")
  var plot = Axes()
  plot.x = Axis(label: "ratio (right of 1: Wabe is ahead)", scale: .logarithmic)
  plot.y = .categories(rows.map(\.name))
  plot.y.isReversed = true
  plot.y.limits = -0.6...Double(rows.count) - 0.4
  var aims: [(ratio: Double, middle: Double)] = []
  for (index, peer) in peers.enumerated() {
    let shift = (Double(index) - Double(peers.count - 1) / 2) * 0.36
    var bars = LevelBars(from: 1, width: 0.32, color: plot.nextColor(), label: peer.name)
    for (place, row) in rows.enumerated() {
      guard let ratio = row.ratios[peer.key] else { continue }
      let middle = Double(place) + shift
      bars.ends.append((ratio, middle, free: max(ratio, row.goals[peer.key] ?? ratio)))
      if let aim = row.goals[peer.key] { aims.append((aim, middle)) }
    }
    plot.add(bars)
  }
  if !aims.isEmpty {
    plot.scatter(
      aims.map(\.ratio), aims.map(\.middle), label: "goal", color: plot.theme.ink, shape: .diamond, size: 8)
  }
  plot.verticalLine(at: 1, dash: [])
  plot.legend = .outside
  figure.axes = plot
  return figure
}

/// Level bars from one number to others, with the numbers written beside them.
private struct LevelBars: Mark {
  let foot: Double
  let width: Double
  let color: Color
  let label: String
  /// Where each bar ends, and from where on there is room for its number.
  var ends: [(ratio: Double, middle: Double, free: Double)] = []

  init(from foot: Double, width: Double, color: Color, label: String) {
    self.foot = foot
    self.width = width
    self.color = color
    self.label = label
  }

  func include(in bounds: inout DataBounds) {
    for end in ends {
      bounds.include(x: foot, y: end.middle - width / 2)
      // Room for the number.
      bounds.include(x: end.ratio >= foot ? end.free * 1.5 : end.ratio / 1.5, y: end.middle + width / 2)
      bounds.include(x: end.free * 1.1)
    }
  }

  func draw(on canvas: Canvas, in frame: PlotFrame) {
    let style = TextStyle(size: frame.theme.smallText * 0.9, color: frame.theme.softInk)
    for end in ends {
      let low = min(foot, end.ratio)
      let high = max(foot, end.ratio)
      let bar = frame.rectangle(x: low...high, y: end.middle - width / 2...end.middle + width / 2)
      canvas.fill(Path(bar), color)
      let ahead = end.ratio >= foot
      let place = Point(ahead ? frame.x(end.free) + 8 : bar.x - 8, bar.center.y)
      canvas.text(short(end.ratio), at: place, style, Anchor(ahead ? .left : .right, .middle))
    }
  }

  var legendEntry: LegendEntry? { LegendEntry(label, .area(color)) }

  /// Two digits or three are enough for a ratio.
  private func short(_ ratio: Double) -> String {
    ratio >= 10 ? "\(Int(ratio.rounded()))" : ratio >= 2 ? "\((ratio * 10).rounded() / 10)" : "\(rounded(ratio, 3))"
  }
}
