public import Plotting
internal import Drawing

/// Activation functions and their derivatives on the same axes, with bounds as dashed lines.
public struct ActivationPlot: Chart, Sendable {
  /// A function, its derivative and what is known about them.
  public struct Entry: Sendable {
    /// The name, such as "σ".
    public var name: String
    /// The function.
    public var value: @Sendable (Double) -> Double
    /// Its derivative.
    public var derivative: @Sendable (Double) -> Double
    /// The number its derivative never exceeds, with its text; nil for none.
    public var bound: (value: Double, text: String)?

    /// An entry from two functions.
    public init(
      _ name: String, bound: (value: Double, text: String)? = nil,
      value: @escaping @Sendable (Double) -> Double, derivative: @escaping @Sendable (Double) -> Double
    ) {
      self.name = name
      self.bound = bound
      self.value = value
      self.derivative = derivative
    }
  }

  /// The functions.
  public var entries: [Entry]
  /// The part of the x axis that is shown.
  public var range: ClosedRange<Double>
  /// The colours and sizes.
  public var theme: Theme

  /// A plot of some functions.
  public init(_ entries: [Entry], over range: ClosedRange<Double> = -6...6, theme: Theme = .light) {
    self.entries = entries
    self.range = range
    self.theme = theme
  }

  public var figure: Figure {
    var figure = Figure(rows: 1, columns: 2, width: 860, height: 400, theme: theme)
    for (index, entry) in entries.enumerated() {
      let color = theme.color(index)
      let bend = [0.0].filter(range.contains)
      figure[0, 0].add(sampled(entry.value, "\(entry.name)(x)", color, bend))
      figure[0, 1].add(sampled(entry.derivative, "\(entry.name)′(x)", color, bend))
      if let bound = entry.bound {
        figure[0, 1].horizontalLine(at: bound.value, text: bound.text, color: color)
      }
    }
    figure[0, 0].title = "Activation"
    figure[0, 1].title = "Derivative"
    for column in 0...1 { figure[0, column].x.label = "x" }
    return figure
  }

  /// The graph of a function. Close to the bend of ReLU and its like the samples stand denser, and a jump is drawn as a
  /// gap instead of a slope.
  private func sampled(_ f: (Double) -> Double, _ label: String, _ color: Color, _ bends: [Double]) -> Line {
    let step = (range.upperBound - range.lowerBound) / 600
    var x = (0...600).map { range.lowerBound + step * Double($0) }
    for bend in bends { x += [bend - 1e-9, bend + 1e-9] }
    x.sort()
    var xs: [Double] = []
    var ys: [Double] = []
    for value in x {
      let y = f(value)
      if let lastX = xs.last, let lastY = ys.last, value - lastX < 1e-8, abs(y - lastY) > 0.1 {
        xs.append(.nan)
        ys.append(.nan)
      }
      xs.append(value)
      ys.append(y)
    }
    return Line(xs, ys, Stroke(color, width: theme.lineWidth), label: label)
  }
}
