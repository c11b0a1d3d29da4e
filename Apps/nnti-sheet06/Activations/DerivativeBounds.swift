import Experiments
import Visualization
import Wabe

/// 6.1.3: the derivatives of σ and tanh are bounded, and what that does to deep networks.
struct DerivativeBounds: Experiment {
  let id = "nnti06.6.1.3"
  let title = "How small the derivatives are, and why gradients vanish"
  let question =
    "Why is 0 < σ′ ≤ ¼ and 0 < tanh′ ≤ 1 everywhere? Which trouble follows for deep networks, and which activation avoids it?"

  func run(in run: inout Run) throws {
    derive(in: &run)
    checkExtremes(in: &run)
    checkSaturation(in: &run)
    try drawDerivatives(in: &run)
    try vanish(in: &run)
  }

  private func derive(in run: inout Run) {
    run.heading("Derivation")
    run.formula(
      "f(t) = t − t² = ¼ − (t − ½)²",
      "    0 < f(t) ≤ ¼ for 0 < t < 1,  equal only at t = ½",
      "",
      "σ′(x) = f(σ(x))  with 0 < σ(x) < 1",
      "    0 < σ′(x) ≤ ¼,  equal only at x = 0",
      "",
      "tanh′(x) = 4 σ′(2x) = 4 f(σ(2x))",
      "    0 < tanh′(x) ≤ 1,  equal only at x = 0")
    run.say(
      "The square completes the proof of the upper bound; for the lower one, f(t) = t (1 − t) is a product of two "
        + "positive numbers. σ reaches every t between 0 and 1 but neither end, so the bounds cannot be improved.")
  }

  private func checkExtremes(in run: inout Run) {
    run.heading("Demonstration")
    let x = Tensor.linspace(from: -700, to: 700, count: 200_001, dtype: .float64)
    let slope = sigmoid(-x) * sigmoid(x)
    let half = x / 2
    let steep = 4 * sigmoid(-2 * half) * sigmoid(2 * half)
    let zero = Tensor([0], dtype: .float64)
    let atZero = (
      gradient(of: { sigmoid($0).sum() }, at: zero).scalar, gradient(of: { tanh($0).sum() }, at: zero).scalar
    )
    let far = Tensor([10, 20], dtype: .float64)
    let small = (sigmoid(-far) * sigmoid(far)).scalars
    run.say(
      "On a grid of \(x.count) places σ′ lies between \(slope.min().scalar.scientific()) (at |x| = 700) and "
        + "\(slope.max().scalar.text(6)), and tanh′ between \(steep.min().scalar.scientific()) (at |x| = 350) and "
        + "\(steep.max().scalar.text(6)). At moderate x the slope is small already: σ′(10) = \(small[0].text(5)), "
        + "σ′(20) = \(small[1].text(5)).")
    run.check("σ′(0)", atZero.0, equals: 0.25)
    run.check("tanh′(0)", atZero.1, equals: 1)
    run.check("largest σ′ on the grid", slope.max().scalar, equals: 0.25)
    run.check("largest tanh′ on the grid", steep.max().scalar, equals: 1)
    run.check("σ′ is positive for |x| ≤ 700", holds: (slope .> 0).all().scalar == 1)
    run.check("tanh′ is positive for |x| ≤ 350", holds: (steep .> 0).all().scalar == 1)
    run.check("σ′(10)", small[0], equals: 4.5395807735951671e-5, within: 1e-18, source: "mpmath, 30 digits")
    run.check("σ′(20)", small[1], equals: 2.0611536139418493e-9, within: 1e-22, source: "mpmath, 30 digits")
  }

  private func checkSaturation(in run: inout Run) {
    let textbook: (Tensor) -> Tensor = { 1 / (1 + exp(-$0)) }
    let rows: [(name: String, dtype: DType, function: (Tensor) -> Tensor, theory: Double, formula: String)] = [
      ("σ(x)", .float32, { sigmoid($0) }, 17.32867951399863, "25 ln 2"),
      ("σ(x)", .float64, { sigmoid($0) }, 37.42994775023705, "54 ln 2"),
      ("1 / (1 + e⁻ˣ)", .float32, textbook, 16.635532333438686, "24 ln 2"),
      ("1 / (1 + e⁻ˣ)", .float64, textbook, 36.7368005696771, "53 ln 2"),
      ("tanh x", .float32, { tanh($0) }, 9.010913347279289, "13 ln 2"),
      ("tanh x", .float64, { tanh($0) }, 19.061547465398494, "27.5 ln 2"),
    ]
    var table: [[String]] = []
    for row in rows {
      let x = Tensor.linspace(from: 5, to: 40, count: 35_001, dtype: row.dtype)
      let first = (row.function(x) .== 1).cast(to: .float64).argMax().scalar
      let place = x.scalars[Int(first)]
      table.append([row.name, "\(row.dtype)", place.fixed(3), "\(row.formula) = \(row.theory.fixed(4))"])
      run.check(
        "\(row.dtype): \(row.name) is rounded to 1 from x =", place, equals: row.theory, within: 0.03,
        source: row.formula)
    }
    run.table(
      "Where the functions become 1", columns: ["function", "precision", "from x =", "theory"], rows: table)
    run.say(
      "A number is rounded to 1 when it lies within half a step of it. The library's σ is rounded once, so that happens "
        + "at e⁻ˣ = ¼ ε, x = 25 ln 2 in float32. Written as 1 / (1 + e⁻ˣ) the sum is rounded to 1 first, as soon as "
        + "e⁻ˣ ≤ ½ ε, x = 24 ln 2.")
    let x = Tensor([40], dtype: .float64)
    let (product, symmetric) = (((1 - sigmoid(x)) * sigmoid(x)).scalar, (sigmoid(-x) * sigmoid(x)).scalar)
    run.say(
      "The strict inequality 0 < σ′ is a statement about real numbers. In float64 at x = 40 the formula (1 − σ) σ gives "
        + "\(product.text(3)), because σ has been rounded to 1; σ(−x) σ(x) gives \(symmetric.text(4)).")
    run.check("(1 − σ) σ at x = 40", product, equals: 0)
    run.check("σ(−x) σ(x) at x = 40 is positive", holds: symmetric > 0)
  }

  private func drawDerivatives(in run: inout Run) throws {
    let caption =
      "σ, tanh and ReLU with their derivatives. Dashed: the bounds ¼ and 1. Away from 0 both derivatives of the bent "
      + "functions fall like e⁻ˣ and e⁻²ˣ; that of ReLU stays 1."
    try run.figure("derivatives", caption: caption) {
      ActivationPlot([
        .init("σ", bound: (0.25, "¼"), value: { logistic($0) }, derivative: { logistic($0) * logistic(-$0) }),
        .init(
          "tanh", bound: (1, "1"), value: { 2 * logistic(2 * $0) - 1 },
          derivative: { 4 * logistic(2 * $0) * logistic(-2 * $0) }),
        .init("relu", value: { max($0, 0) }, derivative: { $0 > 0 ? 1 : 0 }),
      ])
    }
  }
}

/// σ of one number.
private func logistic(_ x: Double) -> Double { sigmoid(Tensor([x])).scalar }
