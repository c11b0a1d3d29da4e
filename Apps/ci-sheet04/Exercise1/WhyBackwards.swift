import Drawing
import Experiments
import Plotting
import Wabe

struct WhyBackwards: Experiment {
  let id = "ci04.1.v"
  let title = "Why backwards: what is computed once and used again"
  let question = """
    Why is the algorithm called backpropagation, and what makes it advantageous? (Think of the order of computation \
    and of what would otherwise be computed again and again.)
    """

  func run(in run: inout Run) throws {
    run.say(
      "The chains of two weights begin alike: those of u₁₁ and u₂₁ share their first four factors. Whoever starts at "
        + "the loss and walks *back*, layer by layer, multiplies the shared part once and hands the result on to "
        + "everybody who needs it; the values of the forward pass, which occur in the factors, were kept as well. "
        + "Whoever computes every chain on its own walks every path from the loss to every weight. In front of a unit "
        + "of layer l there are as many paths as there are ways through the layers behind it: with D hidden layers of "
        + "width W, W^(D−l).")
    run.formula(
      "one pass:    N + E + H + 1       N parameters, E weights beyond the first layer, H hidden units",
      "path by path: Σₗ (W² + W) · W^(D−l) · (2 (D−l) + 4)  +  2 (W + 1)      for W inputs")
    run.say(
      "One pass costs about two multiplications per weight, whatever the depth. Path by path the number grows like "
        + "W^D. The program does both for networks with random weights, counts every multiplication of derivatives "
        + "while it does them, and compares the gradients with those of automatic differentiation.")

    let small = Chains(inputs: [1, 1], target: 2, AdditionNet.printed)
    run.check("this network, one pass", Double(small.onePass().count), equals: 14, source: "counted by hand")
    run.check("this network, path by path", Double(small.pathByPath().count), equals: 30, source: "counted by hand")
    run.say(
      "For the sheet's network, with its \(small.parameterCount) parameters, that is \(small.onePass().count) against "
        + "\(small.pathByPath().count) multiplications.")

    var random = run.random
    var rows: [[String]] = []
    var largest = 0.0
    for (width, depth, reference) in Self.executed {
      let net = DeepNet(width: width, depth: depth, using: &random)
      let x = Tensor.uniform([1, width], from: 0, to: 1, dtype: .float64, using: &random)
      let chains = Chains(inputs: x.scalars, target: 1, net.layers)
      let (kept, again) = (chains.onePass(), chains.pathByPath())
      var model = net
      let automatic = valueWithGradient(at: &model) { model in
        squaredErrorSum(model(x), Tensor([[1]], dtype: .float64))
      }.gradients.flattened.scalars
      for (own, other) in [(kept.gradients, automatic), (again.gradients, automatic)] {
        let scale = max(1, other.map(abs).max() ?? 1)
        largest = max(largest, zip(own, other).map { abs($0 - $1) / scale }.max() ?? .infinity)
      }
      run.check(
        "width \(width), depth \(depth), one pass", Double(kept.count), equals: reference.onePass,
        source: "enumerated in Python")
      run.check(
        "width \(width), depth \(depth), path by path", Double(again.count), equals: reference.pathByPath,
        source: "enumerated in Python")
      rows.append([
        "\(width)", "\(depth)", "\(chains.parameterCount)", "\(kept.count)", "\(again.count)",
        (Double(again.count) / Double(kept.count)).text(3),
      ])
    }
    run.table(
      "Multiplications that were counted",
      columns: ["width", "depth", "parameters", "one pass", "path by path", "ratio"], rows: rows)
    run.check("gradients of all three ways, largest difference", largest, atMost: 1e-12)

    let huge = Multiplications(width: 16, depth: 10)
    run.say(
      "Only small networks can be done path by path. For width 16 and depth 10 the formulas give "
        + "\(huge.onePass.text(4)) against \(huge.pathByPath.scientific(1)) multiplications. The idea is older than "
        + "its name and the year 1985 in print: Rumelhart, Hinton and Williams published it for networks in 1986, and "
        + "reverse differentiation had been known since the 1970s (Linnainmaa, Werbos).")
    run.check("width 16, depth 10, one pass", huge.onePass, equals: 5_218, source: "enumerated in Python")
    run.check(
      "width 16, depth 10, path by path", huge.pathByPath, equals: 435_973_463_927_394, source: "enumerated in Python")

    try run.figure(
      "multiplications",
      caption: "Multiplications of derivatives for one gradient, by depth. Path by path (solid) the cost grows "
        + "exponentially, in one pass (dashed) linearly."
    ) {
      Figure(width: 720, height: 480) { axes in
        axes.title = "Backpropagation does the shared work once"
        axes.x.label = "hidden layers"
        axes.y = Axis(label: "multiplications of derivatives", scale: .logarithmic)
        for width in [2, 4, 8, 16] {
          let depths = Array(2...10)
          let counts = depths.map { Multiplications(width: width, depth: $0) }
          let color = axes.nextColor()
          let x = depths.map { Double($0) }
          axes.line(
            x, counts.map(\.pathByPath), label: "width \(width), path by path", color: color, marker: .circle)
          axes.line(x, counts.map(\.onePass), label: "width \(width), one pass", color: color, dash: [5, 4])
        }
      }
    }
  }

  /// Widths and depths that are carried out, with the numbers that a short Python program enumerates.
  private static let executed: [(Int, Int, (onePass: Double, pathByPath: Double))] = [
    (2, 2, (26, 102)), (2, 4, (50, 774)), (2, 8, (98, 24_582)), (3, 3, (71, 1_136)), (4, 2, (74, 570)),
    (4, 5, (194, 77_370)), (8, 3, (386, 40_626)),
  ]
}

/// The numbers of multiplications for a network with `depth` hidden layers of `width` units and as many inputs.
struct Multiplications {
  let onePass: Double
  let pathByPath: Double

  init(width: Int, depth: Int) {
    let (w, d) = (Double(width), Double(depth))
    let parameters = d * (w * w + w) + w + 1
    let beyondFirst = (d - 1) * w * w + w
    onePass = parameters + beyondFirst + d * w + 1
    var sum = 2 * (w + 1)
    var ways = 1.0
    for behind in 0..<depth {
      sum += (w * w + w) * ways * (2 * Double(behind) + 4)
      ways *= w
    }
    pathByPath = sum
  }
}
