#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting

/// Lines, points, bars and notes.
let plotExhibits: [Exhibit] = [
  Exhibit("lines") { theme in
    Figure(theme: theme) { axes in
      axes.title = "Damped oscillations"
      axes.x.label = "time t"
      axes.y.label = "displacement"
      for (index, damping) in [0.1, 0.2, 0.4, 0.8].enumerated() {
        axes.function(over: 0...12, label: "damping \(damping)", dash: index == 3 ? [6, 3] : []) { t in
          exp(-damping * t) * cos(2 * t)
        }
      }
    }
  },
  Exhibit("loss-log") { theme in
    var numbers = Numbers(seed: 3)
    return Figure(theme: theme) { axes in
      axes.title = "Training on the circle data"
      axes.x.label = "epoch"
      axes.y = Axis(label: "loss", scale: .logarithmic)
      let epochs = (1...200).map { Double($0) }
      let train = epochs.map { 0.7 * exp(-$0 / 35) + 0.012 + 0.004 * numbers.uniform() }
      let validation = epochs.map { 0.7 * exp(-$0 / 38) + 0.03 + 0.008 * numbers.uniform() + $0 * 5e-5 }
      axes.band(epochs, low: train.map { $0 * 0.75 }, high: train.map { $0 * 1.3 }, color: theme.color(0))
      axes.band(epochs, low: validation.map { $0 * 0.8 }, high: validation.map { $0 * 1.25 }, color: theme.color(1))
      axes.line(epochs, train, label: "training")
      axes.line(epochs, validation, label: "validation")
      axes.verticalLine(at: 118, text: "best epoch 118")
    }
  },
  Exhibit("scatter") { theme in
    var numbers = Numbers(seed: 5)
    return Figure(theme: theme) { axes in
      axes.title = "Three groups"
      axes.x.label = "feature x₁"
      axes.y.label = "feature x₂"
      let shapes: [MarkerStyle.Shape] = [.circle, .square, .triangle]
      for (index, center) in [(0.0, 0.0), (3.0, 2.0), (-1.5, 3.5)].enumerated() {
        let x = (0..<60).map { _ in center.0 + 0.8 * numbers.normal() }
        let y = (0..<60).map { _ in center.1 + 0.6 * numbers.normal() }
        axes.scatter(x, y, label: "class \(index)", shape: shapes[index], size: 8)
      }
      axes.scatter([3, 0.2], [2, 0.3], label: "misclassified", color: theme.ink, shape: .ring, size: 15)
    }
  },
  Exhibit("scatter-values") { theme in
    var numbers = Numbers(seed: 8)
    let x = (0..<300).map { _ in numbers.uniform() }
    let y = x.map { $0 * $0 + 0.1 * numbers.normal() }
    return Figure(theme: theme) { axes in
      axes.title = "Index and error of critical points"
      axes.x.label = "index α"
      axes.y.label = "error ε"
      axes.scatter(x, y, values: zip(x, y).map { $0 + $1 }, valueLabel: "ε + α", size: 7)
      axes.note("minimum", x: 0.12, y: 1.0, pointingAt: (0.02, 0.05))
    }
  },
  Exhibit("markers") { theme in
    Figure(theme: theme) { axes in
      axes.title = "Markers and line styles"
      for (index, shape) in MarkerStyle.Shape.allCases.enumerated() {
        let x = (0..<6).map { Double($0) }
        axes.line(
          x, x.map { _ in Double(index) }, label: "\(shape)", dash: index % 2 == 0 ? [] : [4, 3], marker: shape,
          markerSize: 9)
      }
    }
  },
  Exhibit("bars") { theme in
    Figure(theme: theme) { axes in
      axes.title = "Accuracy by optimizer"
      axes.x = .categories(["SGD", "Momentum", "Nesterov", "RMSProp", "Adam"])
      axes.y.label = "accuracy"
      axes.bars([0.81, 0.88, 0.89, 0.93, 0.95], label: "training", set: 0, of: 2, showsValues: true)
      axes.bars([0.80, 0.86, 0.88, 0.90, 0.93], label: "test", set: 1, of: 2, showsValues: true)
    }
  },
  Exhibit("bars-long-names") { theme in
    Figure(width: 480, height: 360, theme: theme) { axes in
      axes.title = "A rather long title that does not fit on one line of so small a picture"
      axes.x = .categories([
        "hidden.weight", "hidden.bias", "middle.weight", "middle.bias", "output.weight", "output.bias",
      ])
      axes.y = Axis(label: "gradient norm", scale: .logarithmic)
      axes.bars([3e-1, 2e-2, 8e-3, 1.2e-3, 4e-4, 2e-5])
    }
  },
  Exhibit("histogram") { theme in
    var numbers = Numbers(seed: 13)
    let first = (0..<4000).map { _ in numbers.normal() }
    let second = (0..<4000).map { _ in 1.5 + 0.6 * numbers.normal() }
    return Figure(theme: theme) { axes in
      axes.title = "Weights before and after training"
      axes.x.label = "weight"
      axes.y.label = "density"
      axes.histogram(first, density: true, label: "before")
      axes.histogram(second, density: true, label: "after")
    }
  },
  Exhibit("symlog") { theme in
    Figure(theme: theme) { axes in
      axes.title = "Gradient of the loss, both signs"
      axes.x.label = "logit z"
      axes.y = Axis(label: "∂L/∂z", scale: .symmetricLogarithmic(threshold: 0.001))
      axes.function(over: -6...6, label: "sinh z") { sinh($0) }
      axes.function(over: -6...6, label: "z³ / 100") { $0 * $0 * $0 / 100 }
      axes.horizontalLine(at: 0)
    }
  },
  Exhibit("subplots") { theme in
    var figure = Figure(rows: 2, columns: 3, width: 960, height: 600, title: "Activation functions", theme: theme)
    let functions: [(String, (Double) -> Double)] = [
      ("σ(x)", { 1 / (1 + exp(-$0)) }), ("tanh(x)", { tanh($0) }), ("ReLU(x)", { max($0, 0) }),
      ("softplus(x)", { log(1 + exp($0)) }), ("x²", { $0 * $0 }), ("x·σ(x)", { $0 / (1 + exp(-$0)) }),
    ]
    for (index, entry) in functions.enumerated() {
      figure[index / 3, index % 3].function(over: -4...4, color: theme.color(index), entry.1)
      figure[index / 3, index % 3].title = entry.0
      figure[index / 3, index % 3].x.label = "x"
    }
    return figure
  },
  Exhibit("shared-axes") { theme in
    var numbers = Numbers(seed: 21)
    var figure = Figure(rows: 2, columns: 2, width: 800, height: 560, title: "Four seeds, shared axes", theme: theme)
    figure.sharesX = true
    figure.sharesY = true
    for index in 0..<4 {
      var walk = 0.0
      let y = (0..<150).map { _ -> Double in
        walk += numbers.normal() * 0.3
        return walk
      }
      figure[index / 2, index % 2].line(y, color: theme.color(index))
      figure[index / 2, index % 2].title = "seed \(index)"
      figure[index / 2, index % 2].x.label = "step"
      figure[index / 2, index % 2].y.label = "position"
    }
    return figure
  },
  Exhibit("many-lines") { theme in
    var numbers = Numbers(seed: 34)
    return Figure(theme: theme) { axes in
      axes.title = "Eight learning rates"
      axes.x.label = "step"
      axes.y.label = "loss"
      for index in 0..<8 {
        var value = 1.0
        let y = (0..<400).map { _ -> Double in
          value = max(value + 0.05 * (numbers.normal() - 0.02 * Double(index)), 0)
          return value
        }
        axes.line(y, label: "η = 0.\(index + 1)", width: 1.4)
      }
    }
  },
  Exhibit("notes") { theme in
    Figure(theme: theme) { axes in
      axes.title = "f(x) = x³ − 3x, with its critical points ⬡"
      axes.x.label = "x"
      axes.y.label = "f(x)"
      axes.function(over: -2.4...2.4) { $0 * $0 * $0 - 3 * $0 }
      axes.arrow(from: (0, 0), to: (0.5, -1.5), color: theme.color(3))
      axes.slopedLine(intercept: 0, slope: -3, label: "tangent at 0")
      axes.horizontalLine(at: 0)
      axes.verticalLine(at: 0)
      axes.note("maximum\nf(−1) = 2", x: -1.6, y: 4.2, pointingAt: (-1, 2.1))
      axes.note("minimum\nf(1) = −2", x: 0.4, y: -4.2, pointingAt: (1, -2.1))
    }
  },
]
