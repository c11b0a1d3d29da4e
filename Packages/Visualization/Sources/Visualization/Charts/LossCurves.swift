public import Plotting
internal import Drawing

/// How a loss, or another measure, changed over the epochs: training and validation, one run or several.
public struct LossCurves: Chart, Sendable {
  /// The numbers of one run.
  public struct Run: Hashable, Sendable {
    /// The name in the legend.
    public var name: String
    /// One number per epoch.
    public var training: [Double]
    /// One number per epoch on data not trained on; may be empty.
    public var validation: [Double]

    /// A run from its numbers.
    public init(_ name: String = "", training: [Double], validation: [Double] = []) {
      self.name = name
      self.training = training
      self.validation = validation
    }
  }

  /// Several runs that differ only in their seeds, drawn as the median and the range from the 10th to the 90th percent.
  public struct Seeds: Hashable, Sendable {
    /// The name in the legend.
    public var name: String
    /// One list of numbers per seed.
    public var runs: [[Double]]

    /// The runs of all seeds.
    public init(_ name: String, _ runs: [[Double]]) {
      self.name = name
      self.runs = runs
    }
  }

  /// The title above the curves.
  public var title = ""
  /// What is measured.
  public var measure = "loss"
  /// What is counted along the x axis.
  public var unit = "epoch"
  /// Single runs.
  public var runs: [Run]
  /// Groups of runs over seeds.
  public var seeds: [Seeds]
  /// Whether the y axis is logarithmic.
  public var isLogarithmic: Bool
  /// How much of its neighbours a smoothed curve keeps (0…1, 0 for none); the raw curve stays visible behind it.
  public var smoothing = 0.0
  /// Whether the epoch with the smallest validation number is marked, if there is only one run.
  public var marksBest = true
  /// The colours and sizes.
  public var theme: Theme

  /// Curves of several runs.
  public init(_ runs: [Run] = [], seeds: [Seeds] = [], isLogarithmic: Bool = true, theme: Theme = .light) {
    self.runs = runs
    self.seeds = seeds
    self.isLogarithmic = isLogarithmic
    self.theme = theme
  }

  /// The curves of one run.
  public init(
    training: [Double], validation: [Double] = [], isLogarithmic: Bool = true, theme: Theme = .light
  ) {
    self.init([Run(training: training, validation: validation)], isLogarithmic: isLogarithmic, theme: theme)
  }

  public var figure: Figure {
    Figure(theme: theme) { axes in
      axes.title = title
      axes.x.label = unit
      axes.y = Axis(label: measure, scale: isLogarithmic ? .logarithmic : .linear)
      addSeeds(to: &axes)
      for run in runs { add(run, to: &axes) }
      if marksBest && runs.count == 1, let best = bestEpoch(runs[0].validation) {
        axes.verticalLine(at: Double(best), text: "best: \(best)")
      }
    }
  }

  private func add(_ run: Run, to axes: inout Axes) {
    let color = axes.nextColor()
    let isAlone = runs.count == 1 && run.name.isEmpty
    curve(run.training, isAlone ? "training" : run.name, color, dash: [], &axes)
    guard !run.validation.isEmpty else { return }
    if isAlone {
      curve(run.validation, "validation", axes.nextColor(), dash: [], &axes)
    } else {
      curve(run.validation, "\(run.name), validation", color, dash: [5, 3], &axes)
    }
  }

  private func curve(_ values: [Double], _ label: String, _ color: Color, dash: [Double], _ axes: inout Axes) {
    if smoothing > 0 { axes.line(values, color: color.opacity(0.3), width: 1) }
    axes.line(smoothed(values), label: label.isEmpty ? nil : label, color: color, dash: dash)
  }

  /// All bands first, so that none lies over the line of another group.
  private func addSeeds(to axes: inout Axes) {
    let groups = seeds.map { group in
      let count = group.runs.map(\.count).max() ?? 0
      let columns = (0..<count).map { epoch in group.runs.compactMap { epoch < $0.count ? $0[epoch] : nil } }
      return (name: group.name, color: axes.nextColor(), x: (0..<count).map { Double($0 + 1) }, columns: columns)
    }
    for group in groups {
      axes.band(
        group.x, low: group.columns.map { quantile($0, 0.1) }, high: group.columns.map { quantile($0, 0.9) },
        color: group.color, opacity: 0.18)
    }
    for group in groups {
      axes.line(group.x, group.columns.map { quantile($0, 0.5) }, label: group.name, color: group.color)
    }
  }

  /// The mean of two exponential averages, one from the left and one from the right, so that the curve does not lag
  /// behind; on a logarithmic axis the logarithms are averaged.
  func smoothed(_ values: [Double]) -> [Double] {
    guard smoothing > 0 else { return values }
    let scale: Scale = isLogarithmic ? .logarithmic : .linear
    let places = values.map { scale.forward($0) }
    let forwards = averaged(places)
    let backwards = averaged(places.reversed()).reversed()
    return zip(forwards, backwards).map { scale.inverse(($0 + $1) / 2) }
  }

  /// The exponential average of each number and those before it, corrected for its start at zero.
  private func averaged(_ values: some Sequence<Double>) -> [Double] {
    var average = 0.0
    var weight = 0.0
    return values.map { value in
      guard value.isFinite else { return value }
      average = smoothing * average + (1 - smoothing) * value
      weight = smoothing * weight + (1 - smoothing)
      return average / weight
    }
  }

  private func bestEpoch(_ values: [Double]) -> Int? {
    values.indices.filter { values[$0].isFinite }.min { values[$0] < values[$1] }.map { $0 + 1 }
  }
}

/// The value below which a share of the numbers lies, interpolated between neighbours.
func quantile(_ values: [Double], _ share: Double) -> Double {
  let sorted = values.filter(\.isFinite).sorted()
  guard let last = sorted.last else { return .nan }
  let place = share * Double(sorted.count - 1)
  let index = Int(place)
  guard index + 1 < sorted.count else { return last }
  return sorted[index] + (place - Double(index)) * (sorted[index + 1] - sorted[index])
}
