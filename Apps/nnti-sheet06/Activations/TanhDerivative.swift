import Experiments
import Wabe

/// 6.1.1 d: the derivative of tanh by way of the logistic function.
struct TanhDerivative: Experiment {
  let id = "nnti06.6.1.1.d"
  let title = "The derivative of tanh"
  let question = "Why is tanh′(x) = 4 (1 − σ(2x)) σ(2x)?"

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say("Write tanh as in part b and use part c; each of the two factors 2 comes from a chain rule or a constant:")
    run.formula(
      "tanh′(x) = d/dx (2 σ(2x) − 1)",
      "         = 2 · 2 · σ′(2x)",
      "         = 4 (1 − σ(2x)) σ(2x)")
    run.say("This is the familiar 1 − tanh²: with s = σ(2x), 1 − (2s − 1)² = 4s − 4s² = 4 (1 − s) s.")
    run.heading("Demonstration")
    let byTape = gradient(of: { tanh($0).sum() }, at: Tensor([0.5], dtype: .float64)).scalar
    run.say("At x = ½ automatic differentiation gives tanh′(½) = \(byTape.text(15)).")
    run.check(
      "tanh′(½) by automatic differentiation", byTape, equals: 0.7864477329659274, within: 3e-16,
      source: "mpmath, 30 digits")
    _ = try run.compare(
      ("4 (1 − σ(2x)) σ(2x)", { 4 * (1 - sigmoid(2 * $0)) * sigmoid(2 * $0) }),
      ("1 − tanh²(x)", { 1 - square(tanh($0)) }), atMost: 4, figure: "error", source: "NumPy: 3.25 ε")
    let better = [DType.float32, .float64].map { dtype in
      FormulaComparison(
        dtype, reach: 10, { 4 * sigmoid(-2 * $0) * sigmoid(2 * $0) }, { 1 - square(tanh($0)) })
    }
    run.say(
      "The factor 4 and the two subtractions let the rounding errors grow to a few ε. With σ(−2x) in place of 1 − σ(2x) "
        + "one subtraction goes, and the largest difference falls to \(better[0].largest.fixed(2)) ε in float32 and "
        + "\(better[1].largest.fixed(2)) ε in float64.")
    for comparison in better {
      run.check(
        "\(comparison.dtype): 4 σ(−2x) σ(2x) against 1 − tanh², / ε", comparison.largest, atMost: 2,
        source: "NumPy: 1.5 ε")
    }
    try run.compareWithDifferences(
      "tanh", of: { tanh($0) }, derivative: { 4 * sigmoid(-2 * $0) * sigmoid(2 * $0) }, curvature: 1.0 / 3,
      curvatureText: "h² / 3",
      bestErrors: (1e-4, 2e-10), source: "NumPy: 3.3e-5 and 3.3e-11")
    run.say("Here the error of a difference falls with h² / 3: tanh bends sixteen times as sharply as σ.")
  }
}
