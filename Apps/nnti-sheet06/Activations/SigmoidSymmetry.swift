import Experiments
import Wabe

/// 6.1.1 a: the logistic function is symmetric to the point (0, ½).
struct SigmoidSymmetry: Experiment {
  let id = "nnti06.6.1.1.a"
  let title = "The symmetry of the logistic function"
  let question = "Why is σ(−x) = 1 − σ(x) for every real x?"

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say("Start from the definition at −x and multiply the numerator and the denominator by e⁻ˣ:")
    run.formula(
      "σ(−x) = 1 / (1 + eˣ)",
      "      = e⁻ˣ / (e⁻ˣ + 1)",
      "      = (1 + e⁻ˣ − 1) / (1 + e⁻ˣ)",
      "      = 1 − 1 / (1 + e⁻ˣ)  =  1 − σ(x)")
    run.say(
      "In a picture: the curve is unchanged by half a turn about the point (0, ½). As probabilities: if σ(x) is the "
        + "chance of *yes*, σ(−x) is the chance of *no*, and the two sum to 1.")
    run.heading("Demonstration")
    let x = Tensor([2.0], dtype: .float64)
    let (minus, plus) = (sigmoid(-x).scalar, sigmoid(x).scalar)
    run.say("At x = 2: σ(−2) = \(minus.text(15)), 1 − σ(2) = \((1 - plus).text(15)).")
    run.check("σ(−2)", minus, equals: 0.11920292202211756, within: 1e-16, source: "mpmath, 30 digits")
    run.check("1 − σ(2)", 1 - plus, equals: 0.11920292202211756, within: 2.3e-16, source: "mpmath, 30 digits")
    let comparisons = try run.compare(
      ("1 − σ(x)", { 1 - sigmoid($0) }), ("σ(−x)", { sigmoid(-$0) }), atMost: 1, figure: "error",
      source: "NumPy: 0.74 ε and 0.75 ε")
    sayWhatIsLost(in: &run, comparisons)
  }

  private func sayWhatIsLost(in run: inout Run, _ comparisons: [FormulaComparison]) {
    let near = comparisons[0].largestRelative
    let far = comparisons[1].largestRelative
    run.say(
      "The two sides never differ by more than one ε, so the identity holds as well as it can. But equal on paper is not "
        + "equally good in a program: for large x the subtraction 1 − σ(x) cancels all digits. In float32 it is wrong by "
        + "\((near.value * 100).text(2)) % at x = \(near.x.text(3)), and further out by \((far.value * 100).text(3)) %: "
        + "it gives 0, while σ(−x) is small but right.")
    run.check(
      "float32 on ±10: largest relative difference", near.value, between: 1e-4, and: 1e-2, source: "NumPy: 1.3e-3")
    run.check("float32 on ±100: largest relative difference", far.value, equals: 1, within: 1e-6, source: "1 − 1 = 0")
    let (lost, kept) = (
      1 - sigmoid(Tensor([40.0], dtype: .float64)).scalar, sigmoid(Tensor([-40.0], dtype: .float64)).scalar
    )
    run.say("In float64 at x = 40: 1 − σ(40) = \(lost.text(3)), but σ(−40) = \(kept.text(10)) ≈ e⁻⁴⁰.")
    run.check("1 − σ(40) in float64", lost, equals: 0)
    run.check("σ(−40) / e⁻⁴⁰", kept / 4.248354255291589e-18, equals: 1, within: 1e-14, source: "mpmath, 30 digits")
  }
}
