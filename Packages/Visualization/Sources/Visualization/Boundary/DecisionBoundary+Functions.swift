public import Plotting

extension DecisionBoundary {
  /// The probability of class 1 around labelled points, from a function of many places at once.
  public init(
    x: [Double], y: [Double], labels: [Int], names: [String] = [], resolution: Int = 400, margin: Double = 0.12,
    theme: Theme = .light, probability: (_ x: [Double], _ y: [Double]) -> [Double]
  ) {
    let window = DecisionBoundary.window(x, y, margin)
    let grid = DecisionBoundary.grid(window, resolution) { probability($0, $1) }
    let guesses = x.isEmpty ? [] : probability(x, y)
    let samples = x.indices.map { index in
      Sample(
        PlanePoint(x[index], y[index]), label: labels[index], isMistaken: (guesses[index] > 0.5) != (labels[index] == 1)
      )
    }
    self.init(.probability(grid), samples: samples, names: names, theme: theme)
  }

  /// The regions of several classes around labelled points. The function returns one list of probabilities per class.
  public init(
    x: [Double], y: [Double], labels: [Int], classes: Int, names: [String] = [], resolution: Int = 400,
    margin: Double = 0.12, theme: Theme = .light, probabilities: (_ x: [Double], _ y: [Double]) -> [[Double]]
  ) {
    let window = DecisionBoundary.window(x, y, margin)
    let places = Grid.points(x: window.x, y: window.y, columns: resolution, rows: resolution)
    let answers = probabilities(places.map(\.x), places.map(\.y))
    let grids = answers.prefix(classes).map { values in
      Grid(x: window.x, y: window.y, columns: resolution, rows: resolution, values: values)
    }
    let guesses = x.isEmpty ? [] : probabilities(x, y)
    let samples = x.indices.map { index in
      let best = guesses.indices.max { guesses[$0][index] < guesses[$1][index] }
      return Sample(PlanePoint(x[index], y[index]), label: labels[index], isMistaken: best != labels[index])
    }
    self.init(.classes(Array(grids)), samples: samples, names: names, theme: theme)
  }

  /// A square window around points with some room at the edges; both axes reach equally far from the middle.
  static func window(
    _ x: [Double], _ y: [Double], _ margin: Double
  ) -> (x: ClosedRange<Double>, y: ClosedRange<Double>) {
    guard let left = x.min(), let right = x.max(), let bottom = y.min(), let top = y.max() else {
      return (-1...1, -1...1)
    }
    let reach = max(right - left, top - bottom, 1e-9) * (0.5 + margin)
    let (cx, cy) = ((left + right) / 2, (bottom + top) / 2)
    return (cx - reach...cx + reach, cy - reach...cy + reach)
  }

  /// A function of many places, evaluated on a square grid.
  static func grid(
    _ window: (x: ClosedRange<Double>, y: ClosedRange<Double>), _ resolution: Int, _ f: ([Double], [Double]) -> [Double]
  ) -> Grid {
    let places = Grid.points(x: window.x, y: window.y, columns: resolution, rows: resolution)
    return Grid(
      x: window.x, y: window.y, columns: resolution, rows: resolution, values: f(places.map(\.x), places.map(\.y)))
  }
}
