#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting
import Visualization

func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }

/// A loss that falls with noise.
private func falling(_ numbers: inout Numbers, speed: Double, floor: Double, count: Int = 256) -> [Double] {
  (0..<count).map { (0.7 * exp(-Double($0) / speed) + floor) * (1 + 0.15 * numbers.uniform()) }
}

/// The ready-made charts of training.
let chartExhibits: [Exhibit] = [
  Exhibit("chart-loss") { theme in
    var numbers = Numbers(seed: 2)
    var chart = LossCurves(
      training: falling(&numbers, speed: 30, floor: 0.01),
      validation: falling(&numbers, speed: 33, floor: 0.03).enumerated().map { $0.element + Double($0.offset) * 1e-4 },
      theme: theme)
    chart.title = "Loss over the epochs, smoothed"
    chart.smoothing = 0.9
    return chart
  },
  Exhibit("chart-loss-seeds") { theme in
    var numbers = Numbers(seed: 4)
    var chart = LossCurves(theme: theme)
    for (name, speed) in [("SGD", 80.0), ("momentum", 45), ("Adam", 22)] {
      chart.seeds.append(
        LossCurves.Seeds(
          name, (0..<10).map { _ in falling(&numbers, speed: speed * (0.7 + 0.6 * numbers.uniform()), floor: 0.01) }))
    }
    chart.title = "Three optimizers, ten seeds each: median and 80 % range"
    return chart
  },
  Exhibit("chart-activations") { theme in
    ActivationPlot(
      [
        .init("σ", bound: (0.25, "¼"), value: sigmoid) { sigmoid($0) * (1 - sigmoid($0)) },
        .init("tanh", bound: (1, "1"), value: { tanh($0) }) { 1 - tanh($0) * tanh($0) },
        .init("ReLU", value: { max($0, 0) }) { $0 > 0 ? 1 : 0 },
      ], over: -4...4, theme: theme)
  },
  Exhibit("chart-confusion") { theme in
    let counts = (0..<10).map { row in
      (0..<10).map { column in row == column ? 90 - 3 * row : (row * 7 + column * 3) % 11 == 0 ? 6 : (row + column) % 4
      }
    }
    return ConfusionMatrix(counts, isNormalized: true, theme: theme)
  },
  Exhibit("chart-weights") { theme in
    var numbers = Numbers(seed: 6)
    let names = ["hidden.weight", "hidden.bias", "middle.weight", "middle.bias", "output.weight"]
    return WeightHistogram(
      names.enumerated().map { index, name in
        (name, (0..<800).map { _ in numbers.normal() * (0.2 + 0.1 * Double(index)) })
      }, title: "Weights after 256 epochs", theme: theme)
  },
  Exhibit("chart-ridge") { theme in
    var numbers = Numbers(seed: 9)
    return RidgePlot(
      (0..<12).map { step in
        let spread = 1 + 0.08 * Double(step)
        let middle = 0.25 * Double(step)
        return ("epoch \(step * 5)", (0..<3000).map { _ in numbers.normal() * spread + middle })
      }, title: "Drift of a hidden layer's input", label: "input of layer 4", theme: theme)
  },
  Exhibit("chart-norms") { theme in
    let layers = (1...20).map { Double($0) }
    return LayerNorms(
      [
        ("σ", layers.map { pow(10, -0.6 * (20 - $0)) }), ("tanh", layers.map { 0.8 * pow(0.95, 20 - $0) }),
        ("ReLU, He", layers.map { 1 + 0.2 * sin($0) }),
      ], title: "Vanishing gradients in 20 layers", theme: theme)
  },
  Exhibit("chart-trajectories") { theme in
    func loss(_ x: Double, _ y: Double) -> Double { 0.5 * x * x + 5 * y * y }
    func descend(_ rate: Double, _ momentum: Double) -> [PlanePoint] {
      var (x, y, u, v) = (-4.5, 1.6, 0.0, 0.0)
      return (0..<40).map { _ in
        defer {
          u = momentum * u - rate * x
          v = momentum * v - rate * 10 * y
          (x, y) = (x + u, y + v)
        }
        return PlanePoint(x, y)
      }
    }
    return Trajectories(
      over: Grid(x: -5...2, y: -2.2...2.2, loss),
      [
        .init("gradient descent", descend(0.17, 0)), .init("momentum", descend(0.03, 0.85)),
        .init("Newton", [PlanePoint(-4.5, 1.6), PlanePoint(0, 0)]),
      ], marks: [("minimum", PlanePoint(0, 0))], title: "Three ways to the minimum", theme: theme)
  },
  Exhibit("chart-spectrum") { theme in
    var numbers = Numbers(seed: 11)
    return Spectrum(
      [
        ("saddle", (0..<200).map { _ in numbers.normal() * 0.8 + 0.2 }),
        ("minimum", (0..<200).map { _ in abs(numbers.normal()) * 1.2 + 0.05 }),
      ], title: "Eigenvalues of the Hessian", theme: theme)
  },
  Exhibit("chart-index-error") { theme in
    var numbers = Numbers(seed: 12)
    let indices = (0..<150).map { _ in 0.35 * numbers.uniform() }
    return IndexErrorPlot(
      indices: indices, errors: indices.map { 0.2 + 2 * $0 + 0.05 * numbers.normal() }, theme: theme)
  },
  Exhibit("chart-sweep") { theme in
    let rates = [0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]
    let steps = [10, 50, 100, 200, 500, 1000, 2000]
    let values = rates.map { rate -> [Double] in
      let speed = rate / 8 * (rate < 0.4 ? 1 : 0.002)
      let floor = 2e-5 / rate + 0.04 * rate * rate
      return steps.map { 0.15 * exp(-speed * Double($0)) + floor }
    }
    return SweepMap(
      values, rows: rates.map { "\($0)" }, columns: steps.map { "\($0)" },
      labels: ("learning rate α", "steps", "test error"), title: "Learning rate and number of steps", theme: theme)
  },
]
