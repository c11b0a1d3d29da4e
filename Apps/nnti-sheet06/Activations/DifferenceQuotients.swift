import Experiments
import Plotting
import Wabe

/// How far central differences of a function lie from its derivative, for steps of many sizes.
struct DifferenceQuotients {
  /// The precision of the calculation.
  let dtype: DType
  /// The steps h.
  let steps: [Double]
  /// The largest error over all places, one per step.
  let errors: [Double]

  /// Compares (f(x + h) − f(x − h)) / 2h with the derivative at places −5 … 5.
  init(_ dtype: DType, of function: (Tensor) -> Tensor, derivative: (Tensor) -> Tensor) {
    self.dtype = dtype
    let exponents = stride(from: -0.5, through: dtype == .float32 ? -6.0 : -11.0, by: -0.5)
    let steps = exponents.map { pow(10, Tensor($0)).scalar }
    let x = Tensor.linspace(from: -5, to: 5, count: 2001, dtype: dtype)
    let truth = derivative(x.cast(to: .float64))
    self.steps = steps
    errors = steps.map { h in
      let quotient = (function(x + h) - function(x - h)) / (2 * h)
      return abs(quotient.cast(to: .float64) - truth).max().scalar
    }
  }

  /// The step with the smallest error.
  var best: (step: Double, error: Double) {
    guard let place = errors.indices.min(by: { errors[$0] < errors[$1] }) else { return (.nan, .nan) }
    return (steps[place], errors[place])
  }

  /// The error at the step nearest to `h`.
  func error(at h: Double) -> Double {
    let place = steps.indices.min { abs(steps[$0] / h - 1) < abs(steps[$1] / h - 1) }
    return place.map { errors[$0] } ?? .nan
  }
}

extension Run {
  /// Compares a derivative with central differences in both precisions: a table row each, the V-shaped figure, and
  /// checks of the truncation error `curvature` · h² and of the smallest error.
  mutating func compareWithDifferences(
    _ name: String, of function: (Tensor) -> Tensor, derivative: (Tensor) -> Tensor, curvature: Double,
    curvatureText: String, bestErrors: (float32: Double, float64: Double), source: String
  ) throws {
    let single = DifferenceQuotients(.float32, of: function, derivative: derivative)
    let double = DifferenceQuotients(.float64, of: function, derivative: derivative)
    table(
      "Central differences of \(name)", columns: ["precision", "best step h", "error there", "error at h = 0.01"],
      rows: [single, double].map { quotients in
        [
          "\(quotients.dtype)", quotients.best.step.scientific(1), quotients.best.error.scientific(1),
          quotients.error(at: 0.01).scientific(2),
        ]
      })
    check(
      "float64 at h = 0.01: error / h²", double.error(at: 0.01) / 1e-4, equals: curvature, within: curvature * 1e-3,
      source: "Taylor: max |f‴| / 6")
    check("float64: smallest error of a difference", double.best.error, atMost: bestErrors.float64, source: source)
    check("float64: its step", double.best.step, between: 9e-7, and: 1.1e-4, source: "∛ε = 6e-6")
    check("float32: smallest error of a difference", single.best.error, atMost: bestErrors.float32, source: source)
    let caption =
      "The largest error of the central difference of \(name) over −5 … 5. From the right the error falls with h², "
      + "because the difference is not yet the derivative; further left it grows with ε / h, because two nearly equal "
      + "numbers are subtracted. The derivation is confirmed to the depth of the V."
    try figure("differences", caption: caption) {
      Figure(width: 640, height: 430) { axes in
        axes.title = "Central differences of \(name)"
        axes.x = Axis(label: "step h", scale: .logarithmic)
        axes.y = Axis(label: "largest error", scale: .logarithmic, limits: 1e-12...1)
        axes.line(single.steps, single.errors, label: "float32", marker: .circle, markerSize: 5)
        axes.line(double.steps, double.errors, label: "float64", marker: .square, markerSize: 5)
        let right = double.steps.filter { $0 > 2e-6 }
        let ink = axes.theme.softInk
        axes.line(
          right, right.map { curvature * $0 * $0 }, label: curvatureText, color: ink, width: 1.2,
          dash: [5, 4])
        for (quotients, label) in [(single, nil), (double, "ε / 2h")] {
          let left = quotients.steps
          let rounding = left.map { quotients.dtype.epsilon / (2 * $0) }
          axes.line(left, rounding, label: label, color: ink, width: 1.2, dash: [2, 3])
        }
      }
    }
  }
}
