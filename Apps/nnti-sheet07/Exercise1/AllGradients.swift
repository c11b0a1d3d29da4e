import Drawing
import Experiments
import Plotting
import Wabe

struct AllGradients: Experiment {
  let id = "nnti07.7.1.c"
  let title = "Backpropagation by hand: all seventeen gradients"
  let question = """
    What are the derivatives of the loss by W₁(1,1), b₁(2), W₂(1,1) and b₂(1)? (The indices count from 1.)
    """

  func run(in run: inout Run) throws {
    let net = SmallNet()
    let hand = ByHand(net)
    derivation(net, hand, &run)

    let asked: [(String, Double, Double)] = [
      ("∂L/∂W₁(1,1)", hand.w1[0, 0].scalar, 0.01217797949907951), ("∂L/∂b₁(2)", hand.z1[1].scalar, 0.05881080056776148),
      ("∂L/∂W₂(1,1)", hand.w2[0, 0].scalar, -0.04620618994926908),
      ("∂L/∂b₂(1)", hand.z2[0].scalar, -0.2008964780403003),
    ]
    let source = "mpmath, 40 digits"
    run.table(
      "The four that are asked for", columns: ["derivative", "value"], rows: asked.map { [$0.0, $0.1.text(12)] })
    for (name, value, reference) in asked {
      run.check(name, value, equals: reference, within: 1e-12, source: source)
    }
    let all: [(String, Tensor, TensorLiteral)] = [
      ("∂L/∂y", hand.y, [-0.8358310138310049, 1.470302713341921]),
      ("∂L/∂z₂ = ∂L/∂b₂", hand.z2, [-0.2008964780403003, 0.3299669872527385]),
      (
        "∂L/∂W₂", hand.w2,
        [
          [-0.04620618994926908, -0.08035859121612014, -0.1145109924829712],
          [0.07589240706812986, 0.1319867949010954, 0.1880811827340609],
        ]
      ),
      ("∂L/∂h = ∂L/∂z₁ = ∂L/∂b₁", hand.z1, [0.02435595899815901, 0.05881080056776148, 0.1118971470970654]),
      (
        "∂L/∂W₁", hand.w1,
        [
          [0.01217797949907951, 0.004871191799631803], [0.02940540028388074, 0.0117621601135523],
          [0.05594857354853268, 0.02237942941941307],
        ]
      ),
      ("∂L/∂x", hand.x, [0.04776690014248781, 0.1062860721413836]),
    ]
    for (name, value, reference) in all {
      run.check(name, value, equals: Tensor(reference, dtype: .float64), within: 1e-12, source: source)
    }
    try compare(net, hand, &run)
    steps(net, &run)
    try figure(hand, &run)
  }

  private func derivation(_ net: SmallNet, _ hand: ByHand, _ run: inout Run) {
    run.say(
      "From the loss backwards. The sigmoid and the cross-entropy belong together: ∂ℓ/∂y = (y − t) / (y (1 − y)) and "
        + "∂y/∂z = y (1 − y), so their product is y − t; the ½ of the mean stays.")
    run.formula(
      "∂L/∂z₂ = ½ (y − t)          = \(list(hand.z2))       = ∂L/∂b₂",
      "∂L/∂W₂ = (∂L/∂z₂) hᵀ          first row \(list(hand.w2[0]))",
      "∂L/∂h  = W₂ᵀ (∂L/∂z₂)       = \(list(hand.z1))",
      "∂L/∂z₁ = ∂L/∂h ⊙ [z₁ > 0]   = the same, all units are open = ∂L/∂b₁",
      "∂L/∂W₁ = (∂L/∂z₁) xᵀ          first row \(list(hand.w1[0]))")
    let (g, w) = (hand.z2.scalars, net.rows[1])
    run.say("The four derivatives as chains:")
    run.formula(
      "∂L/∂b₂(1)   = ∂L/∂z₂(1) · 1 = ½ (y₁ − 1)            = \(g[0].text(10))",
      "∂L/∂W₂(1,1) = ∂L/∂z₂(1) · h₁ = \(g[0].text(6)) · 0.23    = \(hand.w2[0, 0].scalar.text(10))",
      "∂L/∂b₁(2)   = Σₖ ∂L/∂z₂(k) · W₂(k,2) · 1",
      "            = \(g[0].text(6)) · \(w[0][1]) + \(g[1].text(6)) · \(w[1][1]) = \(hand.z1[1].scalar.text(10))",
      "∂L/∂W₁(1,1) = Σₖ ∂L/∂z₂(k) · W₂(k,1) · 1 · x₁",
      "            = (\(g[0].text(6)) · \(w[0][0]) + \(g[1].text(6)) · \(w[1][0])) · 0.5 = "
        + hand.w1[0, 0].scalar.text(10))
  }

  /// The hand-made gradients against automatic differentiation and central differences, in both precisions.
  private func compare(_ net: SmallNet, _ hand: ByHand, _ run: inout Run) throws {
    var model = net
    let loss = { (net: SmallNet, dtype: DType) in
      binaryCrossEntropy(
        probabilities: net(SmallNet.input.cast(to: dtype)), targets: SmallNet.target.cast(to: dtype))
    }
    let gradients = valueWithGradient(at: &model) { loss($0, .float64) }.gradients
    let own = [hand.w1.transposed, hand.z1, hand.w2.transposed, hand.z2]
    let automatic = gradients.values.compactMap { $0 }
    let count = automatic.reduce(0) { $0 + $1.count }
    run.check("number of gradients", Double(count), equals: 17)
    let difference = zip(own, automatic).map { abs($0 - $1).max().scalar }.max() ?? .infinity
    run.check("by hand against automatic, largest difference", difference, atMost: 1e-15)
    var small = net.cast(to: .float32)
    let coarse = valueWithGradient(at: &small) { loss($0, .float32) }.gradients.values.compactMap { $0 }
    let rough = zip(own, coarse).map { abs($0 - $1.cast(to: .float64)).max().scalar }.max() ?? .infinity
    run.check("float32 against float64, largest difference", rough, atMost: 1e-6)
    let check = checkGradients(at: &model) { loss($0, .float64) }
    run.check(
      "against central differences, largest difference", check.worst?.error ?? .infinity, atMost: 1e-9,
      source: "step 1e-6")
    run.say(
      "The program works them out a second time by automatic differentiation (largest difference "
        + "\(difference.scientific(0))) and a third time by central differences "
        + "(\((check.worst?.error ?? 0).scientific(0)))."
    )
  }

  /// One step of gradient descent with two learning rates.
  private func steps(_ net: SmallNet, _ run: inout Run) {
    let expected: [(Double, Double, Tensor?)] = [
      (0.1, 0.77155013761679, Tensor([[0.604318779138, 0.646349745191]], dtype: .float64)), (1, 0.58517503269619, nil),
    ]
    for (rate, reference, answer) in expected {
      var model = net
      var optimizer = SGD(learningRate: rate)
      let (before, gradients) = valueWithGradient(at: &model) { net in
        binaryCrossEntropy(probabilities: net(SmallNet.input), targets: SmallNet.target)
      }
      optimizer.update(&model, with: gradients)
      let y = model(SmallNet.input)
      let after = binaryCrossEntropy(probabilities: y, targets: SmallNet.target).scalar
      run.say(
        "One step of gradient descent with rate \(rate.text()) takes the loss from \(before.scalar.text(6)) to "
          + "\(after.text(6)) and the answer to \(list(y)).")
      run.check("loss after a step of \(rate)", after, equals: reference, within: 1e-13, source: "mpmath")
      if let answer { run.check("answer after a step of \(rate)", y, equals: answer, within: 1e-12, source: "mpmath") }
    }
  }

  private func figure(_ hand: ByHand, _ run: inout Run) throws {
    try run.figure(
      "gradients",
      caption:
        "All 17 gradients: each row is a unit, the last column its bias. Red pushes the parameter down, blue up; in "
        + "brackets the four that are asked for."
    ) {
      var figure = Figure(rows: 1, columns: 2, width: 860, height: 340, title: "The gradients of the loss")
      let parts = [("∂L/∂W₁ and ∂L/∂b₁", hand.w1, hand.z1), ("∂L/∂W₂ and ∂L/∂b₂", hand.w2, hand.z2)]
      figure.columnWeights = [0.85, 1]
      for (column, (title, weight, bias)) in parts.enumerated() {
        let table = Tensor.concatenate([weight, bias.reshaped(to: [-1, 1])], axis: 1).unstacked().map(\.scalars)
        let inputs = column == 0 ? ["x₁", "x₂", "bias"] : ["h₁", "h₂", "h₃", "bias"]
        figure[0, column].title = title
        figure[0, column].x = .categories(inputs)
        figure[0, column].y = .categories(table.indices.map { (column == 0 ? "h" : "y") + ["₁", "₂", "₃"][$0] })
        figure[0, column].matrix(
          table, map: figure.theme.diverging, limits: -0.35...0.35, label: "gradient",
          texts: texts(table, marked: column == 0 ? [(0, 0), (1, 2)] : [(0, 0), (0, 3)]), colorBar: column == 1)
      }
      return figure
    }
  }

  /// The numbers of a table, some of them in brackets.
  private func texts(_ table: [[Double]], marked: [(row: Int, column: Int)]) -> [[String]] {
    table.enumerated().map { row, values in
      values.enumerated().map { column, value in
        marked.contains { $0 == (row, column) } ? "[\(value.fixed(4))]" : value.fixed(4)
      }
    }
  }
}

/// The gradients from the formulas, without automatic differentiation.
private struct ByHand {
  let y: Tensor, z2: Tensor, w2: Tensor, z1: Tensor, w1: Tensor, x: Tensor

  init(_ net: SmallNet) {
    let input = SmallNet.input[0]
    let sum = net.hidden(input.unsqueezed(axis: 0))[0]
    let h = relu(sum)
    let answer = net(SmallNet.input)[0]
    let t = SmallNet.target[0]
    y = 0.5 * (answer - t) / (answer * (1 - answer))
    z2 = 0.5 * (answer - t)
    w2 = z2.reshaped(to: [2, 1]) * h
    // Weights are stored with a column per unit, [inputs, units].
    z1 = net.output.weight.matmul(z2) * (sum .> 0).cast(to: .float64)
    w1 = z1.reshaped(to: [3, 1]) * input
    x = net.hidden.weight.matmul(z1)
  }
}
