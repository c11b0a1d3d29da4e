import Experiments
import Wabe

/// 6.1.1 c: the derivative of the logistic function from its values.
struct SigmoidDerivative: Experiment {
  let id = "nnti06.6.1.1.c"
  let title = "The derivative of the logistic function"
  let question = "Why is σ′(x) = (1 − σ(x)) σ(x), and why is that also σ(−x) σ(x)?"

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say("Differentiate σ(x) = (1 + e⁻ˣ)⁻¹ with the chain rule and split the result into two factors:")
    run.formula(
      "σ′(x) = −(1 + e⁻ˣ)⁻² · (−e⁻ˣ)",
      "      = e⁻ˣ / (1 + e⁻ˣ) · 1 / (1 + e⁻ˣ)",
      "      = (1 − σ(x)) · σ(x)      as e⁻ˣ / (1 + e⁻ˣ) = 1 − 1 / (1 + e⁻ˣ)",
      "      = σ(−x) · σ(x)           by part a")
    run.say(
      "The derivative needs no new exponential: backpropagation keeps the output s of the forward pass and multiplies by "
        + "s (1 − s).")
    run.heading("Demonstration")
    let x = Tensor([1.0], dtype: .float64)
    let byTape = gradient(of: { sigmoid($0).sum() }, at: x).scalar
    run.say("At x = 1 automatic differentiation gives σ′(1) = \(byTape.text(15)).")
    run.check(
      "σ′(1) by automatic differentiation", byTape, equals: 0.19661193324148185, within: 1e-16,
      source: "mpmath, 30 digits")
    let comparisons = try run.compare(
      ("(1 − σ) σ", { (1 - sigmoid($0)) * sigmoid($0) }), ("σ(−x) σ(x)", { sigmoid(-$0) * sigmoid($0) }),
      atMost: 1, figure: "error", source: "NumPy: 0.74 ε and 0.75 ε")
    let relative = comparisons[1].largestRelative
    run.say(
      "Both forms agree to one ε, but only σ(−x) σ(x) keeps its digits where the derivative is small: in float32 the form "
        + "with 1 − σ is wrong by \((relative.value * 100).text(3)) % at x = \(relative.x.text(4)), since it gives "
        + "exactly 0 there.")
    let autodiff = FormulaComparison(
      .float64, reach: 10, { x in gradient(of: { sigmoid($0).sum() }, at: x) }, { sigmoid(-$0) * sigmoid($0) })
    run.check("automatic differentiation against σ(−x) σ(x) on ±10, / ε", autodiff.largest, atMost: 1)
    try run.compareWithDifferences(
      "σ", of: { sigmoid($0) }, derivative: { sigmoid(-$0) * sigmoid($0) }, curvature: 1.0 / 48,
      curvatureText: "h² / 48",
      bestErrors: (2e-5, 1e-10), source: "NumPy: 8e-6 and 1.4e-11")
    run.say(
      "The same without the derivation: central differences approach the formula with h² / 48, the largest value of "
        + "|σ‴| / 6, until rounding takes over.")
  }
}
