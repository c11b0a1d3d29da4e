import Drawing
import Experiments
import Plotting
import Wabe

/// The fixed order of exercise 7.3: F₁ puts component `order[k]` at place k. Indices count from 0.
let order = [2, 4, 3, 0, 1]

/// F₁(x) = (x₂, x₄, x₃, x₀, x₁).
func reordered(_ x: Tensor) -> Tensor { x.taking(order) }

/// The numbers that the three parts are tried with: x and the gradient d that arrives.
let trials: [(x: Tensor, d: Tensor)] = [
  (Tensor([1, 2, 3, 4, 5], dtype: .float64), Tensor([1, 2, 3, 4, 5], dtype: .float64)),
  (Tensor([0.5, -1, 2, 0.25, 3], dtype: .float64), Tensor([1, -2, 0.5, 3, -1], dtype: .float64)),
  (Tensor([2, 3, 5, 7, 11], dtype: .float64), Tensor([1, 10, 100, 1_000, 10_000], dtype: .float64)),
]

extension Run {
  /// Checks one of the functions: the gradient by hand, by automatic differentiation, by its Jacobian and by central
  /// differences, for all three sets of numbers.
  mutating func checkGradient(
    of function: @escaping (Tensor) -> Tensor, byHand: (Tensor, Tensor) -> Tensor, expected: [[Double]]
  ) {
    var rows: [[String]] = []
    for (number, (trial, reference)) in zip(trials, expected).enumerated() {
      let (x, d) = trial
      let hand = byHand(x, d)
      let automatic = valueWithGradient(at: x, seed: d, of: function).gradient
      let matrix = jacobian(of: function, at: x)
      check("set \(number + 1): by hand", hand, equals: Tensor(reference), source: "exact arithmetic")
      check("set \(number + 1): automatic", automatic, equals: hand)
      check("set \(number + 1): Jᵀ d", matrix.transposed.matmul(d), equals: hand)
      // The differences of L = d · F(x), whose size the tolerance follows.
      let differences = checkGradients(of: { (function($0) * d).sum() }, at: x)
      let scale = max(1, abs(hand).max().scalar)
      check(
        "set \(number + 1): central differences, relative", (differences.worst?.error ?? .infinity) / scale,
        atMost: 1e-6,
        source: "step 1e-6")
      rows.append([text(x), text(d), text(hand)])
    }
    table("Three sets of numbers", columns: ["x", "d", "∂L/∂x"], rows: rows)
  }

  /// Draws a Jacobian: rows are the components of F, columns those of x.
  mutating func jacobianFigure(_ title: String, _ matrix: Tensor, caption: String) throws {
    try figure("jacobian", caption: caption) {
      let rows = matrix.unstacked().map(\.scalars)
      let most = max(1, abs(matrix).max().scalar)
      return Figure(width: 520, height: 460) { axes in
        axes.title = title
        axes.x = .categories((0..<5).map { "x\(subscripted($0))" }, label: "component of x")
        axes.y = .categories((0..<5).map { "F\(subscripted($0))" }, label: "component of F")
        axes.aspect = .equal
        axes.matrix(
          rows, map: axes.theme.diverging, limits: -most...most, label: "∂F/∂x",
          texts: rows.map { $0.map { $0.text() } })
      }
    }
  }

  private func text(_ values: Tensor) -> String { values.scalars.map { $0.text() }.joined(separator: ", ") }
}

/// An index from 0 to 4 below the line.
func subscripted(_ index: Int) -> String { ["₀", "₁", "₂", "₃", "₄"][index] }
