import Drawing
import Experiments
import Visualization
import Wabe

struct ChainOfDerivatives: Experiment {
  let id = "ci04.1.iv"
  let title = "The chain of derivatives to one weight"
  let question = """
    Write down, in Leibniz's notation, the chain of derivatives δ₁ … δ₅ through which the loss depends on the weight \
    u₁₁, in terms of the building blocks of the network.
    """

  func run(in run: inout Run) throws {
    let net = AdditionNet.printed
    let graph = ComputationGraph { tape in
      let u = tape.watch(net.hidden.weight, as: "u")
      let c = tape.watch(net.hidden.bias ?? [], as: "c")
      let v = tape.watch(net.output.weight, as: "v")
      let d = tape.watch(net.output.bias ?? [], as: "d")
      let zOut = relu(linear(exampleInput, u, c).named("Z_in")).named("Z_out")
      let aIn = linear(zOut, v, d).named("A_in")
      return squaredErrorSum((aIn * 1).named("A_out"), exampleTarget).named("ℒ")
    }
    let links = Link.all(in: graph)
    let shut = graph.node("Z_in").value.scalars[0]

    run.say(
      "u₁₁ is the weight from x₁ to the first hidden unit. It enters Z₁,in, which enters Z₁,out, which enters A_in, "
        + "which enters A_out, which enters ℒ: one way only, so the chain rule gives one product.")
    run.formula(
      "∂ℒ/∂u₁₁ = ∂ℒ/∂A_out · ∂A_out/∂A_in · ∂A_in/∂Z₁,out · ∂Z₁,out/∂Z₁,in · ∂Z₁,in/∂u₁₁",
      "             δ₁           δ₂              δ₃               δ₄              δ₅",
      "        = −2 (y − A)  ·   1    ·         v₁      ·   [Z₁,in > 0]   ·      x₁")
    run.say(
      "The sheet asks for the chain only. The program records the forward pass as a graph and reads the five factors "
        + "from it, for every parameter of the network; a bias has the last factor 1, and for v and d the chain ends "
        + "earlier."
    )
    run.table(
      "The factors at x = (1, 1), y = 2, and their product beside the gradient of the program",
      columns: ["parameter", "δ₁", "δ₂", "δ₃", "δ₄", "last (δ₅)", "product", "gradient"],
      rows: links.map { link in
        let factors = link.factors.map { $0.text(4) }
        let padded = factors.dropLast() + Array(repeating: "", count: 5 - factors.count) + [factors[factors.count - 1]]
        return [link.name] + padded + [link.product.text(4), link.gradient.text(4)]
      })
    run.say(
      "The chain that is asked for is zero at this input: unit 1 is shut (Z₁,in = \(shut.text(4))), so δ₄ = 0, and no "
        + "step of gradient descent will change u₁₁ or u₂₁ here. The chain of u₁₂, through the open unit, is "
        + "\(links[2].factors.map { $0.text(3) }.joined(separator: " · ")) = \(links[2].product.text(4)).")
    run.say(
      "In print the partial derivatives carry a δ where a ∂ is meant. Here δ₁ … δ₅ only number the factors.")
    run.listing("\(graph)")

    let source = "exact decimals"
    let expected: [(String, Double)] = [
      ("u₁₁", 0), ("u₂₁", 0), ("u₁₂", -0.36), ("u₂₂", -0.36), ("c₁", 0), ("c₂", -0.36), ("v₁", 0), ("v₂", -0.9),
      ("d", -0.6),
    ]
    for (link, reference) in zip(links, expected) {
      run.check("∂ℒ/∂\(reference.0)", link.gradient, equals: reference.1, within: 2e-15, source: source)
    }
    let difference = links.map { abs($0.product - $0.gradient) }.max() ?? .infinity
    run.check("products against gradients, largest difference", difference, atMost: 1e-15)
    run.check("number of ways from ℒ to u", graph.chainRule(to: "u").wayCount, equals: 1)
    let inner: [(String, [Double])] = [
      ("A_out", [-0.6]), ("A_in", [-0.6]), ("Z_out", [0.12, -0.36]), ("Z_in", [0, -0.36]),
    ]
    for (name, reference) in inner {
      let gradient = graph.node(name).gradient?.flattened() ?? []
      run.check("∂ℒ/∂\(name)", gradient, equals: Tensor(reference), within: 1e-15, source: source)
    }
    let (_, slope) = valueWithGradient(at: exampleInput) { x in
      squaredErrorSum(net(x), exampleTarget)
    }
    run.check("∂ℒ/∂x", slope, equals: Tensor([[-0.324, -0.18]], dtype: .float64), within: 1e-15, source: source)

    try run.figure(
      "graph",
      caption: "The computation with its values (black) and the gradients of the loss (red). The shut unit 1 stops the "
        + "gradient, so everything left of it gets 0."
    ) {
      try ChainDrawing(net, links, graph).drawing
    }
  }
}

/// One parameter with the factors of its chain.
struct Link {
  let name: String
  let factors: [Double]
  let gradient: Double

  /// The product of the factors; adding 0 takes the sign from −0.
  var product: Double { factors.reduce(1, *) + 0 }

  /// All nine parameters, from the recorded forward pass: the units first, then the output.
  static func all(in graph: ComputationGraph) -> [Link] {
    let toU = graph.chainRule(to: "u").ways[0].map(\.derivative)
    let toC = graph.chainRule(to: "c").ways[0].map(\.derivative)
    let toV = graph.chainRule(to: "v").ways[0].map(\.derivative)
    let toD = graph.chainRule(to: "d").ways[0].map(\.derivative)
    func gradient(_ name: String, _ place: Int) -> Double { graph.node(name).gradient?.scalars[place] ?? .nan }
    // The factors up to the sum of a unit: a row of Jacobians, of which only the entries of this unit matter.
    func upTo(unit: Int) -> [Double] {
      [
        toU[0].scalar, toU[1].scalar, toU[2][0, 0, 0, unit].scalar, toU[3][0, unit, 0, unit].scalar,
      ]
    }
    var links: [Link] = []
    for unit in 0..<2 {
      for input in 0..<2 {
        let last = toU[4][0, unit, input, unit].scalar
        links.append(
          Link(
            name: "u\(digit(input))\(digit(unit))", factors: upTo(unit: unit) + [last],
            gradient: gradient("u", 2 * input + unit)))
      }
    }
    for unit in 0..<2 {
      let last = toC[4][0, unit, unit].scalar
      links.append(
        Link(name: "c\(digit(unit))", factors: upTo(unit: unit) + [last], gradient: gradient("c", unit)))
    }
    for unit in 0..<2 {
      let factors = [toV[0].scalar, toV[1].scalar, toV[2][0, 0, unit, 0].scalar]
      links.append(Link(name: "v\(digit(unit))", factors: factors, gradient: gradient("v", unit)))
    }
    links.append(
      Link(name: "d", factors: [toD[0].scalar, toD[1].scalar, toD[2].scalar], gradient: gradient("d", 0)))
    return links
  }

  private static func digit(_ index: Int) -> String { ["₁", "₂"][index] }
}
