import Experiments
import Plotting
import Visualization
import Wabe

/// 6.5 c: Newton's method on quadratics, and how many steps gradient descent takes on the same.
struct NewtonInOneStep: Experiment {
  let id = "nnti06.6.5.c"
  let title = "Newton's method in one step"
  let question = """
    For which function does Newton's method reach the optimum in a single step? Does gradient descent need more or \
    fewer steps there?
    """

  func run(in run: inout Run) throws {
    var random = run.random
    run.heading("One step for every quadratic")
    run.say(
      """
      f(x) = ½ xᵀ A x − bᵀ x with a symmetric positive definite A has the gradient A x − b and the Hessian A, the same \
      everywhere. Newton's step from any x is
      """)
    run.formula("x − A⁻¹ (A x − b) = A⁻¹ b,")
    run.say("which is the minimum. Newton's method approximates f by a parabola, and here f is that parabola.")
    var rows: [[String]] = []
    for size in [2, 5, 20] {
      let quadratic = Quadratic(size, using: &random)
      var point = VectorModel(.normal([size], deviation: 10, dtype: .float64, using: &random))
      let before = quadratic.residual(at: point.x)
      try Newton().update(&point) { quadratic($0.x) }
      let after = quadratic.residual(at: point.x)
      rows.append(["\(size)", before.text(3), after.scientific(1)])
      run.check("‖A x − b‖ after one step, \(size) variables", after, atMost: 1e-10)
    }
    run.table("A random A and b, a random start", columns: ["variables", "‖A x − b‖ before", "after"], rows: rows)

    run.heading("Gradient descent has to count")
    run.say(
      """
      Gradient descent multiplies the error along an eigenvector of A by 1 − η λ in each step. With eigenvalues from μ \
      to L and κ = L/μ, the best fixed step η = 2/(μ + L) shrinks the worst direction by (κ − 1)/(κ + 1), and the \
      usual safe step η = 1/L by 1 − 1/κ. The steps until the distance has fallen to a millionth grow in proportion to κ:
      """)
    let expected: [(kappa: Double, best: Int, safe: Int)] = [
      (1, 1, 1), (2, 13, 20), (10, 69, 132), (100, 691, 1375), (1000, 6908, 13809),
    ]
    var counts: [[String]] = []
    for (kappa, best, safe) in expected {
      let found = (steps(kappa, rate: 2 / (1 + kappa)), steps(kappa, rate: 1 / kappa))
      counts.append([kappa.text(), "1", "\(found.0)", "\(found.1)"])
      run.check("steps at κ = \(kappa.text()), η = 2/(μ+L)", Double(found.0), equals: Double(best), source: "theory")
      run.check("steps at κ = \(kappa.text()), η = 1/L", Double(found.1), equals: Double(safe), source: "theory")
    }
    run.table(
      "Steps to a millionth of the distance", columns: ["κ", "Newton", "η = 2/(μ+L)", "η = 1/L"], rows: counts)

    run.heading("Answer")
    run.say(
      """
      Any quadratic with a positive definite Hessian, x² being the simplest: Newton needs one step. Gradient descent \
      needs as many or more: one only if κ = 1 and the step is exactly 1/L, and about κ/2 · ln 10⁶ for a millionth \
      otherwise. A Newton step costs more in return: a Hessian and a system of equations, see part (d).
      """)
    try run.figure(
      "newton",
      caption: """
        ½ (x² + 10 y²): Newton goes straight to the minimum. Gradient descent with the best fixed step swings from wall \
        to wall of the valley, and with the safe step it creeps along the bottom.
        """
    ) {
      picture()
    }
  }

  /// Steps of gradient descent on ½ (x² + κ y²) until the distance is a millionth, from a start with error in the
  /// direction that takes longest: for 2/(μ+L) both do, for 1/L that of the small eigenvalue.
  private func steps(_ kappa: Double, rate: Double) -> Int {
    var (x, y) = (1.0, rate == 1 / kappa ? 0 : 1.0)
    let goal = 1e-6 * (x * x + y * y).squareRoot()
    var count = 0
    while (x * x + y * y).squareRoot() > goal {
      (x, y) = (x - rate * x, y - rate * kappa * y)
      count += 1
    }
    return count
  }

  private func picture() -> Trajectories {
    let start = PlanePoint(-4.5, 1.2)
    func descend(_ rate: Double) -> [PlanePoint] {
      var point = start
      return (0...40).map { _ in
        defer { point = PlanePoint(point.x - rate * point.x, point.y - rate * 10 * point.y) }
        return point
      }
    }
    return Trajectories(
      over: Grid(x: -5...1, y: -1.6...1.6) { ($0 * $0 + 10 * $1 * $1) / 2 },
      [
        .init("gradient descent, η = 2/(μ+L)", descend(2 / 11)), .init("gradient descent, η = 1/L", descend(0.1)),
        .init("Newton", [start, PlanePoint(0, 0)]),
      ], marks: [("minimum", PlanePoint(0, 0))], title: "f(x, y) = ½ (x² + 10 y²)")
  }
}

/// ½ xᵀ A x − bᵀ x with a random symmetric positive definite A.
private struct Quadratic {
  let matrix: Tensor
  let shift: Tensor

  init(_ size: Int, using random: inout RandomSource) {
    let factor = Tensor.normal([size, size], dtype: .float64, using: &random)
    matrix = factor.matmul(factor, transposeB: true) / Double(size) + Tensor.eye(size, dtype: .float64)
    shift = .normal([size], dtype: .float64, using: &random)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { (x * matrix.matmul(x)).sum() * 0.5 - (shift * x).sum() }

  func residual(at x: Tensor) -> Double { (matrix.matmul(x) - shift).norm().scalar }
}

/// A point as a model, so that optimizers of models move it.
struct VectorModel: Module {
  var x: Tensor

  init(_ x: Tensor) { self.x = x }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("x", &x) }
}
