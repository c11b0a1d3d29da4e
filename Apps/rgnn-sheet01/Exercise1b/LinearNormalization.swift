import Experiments
import Plotting
import Visualization
import Wabe

struct LinearNormalization: Experiment {
  let id = "rgnn01.1.b.3"
  let title = "Normalizing without the exponential"
  let question = """
    What becomes of the gradient when the probabilities are z_j / Σ_k z_k instead of a softmax, and why is the \
    combination with the exponential the better one to descend on?
    """
  let isLong = true

  func run(in run: inout Run) throws {
    derive(&run)
    compareStructure(&run)
    domain(&run)
    convexity(&run)
    let race = try NormalizationRace(run)
    report(&run, race)
    try run.figure(
      "gradients",
      caption: """
        Left: the size of the gradient by the score of the true class, with the other two at 1. With softmax it never \
        exceeds 1; without the exponential it grows like 1/z towards zero and is not defined below. Right: a linear \
        classifier on three clouds. Raw scores fail after the last point of their curve; kept positive by softplus \
        they train, but more slowly than softmax.
        """
    ) { figure(race) }
  }

  private func derive(_ run: inout Run) {
    run.heading("Derivation")
    run.say(
      """
      The text of the sheet sums over i where the terms carry the index j; the sum over j is meant.
      """)
    run.say("With S = Σ_k z_k the loss is L = −Σ_j y_j ln(z_j / S) = −Σ_j y_j ln z_j + (Σ_j y_j) ln S. Therefore")
    run.formula("∂L/∂z_j = −y_j / z_j + (Σ_k y_k) / S = 1/S − y_j / z_j")
    let table = NormalizationTable.linear
    run.table(
      "z = (1, 2, 3)", columns: ["true class", "L", "∂L/∂z₁", "∂L/∂z₂", "∂L/∂z₃"], rows: table.rows)
    for (label, (result, reference)) in zip(table.results, table.references).enumerated() {
      let name = "true class \(label + 1)"
      run.check("L, \(name)", result.loss, equals: reference.loss, within: 1e-11, source: "NumPy, 12 digits")
      run.check("∂L/∂z, \(name)", result.gradient, equals: Tensor([reference.gradient]), within: 1e-11)
    }
    run.check("largest difference from central differences", table.largestDifference(), atMost: 1e-8)
  }

  private func compareStructure(_ run: inout Run) {
    run.heading("Comparison with softmax")
    let smallest = [slopes(1e-3), slopes(1e-6), slopes(1000)]
    run.table(
      "The derivative by z₁ at z = (z₁, 1, 1), class 1 true", columns: ["z₁", "without exponential", "softmax"],
      rows: zip(["0.001", "0.000001", "1000"], smallest).map { [$0, $1.linear.text(10), $1.soft.text(5)] })
    run.say(
      """
      The softmax gradient is the mistake p − y, bounded by 1, and depends on all logits together. Without the \
      exponential the gradient contains 1/z: it is largest where a score happens to be small, whatever the other \
      scores say about it, and it vanishes like 1/z where the scores are large. The step that a learning rate causes \
      therefore depends on the scale of the scores instead of the mistake. Softmax does not change when a number is \
      added to all logits; z/Σz does not change when all are multiplied by one, so scaling up cannot make it more \
      certain, and by Euler's theorem Σ z_j ∂L/∂z_j = 0: the gradient never points along z.
      """)
    run.check("z₁ = 0.001", smallest[0].linear, equals: -999.5002499, within: 5e-8, source: "exact: 1/2.001 − 1000")
    run.check("z₁ = 0.000001", smallest[1].linear / -999999.5, equals: 1, within: 1e-9, source: "exact")
    run.check("z₁ = 1000", smallest[2].linear, equals: -1.996e-6, within: 5e-10, source: "exact: 1/1002 − 1/1000")
    run.check("softmax at z₁ = 0.001", smallest[0].soft, equals: -0.8445, within: 5e-5, source: "NumPy")
    run.check("softmax at z₁ = 0.000001", smallest[1].soft, equals: -0.8446, within: 5e-5, source: "NumPy")
    let euler = NormalizationTable.linear.results.map {
      (NormalizationTable.point * $0.gradient).sum().scalar.magnitude
    }
    run.check("Σ z ∂L/∂z, largest of the three classes", euler.max() ?? .infinity, atMost: 1e-12)
  }

  private func domain(_ run: inout Run) {
    run.heading("Where it is not defined")
    let cases: [(z: [Double], label: Int)] = [([-1, 2, 3], 0), ([1, -3, 1], 0), ([1, 1, -2], 0), ([-1, -2, -3], 0)]
    let losses = cases.map { scores, label in
      linearCrossEntropy(scores: Tensor([scores]), targets: NormalizationTable.target(label)).scalar
    }
    run.table(
      "Class 1 true", columns: ["z", "z₁/Σz", "L"],
      rows: zip(cases, losses).map { entry, loss in
        let sum = entry.z.reduce(0, +)
        return [entry.z.map { $0.text(2) }.joined(separator: ", "), (entry.z[0] / sum).text(4), loss.text(6)]
      })
    run.say(
      """
      A score of a linear layer may be negative. Then a "probability" is negative or above 1 and its logarithm is not \
      defined or the loss falls below 0; at Σz = 0 everything diverges. Three negative scores even look fine, with \
      the order of the classes turned round. The exponential makes every logit positive first, so softmax is defined \
      everywhere.
      """)
    run.check("the loss of a negative score is not a number", holds: losses[0].isNaN)
    run.check("with a negative sum it is not a number either", holds: losses[1].isNaN)
    run.check("at Σz = 0 it is not finite", holds: !losses[2].isFinite)
    let above = linearCrossEntropy(scores: Tensor([[3, -1, -1] as [Double]]), targets: NormalizationTable.target(0))
    run.check("a \"probability\" of 3 has a loss of −ln 3", above.scalar, equals: -1.0986122886681098, within: 1e-15)
  }

  private func convexity(_ run: inout Run) {
    run.heading("Convexity")
    var random = run.random
    var softest = Double.infinity
    var hardest = -Double.infinity
    for _ in 0..<50 {
      let z = Tensor.uniform([3], from: 0.2, to: 5, dtype: .float64, using: &random)
      let label = random.nextInteger(in: 0..<3)
      softest = min(softest, smallestCurvature(NormalizationTable.softmax, z, label))
      hardest = max(hardest, smallestCurvature(NormalizationTable.linear, z, label))
    }
    run.say(
      """
      The Hessian of cross-entropy with softmax is diag(p) − p pᵀ, a covariance matrix, so the loss is convex in the \
      logits: over 50 random points the smallest eigenvalue is \(softest.scientific(1)), which is zero but for \
      rounding (the direction of a common shift). Without the exponential the second derivative by a wrong class's \
      score is −1/S², and the smallest eigenvalue was negative at all 50 points, at most \(hardest.scientific(2)): \
      not convex anywhere.
      """)
    run.check("softmax: smallest eigenvalue of the Hessian over 50 points", softest, atLeast: -1e-12)
    run.check("without exponential: largest of the 50 smallest eigenvalues", hardest, atMost: -1e-4)
  }

  private func report(_ run: inout Run, _ race: NormalizationRace) {
    run.heading("A race")
    run.say(
      """
      The same linear classifier learns three clouds of points with three losses, from the same start (scores near 1, \
      so that all are defined): softmax, scores kept positive by softplus, and raw scores. After \
      \(race.softmax.losses.count) epochs softmax has \((100 * race.softmax.accuracy).fixed(1)) % right, softplus \
      \((100 * race.softplus.accuracy).fixed(1)) %. With raw scores the loss stops being a number in epoch \
      \(race.firstFailure.map(String.init) ?? "—"): descent lowers Σz with the wrong classes' scores, which become \
      negative; then a "probability" exceeds 1, the loss falls below zero, and soon a logarithm has nothing to take.
      """)
    run.expect("accuracy with softmax", race.softmax.accuracy, atLeast: 0.95)
    run.expect("raw scores: the loss stops being a number", holds: race.firstFailure != nil)
    let end = race.softmax.losses.count - 1
    run.expect(
      "loss with softmax over loss with softplus, last epoch", race.softmax.losses[end] / race.softplus.losses[end],
      atMost: 1)
  }

  private func figure(_ race: NormalizationRace) -> Figure {
    var figure = Figure(rows: 1, columns: 2, width: 940, height: 400)
    let scores = (0...160).map { 0.001 * exp(Tensor(0.0863 * Double($0), dtype: .float64)).scalar }
    let values = scores.map { slopes($0) }
    figure[0, 0].line(scores, values.map { -$0.soft }, label: "softmax")
    figure[0, 0].line(scores, values.map { -$0.linear }, label: "z / Σz")
    figure[0, 0].title = "Gradient by the true class's score"
    figure[0, 0].x = Axis(label: "z₁ at z = (z₁, 1, 1)", scale: .logarithmic)
    figure[0, 0].y = Axis(label: "−∂L/∂z₁", scale: .logarithmic, limits: 1e-7...2e3)
    figure[0, 1].line(race.softmax.losses, label: "softmax")
    figure[0, 1].line(race.softplus.losses, label: "softplus(z) / Σ softplus(z)")
    figure[0, 1].line(race.raw.losses, label: "raw z / Σz")
    figure[0, 1].title = "Three clouds, a linear classifier"
    figure[0, 1].x = Axis(label: "epoch", scale: .logarithmic)
    figure[0, 1].y = Axis(label: "mean cross-entropy")
    return figure
  }

  private func slopes(_ score: Double) -> (linear: Double, soft: Double) {
    let z = Tensor([[score, 1, 1]])
    let target = NormalizationTable.target(0)
    let linear = gradient(of: { linearCrossEntropy(scores: $0, targets: target) }, at: z)
    let soft = gradient(of: { crossEntropy(logits: $0, targets: target) }, at: z)
    return (linear.scalars[0], soft.scalars[0])
  }

  private func smallestCurvature(_ table: NormalizationTable, _ z: Tensor, _ label: Int) -> Double {
    let target = NormalizationTable.target(label)
    let matrix = hessian(of: { table.loss($0.reshaped(to: [1, 3]), target) }, at: z)
    guard let values = try? matrix.eigenSymmetric().values else { return .nan }
    return values.min().scalar
  }
}
