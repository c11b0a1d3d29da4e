import Drawing
import Experiments
import Plotting
import Wabe

/// Two formulas that are equal on paper, evaluated at many places in one precision.
struct FormulaComparison {
  /// The precision of the calculation.
  let dtype: DType
  /// How far the places reach on both sides of 0.
  let reach: Double
  /// The places.
  let x: [Double]
  /// How far the results lie apart, in units of the machine's ε.
  let errors: [Double]
  /// How far they lie apart, as a share of the second formula's result.
  let relativeErrors: [Double]

  /// The places −reach … reach at which all comparisons are made.
  static let count = 200_001

  init(_ dtype: DType, reach: Double, _ first: (Tensor) -> Tensor, _ second: (Tensor) -> Tensor) {
    self.dtype = dtype
    self.reach = reach
    let x = Tensor.linspace(from: -reach, to: reach, count: FormulaComparison.count, dtype: dtype)
    let reference = second(x).cast(to: .float64)
    let difference = abs(first(x).cast(to: .float64) - reference)
    self.x = x.scalars
    errors = (difference / dtype.epsilon).scalars
    relativeErrors = Tensor.where(difference .> 0, difference / abs(reference), 0).scalars
  }

  /// The largest difference, in units of ε.
  var largest: Double { errors.max() ?? 0 }

  /// The largest relative difference, and where it is.
  var largestRelative: (value: Double, x: Double) {
    guard let place = relativeErrors.indices.max(by: { relativeErrors[$0] < relativeErrors[$1] }) else { return (0, 0) }
    return (relativeErrors[place], x[place])
  }

  /// The largest of `values` in each of so many neighbourhoods, so that a curve shows all of them.
  func envelope(of values: [Double], parts: Int = 320) -> (x: [Double], y: [Double]) {
    let bounds = (0...parts).map { $0 * values.count / parts }
    let pieces = zip(bounds, bounds.dropFirst()).map { $0..<$1 }
    return (pieces.map { x[($0.lowerBound + $0.upperBound) / 2] }, pieces.map { values[$0].max() ?? 0 })
  }
}

extension Run {
  /// Compares two formulas in both precisions near 0 and far out, shows a table and a figure, and checks the largest
  /// difference against a bound in units of ε.
  mutating func compare(
    _ first: (name: String, value: (Tensor) -> Tensor), _ second: (name: String, value: (Tensor) -> Tensor),
    atMost bound: Double, figure name: String, source: String
  ) throws -> [FormulaComparison] {
    let comparisons = [DType.float32, .float64].flatMap { dtype in
      [10.0, 100].map { FormulaComparison(dtype, reach: $0, first.value, second.value) }
    }
    table(
      "\(first.name) against \(second.name), largest differences at \(FormulaComparison.count) places",
      columns: ["precision", "range", "difference", "in ε", "relative difference", "at x ="],
      rows: comparisons.map { comparison in
        let (relative, place) = comparison.largestRelative
        return [
          "\(comparison.dtype)", "±\(comparison.reach.text(3))",
          (comparison.largest * comparison.dtype.epsilon).scientific(), comparison.largest.fixed(2),
          relative.scientific(1), place.text(4),
        ]
      })
    for comparison in comparisons {
      check(
        "\(comparison.dtype) on ±\(comparison.reach.text(3)): largest difference / ε", comparison.largest,
        atMost: bound, source: source)
    }
    let caption =
      "How far \(first.name) and \(second.name) lie apart in floating point: left in units of ε, where the dashed "
      + "line is the bound of the check, right as a share of the result. The curves show the largest of "
      + "\(FormulaComparison.count / 320) neighbouring places."
    try figure(name, caption: caption) {
      errorFigure(comparisons.filter { $0.reach == 10 }, "\(first.name)  against  \(second.name)", bound)
    }
    return comparisons
  }
}

/// The absolute and the relative differences of several comparisons side by side.
private func errorFigure(_ comparisons: [FormulaComparison], _ title: String, _ bound: Double) -> Figure {
  var figure = Figure(rows: 1, columns: 2, width: 900, height: 380, title: title)
  for comparison in comparisons {
    let absolute = comparison.envelope(of: comparison.errors)
    let relative = comparison.envelope(of: comparison.relativeErrors)
    figure[0, 0].line(absolute.x, absolute.y, label: "\(comparison.dtype)", width: 1.3)
    figure[0, 1].line(relative.x, relative.y, label: "\(comparison.dtype)", width: 1.3)
  }
  figure[0, 0].horizontalLine(at: bound, text: "\(bound.text(2)) ε")
  figure[0, 0].y.limits = 0...(bound * 1.2)
  figure[0, 0].y.label = "difference / ε"
  figure[0, 1].y = Axis(label: "relative difference", scale: .logarithmic)
  for column in 0...1 { figure[0, column].x.label = "x" }
  figure[0, 0].title = "absolute"
  figure[0, 1].title = "relative"
  return figure
}
