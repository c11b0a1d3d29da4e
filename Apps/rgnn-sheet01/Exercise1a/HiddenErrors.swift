import Experiments
import Wabe

struct HiddenErrors: Experiment {
  let id = "rgnn01.1.a.2"
  let title = "The error terms of the hidden layers"
  let question = """
    How do the error terms of a hidden layer follow from those of the next one, in a net with a tanh layer, a sigmoid \
    layer and a linear output?
    """

  func run(in run: inout Run) throws {
    derive(&run)
    let (network, input, target) = FeedForwardNetwork.byHand
    let pass = network.forward(input)
    let errors = network.errors(pass, targets: target)
    follow(&run, pass, errors)
    checkNumbers(&run, pass, errors, target)
    compareWithRules(&run, network, input, target, errors)
  }

  private func derive(_ run: inout Run) {
    run.heading("Derivation")
    run.say(
      """
      The sum z_j of a hidden unit reaches the loss through its activation a_j = f(z_j), and a_j enters every sum \
      z_k = Σ_j w_kj a_j + b_k of the next layer. The chain rule therefore collects one term from each unit above:
      """)
    run.formula("δ_j = ∂E/∂z_j = Σ_k ∂E/∂z_k · ∂z_k/∂a_j · ∂a_j/∂z_j = f′(z_j) Σ_k w_kj δ_k")
    run.say("Both slopes can be had from the activation that the forward pass has computed already:")
    run.formula("σ′(z) = a (1 − a)   for a = σ(z)", "tanh′(z) = 1 − a²   for a = tanh(z)")
    run.say("For a whole batch, with one row per example and one row of weights per unit, this is")
    run.formula(
      "δ₃ = σ(z₃) − y", "δ₂ = (δ₃ W₃) ⊙ a₂ ⊙ (1 − a₂)", "δ₁ = (δ₂ W₂) ⊙ (1 − a₁ ⊙ a₁)")
  }

  private func follow(_ run: inout Run, _ pass: FeedForwardNetwork.Pass, _ errors: FeedForwardNetwork.Errors) {
    run.heading("A net small enough to follow by hand")
    run.say(
      """
      W₁ = ((0.1, −0.2), (0.3, 0.4)), b₁ = (0.05, −0.05), W₂ = ((0.2, −0.1), (0.4, 0.3)), b₂ = (0.1, −0.1), \
      w₃ = (0.5, −0.6), b₃ = 0.2; input x = (0.5, −0.3), target y = 1.
      """)
    func list(_ tensor: Tensor) -> String { tensor.scalars.map { $0.text(8) }.joined(separator: ", ") }
    run.table(
      "Forward, from the input up, and back again",
      columns: ["layer", "sum z", "activation a", "slope f′(z)", "error δ"],
      rows: [
        ["1, tanh", list(pass.z1), list(pass.a1), list(1 - pass.a1 * pass.a1), list(errors.first)],
        ["2, σ", list(pass.z2), list(pass.a2), list(pass.a2 - pass.a2 * pass.a2), list(errors.second)],
        ["3, linear", list(pass.logits), list(pass.logits), "1", list(errors.output)],
      ])
  }

  private func checkNumbers(
    _ run: inout Run, _ pass: FeedForwardNetwork.Pass, _ errors: FeedForwardNetwork.Errors, _ target: Tensor
  ) {
    let source = "NumPy, float64"
    func number(_ values: [Double]) -> Tensor { Tensor([values]) }
    run.check("z₁", pass.z1, equals: number([0.16, -0.02]), within: 1e-12, source: source)
    run.check("a₁", pass.a1, equals: number([0.1586485042975, -0.019997333759931]), within: 1e-12, source: source)
    run.check("z₂", pass.z2, equals: number([0.13372943423549, -0.04253979840898]), within: 1e-12, source: source)
    run.check("a₂", pass.a2, equals: number([0.5333826233643, 0.48936665388851]), within: 1e-12, source: source)
    run.check("z₃", pass.logits.scalar, equals: 0.17307131934904, within: 1e-12, source: source)
    let loss = binaryCrossEntropy(logits: pass.logits, targets: target).scalar
    run.check("E", loss, equals: 0.61035106735689, within: 1e-12, source: source)
    run.check("δ₃", errors.output.scalar, equals: -0.45683985019936, within: 1e-12, source: source)
    run.check(
      "δ₂", errors.second, equals: number([-0.056850430214849, 0.068494985135418]), within: 1e-12, source: source)
    run.check(
      "δ₁", errors.first, equals: number([0.015624496018101, 0.026223047944296]), within: 1e-12, source: source)
  }

  /// ∂E/∂z is the derivative by a number that is added to z, which the framework can compute without our formulas.
  private func compareWithRules(
    _ run: inout Run, _ network: FeedForwardNetwork, _ input: Tensor, _ target: Tensor,
    _ errors: FeedForwardNetwork.Errors
  ) {
    let zeros = [errors.first, errors.second, errors.output].map { Tensor.zeros(like: $0) }
    let (_, own) = valueWithGradient(at: zeros) { shift in
      let a1 = tanh(network.first.sums(input) + shift[0])
      let a2 = sigmoid(network.second.sums(a1) + shift[1])
      return binaryCrossEntropy(logits: network.output.sums(a2) + shift[2], targets: target, reduction: .sum)
    }
    run.say(
      """
      The same numbers without any of these formulas: automatic differentiation by a number that is added to each sum. \
      The two ways differ by rounding only.
      """)
    for (name, (hand, rule)) in zip(["δ₁", "δ₂", "δ₃"], zip([errors.first, errors.second, errors.output], own)) {
      run.check("\(name) against automatic differentiation", hand, equals: rule, within: 1e-15)
    }
  }
}
