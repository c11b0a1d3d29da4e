import Experiments
import Plotting
import Wabe

struct OutputError: Experiment {
  let id = "rgnn01.1.a.1"
  let title = "The error term of the output neuron"
  let question = """
    The output neuron gives a logit z, from which σ(z) makes a probability. How does the binary cross-entropy change \
    with z, that is: what is the error term δ = ∂E/∂z?
    """

  func run(in run: inout Run) throws {
    derive(&run)
    compare(&run)
    try saturate(&run)
    try run.figure(
      "error-term",
      caption: """
        Left: the binary cross-entropy of a logit for both targets; it grows like |z| on the wrong side and never \
        faster. Right: its derivative, the error term. It is the mistake of the probability itself, between −1 and 1: \
        a confidently wrong neuron keeps the full slope instead of saturating.
        """
    ) { figure }
  }

  private func derive(_ run: inout Run) {
    run.heading("Derivation")
    run.say("With p = σ(z) = 1 / (1 + e^−z) the loss of one example with the target y ∈ {0, 1} is")
    run.formula("E = −y ln p − (1 − y) ln(1 − p)")
    run.say("z acts on E only through p, so the chain rule has two factors:")
    run.formula(
      "∂E/∂p = −y/p + (1 − y)/(1 − p) = (p − y) / (p (1 − p))",
      "∂p/∂z = σ(z) (1 − σ(z))        = p (1 − p)",
      "δ     = ∂E/∂p · ∂p/∂z          = p − y = σ(z) − y")
    run.say(
      """
      The slope of the sigmoid, which vanishes at both ends, cancels against the same factor in the denominator of the \
      loss. What is left is the difference between what was said and what is true.
      """)
  }

  private func compare(_ run: inout Run) {
    run.heading("Step by step in numbers")
    let h = 1e-5
    var rows: [[String]] = []
    for y in [0.0, 1] {
      for z in [-30.0, -4, 0, 4, 30] {
        let p = sigmoid(number(z)).scalar
        let numeric = (loss(z + h, y) - loss(z - h, y)) / (2 * h)
        let first = (p - y) / (p * (1 - p))
        rows.append(
          [z.text(3), y.text(1), first.text(5), (p * (1 - p)).text(5), (p - y).text(8), numeric.text(8)])
      }
    }
    run.table(
      "The two factors, their product p − y, and the central difference of the loss (h = 10⁻⁵)",
      columns: ["z", "y", "∂E/∂p", "∂p/∂z", "δ = p − y", "central difference"], rows: rows)

    let z = Tensor.linspace(from: -30, to: 30, count: 121, dtype: .float64)
    var worst = 0.0
    for y in [0.0, 1] {
      let targets = Tensor.full(like: z, y)
      let high = binaryCrossEntropy(logits: z + h, targets: targets, reduction: .none)
      let low = binaryCrossEntropy(logits: z - h, targets: targets, reduction: .none)
      let difference = abs((high - low) / (2 * h) - (sigmoid(z) - targets))
      worst = max(worst, difference.max().scalar)
    }
    run.check("σ(z) − y against central differences, z from −30 to 30, largest difference", worst, atMost: 1e-8)
    let rule = gradient(of: { binaryCrossEntropy(logits: $0, targets: Tensor.ones(like: z), reduction: .sum) }, at: z)
    run.check("σ(z) − 1 against automatic differentiation", sigmoid(z) - 1, equals: rule, within: 1e-15)
  }

  private func saturate(_ run: inout Run) throws {
    run.heading("Why the product has to be simplified on paper")
    let z = 40.0
    let p = sigmoid(number(z)).scalar
    let product = (p - 1) / (p * (1 - p)) * (p * (1 - p))
    run.say(
      """
      At z = \(z.text(3)) the probability rounds to \(p.text(17)), so that p (1 − p) is \((p * (1 - p)).text(3)) and \
      the product of the two factors is \(product.text(3)) for y = 1, although its value is nearly 0. The simplified \
      form p − y has no such hole, and the loss itself is computed from the logit as max(z, 0) − z y + ln(1 + \
      e^−|z|). What remains is rounding: in the last row of the table p − 1 has kept few of its digits, because p is \
      so close to 1.
      """)
    run.check("the unsimplified product at z = 40, y = 1 is not a number", holds: product.isNaN)
    for (z, y, value, slope) in [(1000.0, 0.0, 1000.0, 1.0), (1000, 1, 0, 0), (-1000, 0, 0, 0), (-1000, 1, 1000, -1)] {
      let name = "at z = \(z.text(4)), y = \(y.text(1))"
      run.check("the loss \(name)", loss(z, y), equals: value)
      let derivative = gradient(of: { binaryCrossEntropy(logits: $0, targets: number(y)) }, at: number(z))
      run.check("the error term \(name)", derivative.scalar, equals: slope)
    }
  }

  private var figure: Figure {
    var figure = Figure(rows: 1, columns: 2, width: 900, height: 380)
    for (index, y) in [0.0, 1].enumerated() {
      let color = figure.theme.color(index == 0 ? 0 : 3)
      figure[0, 0].function(over: -8...8, label: "y = \(Int(y))", color: color) { loss($0, y) }
      figure[0, 1].function(over: -8...8, label: "y = \(Int(y))", color: color) { sigmoid(number($0)).scalar - y }
    }
    figure[0, 0].title = "Binary cross-entropy E"
    figure[0, 1].title = "Error term δ = σ(z) − y"
    for column in 0...1 { figure[0, column].x.label = "logit z" }
    figure[0, 0].y.label = "E"
    figure[0, 1].y.label = "∂E/∂z"
    return figure
  }

  private func number(_ value: Double) -> Tensor { Tensor(value, dtype: .float64) }

  private func loss(_ z: Double, _ y: Double) -> Double {
    binaryCrossEntropy(logits: number(z), targets: number(y)).scalar
  }
}
