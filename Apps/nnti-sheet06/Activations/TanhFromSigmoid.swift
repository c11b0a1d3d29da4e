import Experiments
import Wabe

/// 6.1.1 b: tanh is a stretched and shifted logistic function.
struct TanhFromSigmoid: Experiment {
  let id = "nnti06.6.1.1.b"
  let title = "tanh as a stretched logistic function"
  let question = "Why is tanh(x) = 2 σ(2x) − 1 for every real x?"

  func run(in run: inout Run) throws {
    run.heading("Derivation")
    run.say("Bring the right-hand side to one fraction and multiply the numerator and the denominator by eˣ:")
    run.formula(
      "2 σ(2x) − 1 = 2 / (1 + e⁻²ˣ) − 1",
      "            = (1 − e⁻²ˣ) / (1 + e⁻²ˣ)",
      "            = (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)  =  tanh(x)")
    run.say(
      "So tanh is σ made half as wide, twice as high and moved down by 1. Its values are centred at 0, those of σ at ½; "
        + "a layer can hide this difference in its weights, which exercise 6.1.2 uses.")
    run.heading("Demonstration")
    let x = Tensor([0.5], dtype: .float64)
    let (left, right) = (tanh(x).scalar, (2 * sigmoid(2 * x) - 1).scalar)
    run.say("At x = ½: tanh(½) = \(left.text(15)), 2 σ(1) − 1 = \(right.text(15)).")
    run.check("tanh(½)", left, equals: 0.46211715726000976, within: 1.2e-16, source: "mpmath, 30 digits")
    run.check("2 σ(1) − 1", right, equals: 0.46211715726000976, within: 4.5e-16, source: "mpmath, 30 digits")
    let comparisons = try run.compare(
      ("2 σ(2x) − 1", { 2 * sigmoid(2 * $0) - 1 }), ("tanh(x)", { tanh($0) }), atMost: 2, figure: "error",
      source: "NumPy: 1.50 ε")
    let worst = comparisons[0].largestRelative
    run.say(
      "The absolute difference stays below 2 ε: 2 σ(2x) is rounded to a number of size 1 before 1 is taken away. "
        + "Near 0 that rounding is large compared with the small result: in float32 the relative error reaches "
        + "\(worst.value.scientific(1)) at x = \(worst.x.text(2)). A library therefore computes tanh on its own.")
    run.check(
      "float32 on ±10: largest relative difference", worst.value, between: 1e-5, and: 1e-2, source: "NumPy: 4e-4")
    let smallest = Tensor([1e-10], dtype: .float64)
    run.check(
      "tanh(10⁻¹⁰) / 10⁻¹⁰", (tanh(smallest) / 1e-10).scalar, equals: 1, within: 1e-15, source: "tanh x ≈ x − x³ / 3")
  }
}
