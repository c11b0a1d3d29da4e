import Experiments
import Visualization
import Wabe

struct PublishedSolution: Experiment {
  let id = "rgnn01.solution"
  let title = "A published solution, checked"
  let question = """
    A student's solution of this sheet is known. Which of its statements are right, and what is wrong in it?
    """
  let isLong = true

  func run(in run: inout Run) throws {
    run.say(
      """
      The solution is right in its results: the gradient p − y, the gradient 1/Σz − y/z, and a hexagon from \
      `hidden_size = 3`. On the way there are three slips in the formulas, a statement turned round, an explanation \
      that misses the reason, and a backward pass that is wrong. Each is shown in numbers.
      """)
    formulas(&run)
    claims(&run)
    backward(&run)
    try figure(&run)
  }

  /// z = (1, 2, 3) with the third class true.
  private let z = [1.0, 2, 3]

  private func formulas(_ run: inout Run) {
    run.heading("Slips in the derivation")
    let scores = Tensor([z])
    let target = NormalizationTable.target(2)
    let logarithm = scores.logSumExp().scalar
    let printed = -z[2] - logarithm
    let right = crossEntropy(logits: scores, targets: target).scalar
    run.say(
      """
      *Sign.* The simplified loss is printed as L = −Σ y_j z_j − log Σ e^z. The logarithm stands in a denominator and \
      has to be added. For z = (1, 2, 3) and the third class the printed line gives −3 − \(logarithm.fixed(4)) = \
      \(printed.fixed(4)), a negative loss; right is −3 + \(logarithm.fixed(4)) = \(right.fixed(4)). The next line of \
      the solution has the right sign.
      """)
    run.check("the printed line", printed, equals: -6.4076, within: 5e-5)
    run.check("the right sign", -z[2] + logarithm, equals: right, within: 1e-15)
    run.check("the loss", right, equals: 0.4076, within: 5e-5)

    let p = softmax(scores).scalars
    let jacobian = gradient(of: { $0.logSumExp() }, at: scores).scalars
    run.say(
      """
      *Bound index.* The derivative of log Σ_k e^z_k by z_j is printed as e^z_k / Σ_k e^z_k. k is the index of the \
      sum and means nothing outside; it has to be e^z_j / Σ_k e^z_k, here \
      \(jacobian.map { $0.fixed(4) }.joined(separator: ", ")). In the same way its last line says ∂L/∂z_i = ŷ_j − \
      y_j, with i on one side and j on the other; the sheet asks for z_j.
      """)
    run.check("∂/∂z of log Σ e^z is softmax(z)", Tensor(jacobian), equals: Tensor(p), within: 1e-15)
  }

  private func claims(_ run: inout Run) {
    run.heading("Statements about the gradients")
    var random = run.random
    let scores = Tensor.normal([1000, 5], deviation: 20, dtype: .float64, using: &random)
    let labels = Tensor.integers([1000], in: 0..<5, using: &random)
    let soft = gradient(of: { crossEntropy(logits: $0, targets: labels, reduction: .sum) }, at: scores)
    let largest = abs(soft).max().scalar
    run.say(
      """
      *"The softmax causes the gradient to be in the range [−1, 1]"*: right. Over 1000 random logits of five classes \
      the largest component is \(largest.text(6)) in size.
      """)
    run.check("largest component of the softmax gradient", largest, atMost: 1)

    let values = [1e-6, 1e-3, 1, 1e3, 1e6].map { score -> (Double, Double) in
      let point = Tensor([[score, 1, 1]])
      let slope = gradient(
        of: { linearCrossEntropy(scores: $0, targets: NormalizationTable.target(0)) }, at: point)
      return (score, slope.scalars[0])
    }
    run.table(
      "Without the exponential: ∂L/∂z₁ at z = (z₁, 1, 1), class 1 true", columns: ["z₁", "∂L/∂z₁"],
      rows: values.map { [$0.0.text(3), $0.1.text(7)] })
    run.say(
      """
      *"The gradient can converge towards 0 or infinity, if z_j is extremely small or large"*: the order is reversed. \
      A small score makes it grow without bound, a large one makes it vanish. What is not mentioned is worse: for a \
      negative score the logarithm is not defined at all.
      """)
    run.check("small score: size of the gradient", values[0].1.magnitude, atLeast: 9e5)
    run.check("large score: size of the gradient", values[4].1.magnitude, atMost: 1e-11)
    let negative = linearCrossEntropy(
      scores: Tensor([[-1, 2, 3]], dtype: .float64), targets: NormalizationTable.target(0))
    run.check("the loss of a negative score is not a number", holds: negative.scalar.isNaN)
  }

  private func backward(_ run: inout Run) {
    run.heading("Its backward pass")
    let (network, input, target) = FeedForwardNetwork.byHand
    let pass = network.forward(input)
    let right = network.errors(pass, targets: target).output.scalar
    let printed = network.errors(pass, targets: target, mistake: .forgottenSigmoid).output.scalar
    let check = GradientComparison(
      network, Samples(inputs: input, targets: target), mistake: .forgottenSigmoid, step: 1e-5)
    run.say(
      """
      The program of the solution takes logit − target as the error of the output neuron. That belongs to the squared \
      error; for the cross-entropy the sigmoid has to come first. On the net that can be followed by hand the error \
      term becomes \(printed.text(6)) instead of \(right.text(6)), and the gradient check shows a relative error of \
      \(check.largest.text(3)). Exercise 1 (a) trains with this gradient too and shows that the loss then stays high.
      """)
    run.check("its output error", printed, equals: -0.82692868065096, within: 1e-12, source: "z₃ − 1 of NumPy's z₃")
    run.check("the backward pass is rejected", check.largest, atLeast: 1e-2)
  }

  /// The kind of figure that the solution shows: 2-3-3-1 with six corners.
  private func figure(_ run: inout Run) throws {
    run.heading("Its hexagon")
    let family = FamilyTraining(.init(sizes: [2, 3, 3, 1]), seeds: (0..<20).map { run.seed &* 1_000 &+ 900 &+ $0 })
    let first = (0..<family.count).first { family.isHexagon($0) }
    run.say(
      """
      The figure of the solution shows a hexagon of the net 2-3-3-1 with corners at about (−2.1, 5.0), (3.6, 4.4), \
      (5.6, −0.8), (2.2, −5.2), (−3.6, −4.5) and (−5.4, 1.0). The same configuration gives one here in try \
      \(first.map { String($0 + 1) } ?? "—"). The explanation, that three units make three lines and "the second \
      layer can add further complexity", misses the reason: a convex boundary crosses each of the three lines twice, \
      so that already one hidden layer gives six corners (exercise 3.2).
      """)
    run.expect("a hexagon within 20 starts", holds: first != nil)
    guard let first, let polygon = family.boundary(first).polygon else { return }
    let shown = PlaneCurve(
      [(-2.1, 5.0), (3.6, 4.4), (5.6, -0.8), (2.2, -5.2), (-3.6, -4.5), (-5.4, 1.0)].map { PlanePoint($0.0, $0.1) },
      isClosed: true)
    let circle = 25 * Double.pi
    run.table(
      "Two hexagons", columns: ["", "corners", "angles", "area / 25π"],
      rows: [("of the solution's figure", shown), ("trained here", polygon)].map { name, curve in
        [
          name, String(curve.points.count), curve.interiorAngles.map { "\($0.fixed(0))°" }.joined(separator: " "),
          (curve.area / circle).fixed(3),
        ]
      })
    run.check("the figure's hexagon is convex", holds: shown.isConvex)
    run.expect("area of the figure's hexagon over ours", shown.area / polygon.area, between: 0.8, and: 1.25)
    let layers = family.nets[first]
    try run.figure(
      "hexagon",
      caption: """
        The configuration of the published solution, trained here: two hidden layers of three ReLU units. Its hexagon \
        has the same form as the published one, turned by chance.
        """
    ) {
      HexagonFigures.map(
        "2-3-3-1 as in the published solution", (family.inputs[first], family.targets[first]), family.boundary(first),
        lines: family.nets.plane(first)?.firstLines ?? [], circle: family.radius
      ) { layers[2](relu(layers[1](relu(layers[0]($0))))) }
    }
  }
}
