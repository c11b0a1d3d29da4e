import Experiments
import Plotting
import Wabe

struct SoftmaxPairing: Experiment {
  let id = "rgnn01.1.b.1"
  let title = "Why cross-entropy goes with softmax"
  let question = "Why is the cross-entropy the usual loss behind a softmax, and not, say, the squared error?"

  func run(in run: inout Run) throws {
    likelihood(&run)
    divergence(&run)
    slopes(&run)
    try descend(&run)
  }

  private func likelihood(_ run: inout Run) {
    run.heading("It is the likelihood of the labels")
    run.say(
      """
      Softmax turns logits into one probability per class: all positive, summing to 1. The most direct measure of \
      such a model is the probability that it gives to the labels that were really seen, and training should make \
      that as large as possible. For examples that are drawn independently it is a product; its logarithm divided by \
      −n is the mean cross-entropy. Maximum likelihood and minimum cross-entropy are therefore the same thing.
      """)
    let p = softmax(vector([1, 2, 3]))
    let labels = [2, 2, 1, 2, 0, 1, 2, 2, 1, 2]
    let chances = labels.map { p.scalars[$0] }
    let product = chances.reduce(1, *)
    let shares = vector((0..<3).map { label in Double(labels.count { $0 == label }) / Double(labels.count) })
    let entropy = crossEntropy(logits: vector([[1, 2, 3]]), targets: shares.reshaped(to: [1, 3])).scalar
    let likelihood = exp(vector([-entropy * Double(labels.count)])).scalars[0]
    run.say(
      """
      For the logits (1, 2, 3) and the labels \(labels.map { String($0 + 1) }.joined(separator: ", ")) the product of \
      the \(labels.count) probabilities is \(product.scientific(6)); e^(−n · cross-entropy) with the shares of the \
      three classes is \(likelihood.scientific(6)).
      """)
    run.check("likelihood over e^(−n CE)", product / likelihood, equals: 1, within: 1e-12)
  }

  private func divergence(_ run: inout Run) {
    run.heading("It measures the distance to the true distribution")
    run.say(
      """
      Cross-entropy = entropy of the labels + Kullback–Leibler divergence of the model from them. The entropy does not \
      depend on the model, so minimizing one minimizes the other, and the smallest value is reached exactly where the \
      model gives the true probabilities.
      """)
    let y = vector([0.7, 0.2, 0.1])
    let p = softmax(vector([1, 2, 3]))
    let cross = -(y * log(p)).sum().scalar
    let own = -(y * log(y)).sum().scalar
    let divergence = (y * log(y / p)).sum().scalar
    run.table(
      "y = (0.7, 0.2, 0.1), p = softmax(1, 2, 3)", columns: ["CE(y, p)", "H(y)", "KL(y ‖ p)", "CE − H"],
      rows: [[cross, own, divergence, cross - own].map { $0.text(10) }])
    run.check("KL(y ‖ p) = CE(y, p) − H(y)", divergence, equals: cross - own, within: 1e-15)
    let slope = gradient(
      of: { crossEntropy(logits: $0, targets: y.reshaped(to: [1, 3])) }, at: log(y).reshaped(to: [1, 3]))
    run.check("gradient where p = y", slope, equals: Tensor.zeros(like: slope), within: 1e-15)
  }

  private func slopes(_ run: inout Run) {
    run.heading("Its gradient does not vanish where the model is wrong")
    run.say(
      """
      The logarithm undoes the exponential: −ln softmax(z)_t = ln Σ e^z − z_t, and the gradient is simply p − y. \
      The squared error ½|p − y|² keeps the Jacobian of the softmax, which is nearly zero as soon as p is near a \
      corner, even the wrong one:
      """)
    run.formula("∂CE/∂z = p − y", "∂SE/∂z = (diag(p) − p pᵀ) (p − y)")
    let norms = gradientNorms(10)
    run.say(
      """
      At z = (10, 0, 0) with the third class true the model is certain and wrong. The gradient of the cross-entropy \
      has the length \(norms.cross.fixed(6)), that of the squared error \(norms.square.scientific(3)): \
      \((norms.cross / norms.square).text(4)) times shorter, in the very place where most is to be learned.
      """)
    run.check("length of the cross-entropy's gradient", norms.cross, equals: 1.414117, within: 5e-7, source: "NumPy")
    run.check("length of the squared error's gradient", norms.square, equals: 1.698e-4, within: 5e-8, source: "NumPy")
    run.check("cross-entropy keeps its slope", norms.cross, atLeast: 1)
    run.check("the squared error loses it", norms.square, atMost: 1e-3)
  }

  private func descend(_ run: inout Run) throws {
    let limit = 4000
    let cross = probabilities(limit) { crossEntropy(logits: $0, targets: Self.target) }
    let square = probabilities(limit) { squares($0) }
    let steps = cross.firstIndex { $0 > 0.9 }.map { $0 + 1 } ?? limit
    let last = square.last ?? 0
    run.say(
      """
      Descending from that point with the step width 1, the cross-entropy needs \(steps) steps until the true class \
      has a probability above 0.9. With the squared error it is \(last.text(3)) after \(limit) steps.
      """)
    run.check("steps until p > 0.9 with cross-entropy", Double(steps), atMost: 100)
    run.check("probability of the true class after 4000 steps of squared error", last, atMost: 0.5)
    try run.figure(
      "slopes",
      caption: """
        Left: the length of the gradient by the logits when a wrong class is ahead by t. With the cross-entropy it \
        grows to √2; with the squared error it falls like e^−t, so that the worst mistakes are corrected last. Right: \
        the probability of the true class during descent from z = (10, 0, 0).
        """
    ) { figure(cross, square) }
  }

  private static let target = Tensor([[0, 0, 1]], dtype: .float64)

  private func figure(_ cross: [Double], _ square: [Double]) -> Figure {
    var figure = Figure(rows: 1, columns: 2, width: 920, height: 390)
    let leads = (0...100).map { 0.15 * Double($0) }
    let norms = leads.map { gradientNorms($0) }
    figure[0, 0].line(leads, norms.map(\.cross), label: "cross-entropy")
    figure[0, 0].line(leads, norms.map(\.square), label: "squared error")
    figure[0, 0].title = "Gradient by wrongness"
    figure[0, 0].x.label = "lead t of a wrong class, z = (t, 0, 0)"
    figure[0, 0].y = Axis(label: "length of ∂L/∂z", scale: .logarithmic)
    figure[0, 1].line(cross, label: "cross-entropy")
    figure[0, 1].line(square, label: "squared error")
    figure[0, 1].title = "Descent from a certain mistake"
    figure[0, 1].x = Axis(label: "step", scale: .logarithmic)
    figure[0, 1].y = Axis(label: "probability of the true class", limits: -0.02...1.02)
    return figure
  }

  private func squares(_ z: Tensor) -> Tensor { square(softmax(z) - Self.target).sum() * 0.5 }

  private func gradientNorms(_ lead: Double) -> (cross: Double, square: Double) {
    let z = vector([[lead, 0, 0]])
    let cross = gradient(of: { crossEntropy(logits: $0, targets: Self.target) }, at: z)
    return (cross.norm().scalar, gradient(of: squares, at: z).norm().scalar)
  }

  /// The probability of the true class after each step of plain descent from a certain mistake.
  private func probabilities(_ steps: Int, _ loss: (Tensor) -> Tensor) -> [Double] {
    var z = vector([[10, 0, 0]])
    return (0..<steps).map { _ in
      z -= gradient(of: loss, at: z)
      return softmax(z).scalars[2]
    }
  }

  private func vector(_ numbers: [Double]) -> Tensor { Tensor(numbers) }
  private func vector(_ rows: [[Double]]) -> Tensor { Tensor(rows) }
}
