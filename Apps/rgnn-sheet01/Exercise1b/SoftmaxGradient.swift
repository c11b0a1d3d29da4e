import Experiments
import Wabe

struct SoftmaxGradient: Experiment {
  let id = "rgnn01.1.b.2"
  let title = "The gradient of cross-entropy with softmax"
  let question = "What is the derivative of L = −Σ_j y_j ln softmax(z)_j by a logit z_j?"

  func run(in run: inout Run) throws {
    run.say(
      """
      The text of the sheet asks for the derivative by z_i but has the index j in the formula above it; by z_j is meant.
      """)
    run.heading("Derivation")
    run.say("With p_j = e^z_j / S and S = Σ_k e^z_k, the quotient rule gives the Jacobian of the softmax:")
    run.formula(
      "∂p_j/∂z_k = (δ_jk e^z_j S − e^z_j e^z_k) / S²",
      "          = p_j (δ_jk − p_k)        with δ_jk = 1 for j = k, else 0")
    run.say("The loss depends on p through its logarithm, and the factor p_j cancels:")
    run.formula(
      "∂L/∂z_k = −Σ_j y_j/p_j · ∂p_j/∂z_k",
      "        = −Σ_j y_j (δ_jk − p_k)",
      "        = p_k Σ_j y_j − y_k",
      "        = p_k − y_k               because Σ_j y_j = 1")
    run.say(
      """
      The shorter way avoids the Jacobian: ln softmax(z)_j = z_j − ln S, hence L = ln S − Σ_j y_j z_j, whose \
      derivative is ∂ ln S/∂z_k − y_k = p_k − y_k.
      """)
    demonstrate(&run)
    structure(&run)
  }

  private func demonstrate(_ run: inout Run) {
    run.heading("In numbers")
    let table = NormalizationTable.softmax
    run.table(
      "z = (1, 2, 3)", columns: ["true class", "L", "∂L/∂z₁", "∂L/∂z₂", "∂L/∂z₃"], rows: table.rows)
    let p = softmax(NormalizationTable.point)
    for (label, (result, reference)) in zip(table.results, table.references).enumerated() {
      let name = "true class \(label + 1)"
      run.check("L, \(name)", result.loss, equals: reference.loss, within: 1e-11, source: "NumPy, 12 digits")
      run.check(
        "∂L/∂z, \(name)", result.gradient, equals: Tensor([reference.gradient]), within: 1e-11,
        source: "NumPy, 12 digits")
      run.check(
        "p − y against automatic differentiation, \(name)", p - NormalizationTable.target(label),
        equals: result.gradient, within: 1e-15)
    }
    run.check("largest difference from central differences", table.largestDifference(), atMost: 1e-8)

    let jacobian = jacobian(of: { softmax($0) }, at: NormalizationTable.point.flattened())
    let formula = p.flattened().diagonalMatrix() - p.matmul(p, transposeA: true)
    run.check("the softmax's Jacobian is diag(p) − p pᵀ", jacobian, equals: formula, within: 1e-15)
  }

  private func structure(_ run: inout Run) {
    run.heading("What the result says")
    let table = NormalizationTable.softmax
    let sums = table.results.map { $0.gradient.sum().scalar.magnitude }.max() ?? .infinity
    let largest = table.results.map { abs($0.gradient).max().scalar }.max() ?? .infinity
    run.say(
      """
      Every component lies between −1 and 1 (here up to \(largest.fixed(4))), and they sum to zero (here to \
      \(sums.scientific(1))): what the true class is pushed up, the others are pushed down, in proportion to the \
      probability they hold by mistake. Adding a constant to all logits changes nothing.
      """)
    run.check("sum of the gradient's components", sums, atMost: 1e-15)
    run.check("largest component", largest, atMost: 1)
    let soft = Tensor([[0.5, 0.3, 0.2]], dtype: .float64)
    let mixed = gradient(of: { crossEntropy(logits: $0, targets: soft) }, at: NormalizationTable.point)
    run.check(
      "p − y also for a mixed target (0.5, 0.3, 0.2)", mixed, equals: softmax(NormalizationTable.point) - soft,
      within: 1e-15)
  }
}
