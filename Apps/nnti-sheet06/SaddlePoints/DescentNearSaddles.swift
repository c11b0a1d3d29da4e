import Experiments
import Plotting
import Visualization
import Wabe

/// 6.7 b: gradient descent leaves a saddle, but it takes its time.
struct DescentNearSaddles: Experiment {
  let id = "nnti06.6.7.b"
  let title = "How gradient descent behaves near saddle points"
  let question = "How does gradient descent behave in the neighbourhood of saddle points?"
  let isLong = true

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      """
      It is pushed away from them, and so in the end escapes, but slowly: steps are proportional to the curvature. \
      Along an eigenvector with eigenvalue λ the distance from the saddle changes by the factor 1 − η λ in each step. \
      Positive eigenvalues pull it in, negative ones drive it out, and if they are small it seems to stand still: a \
      plateau that is easily mistaken for a minimum.
      """)
    try toy(&run)
    try network(&run)
  }

  private func toy(_ run: inout Run) throws {
    run.heading("Two variables")
    let saddle = QuadraticSaddle()
    let steep = QuadraticSaddle(up: 10, down: 2)
    func descend(_ point: inout VectorModel, on saddle: QuadraticSaddle, rate: Double) {
      let (_, gradients) = valueWithGradient(at: &point, of: saddle.loss)
      var descent = SGD(learningRate: rate)
      descent.update(&point, with: gradients)
    }
    let far = steps { descend(&$0, on: saddle, rate: 0.01) }
    let other = steps { descend(&$0, on: steep, rate: 0.005) }
    let free = try steps { try Newton.saddleFree([0]).update(&$0, loss: saddle.loss) }
    run.say(
      """
      f = ½ (x² − y²) has its saddle at the origin. From (1, 10⁻⁶), one millionth beside the ridge, with η = 0.01 the \
      height y grows by 1.01 per step and needs ln 10⁶ / ln 1.01 = 1388.4, that is \(far) steps, to reach 1. On \
      5x² − y² with half the rate it takes \(other), since only η · |λ| counts. Saddle-free Newton steps along y by \
      +|λ|⁻¹ · |λ| y: it doubles y each time and is there after \(free) steps, whatever λ is.
      """)
    run.check("steps of gradient descent until |y| = 1", Double(far), equals: 1389, source: "ln 10⁶ / ln 1.01")
    run.check("the same on 5x² − y² with η = 0.005", Double(other), equals: 1389, source: "ln 10⁶ / ln 1.01")
    run.check("steps of saddle-free Newton", Double(free), equals: 20, source: "log₂ 10⁶")
  }

  /// How many steps it takes from (1, 10⁻⁶) until |y| ≥ 1.
  private func steps(_ step: (inout VectorModel) throws -> Void) rethrows -> Int {
    var point = VectorModel(Tensor([1, 1e-6], dtype: .float64))
    var count = 0
    while abs(point.place.y) < 1 && count < 100_000 {
      try step(&point)
      count += 1
    }
    return count
  }

  private func network(_ run: inout Run) throws {
    run.heading("A network")
    var random = run.random
    let digits = TinyDigits(using: &random)
    let count = run.isQuick ? 200 : 700
    let deviations = [1e-2, 1e-4, 1e-6]
    let start = digits.network(deviation: 1, using: &random)
    let curves = deviations.map { deviation in
      descend(start.scaled(by: deviation), digits, steps: count)
    }
    let saddle = curves[2].atPlateau
    var there = saddle
    let lowest = try hessian(at: &there, of: digits.loss).eigenSymmetric().values.scalars[0]
    let growth = 1 - rate * lowest
    let escapes = curves.map { $0.losses.firstIndex { $0 < 2.2 } ?? count }
    let logs = log(Tensor([100, growth] as [Double])).scalars
    let predicted = logs[0] / logs[1]
    run.say(
      """
      A network of 310 parameters (7 × 7 pixels, five tanh units, ten digits) is started from the same random direction \
      at three distances from the origin. There the units are silent; once the output biases have learned how frequent \
      the classes are, gradient descent sits beside a saddle whose most negative eigenvalue is \(lowest.text(3)). With \
      η = \(rate) its distance grows by 1 + η |λ| = \(growth.fixed(4)) per step, so a start a hundred times nearer \
      should stay \(predicted.text(3)) steps longer. Until the loss is below 2.2 it took \(escapes[0]), \(escapes[1]) \
      and \(escapes[2]) steps.
      """)
    run.check("most negative eigenvalue on the plateau", lowest, atMost: -0.01)
    run.expect(
      "extra steps for a start a hundred times nearer, in units of ln 100 / ln(1 + η|λ|)",
      Double(escapes[2] - escapes[1]) / predicted, between: 0.9, and: 1.1, source: "theory, to first order")
    try run.figure(
      "plateaus",
      caption: """
        Left: the loss stays on the plateau of the saddle the longer the nearer the start was, then falls. Right: the \
        gradient shrinks as if a minimum were reached, and grows again by a constant factor per step (dashed: \
        1 + η |λ|).
        """
    ) {
      figure(curves, growth)
    }
  }

  private let rate = 0.5

  private struct Descent {
    var losses: [Double] = []
    var norms: [Double] = []
    /// The network where its gradient was shortest before the loss fell.
    var atPlateau: TanhNetwork
  }

  private func descend(_ start: TanhNetwork, _ digits: TinyDigits, steps: Int) -> Descent {
    var network = start
    var result = Descent(atPlateau: start)
    var optimizer = SGD(learningRate: rate)
    for _ in 0..<steps {
      let (loss, gradients) = valueWithGradient(at: &network, of: digits.loss)
      let norm = gradients.norm
      if loss.scalar > 2.2, norm < result.norms.min() ?? .infinity { result.atPlateau = network }
      result.losses.append(loss.scalar)
      result.norms.append(norm)
      optimizer.update(&network, with: gradients)
    }
    return result
  }

  private func figure(_ curves: [Descent], _ growth: Double) -> Figure {
    var figure = Figure(rows: 1, columns: 2, width: 960, height: 420)
    figure[0, 0].title = "Loss"
    figure[0, 0].x.label = "step"
    figure[0, 0].y.label = "cross-entropy"
    figure[0, 1].title = "Length of the gradient"
    figure[0, 1].x.label = "step"
    figure[0, 1].y = Axis(label: "‖∇L‖", scale: .logarithmic)
    for (curve, name) in zip(curves, ["10⁻²", "10⁻⁴", "10⁻⁶"]) {
      figure[0, 0].line(curve.losses, label: "start at distance \(name)")
      figure[0, 1].line(curve.norms, label: "start at distance \(name)")
    }
    // Through the lowest point of the last curve, as far as the growth goes on.
    let norms = curves[2].norms
    if let lowest = norms.indices.prefix(norms.count).min(by: { norms[$0] < norms[$1] }) {
      let steps = (0..<60).map { Double($0 * 4) }
      let heights = exp(log(Tensor(growth, dtype: .float64)) * Tensor(steps)).scalars.map { 2 * norms[lowest] * $0 }
      let shown = heights.prefix { $0 < 0.02 }
      figure[0, 1].line(
        steps.prefix(shown.count).map { $0 + Double(lowest + 1) }, Array(shown), label: "1 + η |λ|", dash: [5, 3])
    }
    return figure
  }
}

extension TanhNetwork {
  /// The network with all parameters multiplied by a factor.
  func scaled(by factor: Double) -> TanhNetwork {
    func scale(_ layer: Linear) -> Linear {
      Linear(weight: layer.weight * factor, bias: layer.bias.map { $0 * factor })
    }
    return TanhNetwork(hidden: scale(hidden), output: scale(output))
  }
}
