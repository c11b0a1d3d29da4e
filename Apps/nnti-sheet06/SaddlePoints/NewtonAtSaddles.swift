import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

/// 6.7 c: Newton's method takes a saddle for its goal; its damped and its saddle-free form do not.
struct NewtonAtSaddles: Experiment {
  let id = "nnti06.6.7.c"
  let title = "Why Newton's method does not escape from saddle points"
  let question = "Which property of Newton's method makes it unfit to escape from saddle points?"
  let isLong = true

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      """
      It divides the gradient by the curvature, sign included. In the eigenvectors of the Hessian its step is −gᵢ/λᵢ. \
      Where λᵢ < 0, gradient descent goes down (−gᵢ) and Newton's method therefore up, back to where the gradient is 0: \
      saddle points attract it like minima. A damping, −gᵢ/(λᵢ + α), restores the direction only if α exceeds the most \
      negative |λ|, and then every other direction is slowed down as well. Saddle-free Newton divides by |λᵢ|: it keeps \
      the scaling and the way down.
      """)
    try toy(&run)
    try network(&run)
  }

  // MARK: Two variables

  private func toy(_ run: inout Run) throws {
    let saddle = QuadraticSaddle(up: 10, down: 2)
    let monkey = MonkeySaddle()
    let start = PlanePoint(1, 1e-6)
    let landing = try VectorModel.way(from: start, steps: 1) { try Newton().update(&$0, loss: saddle.loss) }
    let far = PlanePoint(-0.9, 0.35)
    let newton = try VectorModel.way(from: far, steps: 8) { try Newton().update(&$0, loss: monkey.loss) }
    let free = try VectorModel.way(from: far, steps: 3) { try Newton.saddleFree([0]).update(&$0, loss: monkey.loss) }
    let middle = PlanePoint(0, 0)
    let distances = newton.map { $0.distance(to: middle) }
    let ratios = zip(distances.dropFirst(), distances).map { $0 / $1 }
    run.heading("Two variables")
    run.say(
      """
      On 5x² − y² Newton's method goes from (1, 10⁻⁶) to the saddle (0, 0) in a single step, as it would to a minimum. On \
      the monkey saddle x³ − 3xy², whose curvature vanishes in the middle, it halves its distance in every step and \
      never leaves; saddle-free Newton has gone from \(distances[0].text(2)) to \
      \((free.last?.distance(to: middle) ?? .nan).text(2)) after three steps.
      """)
    run.check("distance to the saddle of 5x² − y² after one step", landing[1].distance(to: middle), atMost: 1e-15)
    run.check("smallest factor per step at the monkey saddle", ratios.min() ?? .nan, equals: 0.5, within: 1e-12)
    run.check("largest factor per step", ratios.max() ?? .nan, equals: 0.5, within: 1e-12)
    run.check(
      "saddle-free Newton's distance in units of the start's", (free.last?.distance(to: middle) ?? .nan) / distances[0],
      atLeast: 1.5)
    try run.figure(
      "monkey",
      caption: """
        The monkey saddle x³ − 3xy²: Newton's method walks into the saddle, saddle-free Newton down the nearest valley.
        """
    ) {
      Trajectories(
        over: Grid(x: -3.2...1.6, y: -1.8...1.8) { monkey($0, $1) },
        [.init("Newton", newton), .init("saddle-free Newton", free)], marks: [("saddle", middle)],
        title: "f(x, y) = x³ − 3xy²")
    }
  }

  // MARK: A network

  private func network(_ run: inout Run) throws {
    var random = run.random
    let digits = TinyDigits(using: &random)
    let start = digits.network(deviation: 0.01, using: &random)
    let length = run.isQuick ? 15 : 30
    let newton = try follow(Newton(cutoff: 1e-3), from: start, digits, steps: 10, in: run)
    let damped = try follow(.damped(), from: start, digits, steps: length, in: run)
    let free = try follow(.saddleFree(), from: start, digits, steps: length, in: run)
    let slow = descend(from: start, digits, steps: run.isQuick ? 300 : 1000)

    let index = Double(newton.negatives.last ?? 0) / 310
    let goal = 0.5
    let steps = (free: free.steps(to: goal), slow: slow.firstIndex { $0 < goal }.map { $0 + 1 })
    run.heading("A network")
    run.say(
      """
      The network of 310 parameters of part (a), without decay, starts near the origin (deviation 0.01), with its exact \
      Hessian in every step. The pure method has no step along curvatures below a thousandth of the largest, where \
      it would divide rounding by rounding.
      """)
    run.table(
      "From a start near the origin", columns: ["method", "iterations", "loss", "‖∇L‖", "most negative λ"],
      rows: [("Newton", newton), ("damped Newton", damped), ("saddle-free Newton", free)].map { name, way in
        [name, "\(way.losses.count - 1)", way.end.text(4), way.norm.scientific(1), (way.lowest.last ?? .nan).text(3)]
      } + [["gradient descent, η = 0.5", "\(slow.count - 1)", (slow.last ?? .nan).text(4), "", ""]])
    run.say(
      """
      Newton's method converges quadratically, its gradient vanishes to rounding, and a stopping rule that looks at the \
      gradient would call it done: at a loss of \(newton.end.text(4)), hardly below ln 10, with \
      \(newton.negatives.last ?? 0) negative eigenvalues of 310. It is the saddle where the hidden units contribute \
      nothing and the output biases know how frequent the classes are: its loss is the entropy of these frequencies. \
      Saddle-free Newton leaves the same place and is at \(free.end.text(2)) after \(length) iterations. To a loss of \
      \(goal) it takes \(steps.free.map { "\($0)" } ?? "more than \(length)"), gradient descent \
      \(steps.slow.map { "\($0)" } ?? "more than \(slow.count - 1)").
      """)
    run.expect("‖∇L‖ where Newton's method ends", newton.norm, atMost: 1e-10, source: "NumPy: 1e-15")
    run.expect("share of negative eigenvalues there", index, atLeast: 0.05, source: "NumPy: 0.145")
    run.expect("loss there", newton.end, atLeast: 2.2, source: "NumPy: 2.30")
    run.expect(
      "its difference from the entropy of the class frequencies", abs(newton.end - digits.entropy), atMost: 1e-12)
    run.expect("loss of saddle-free Newton", free.end, atMost: 0.5, source: "NumPy: 0.05 … 0.11")
    run.expect("loss of saddle-free Newton in units of Newton's", free.end / newton.end, atMost: 1)
    run.expect(
      "iterations to a loss of 0.5: gradient descent's in units of saddle-free Newton's",
      steps.free.map { Double(steps.slow ?? slow.count) / Double($0) } ?? .nan, atLeast: 5, source: "NumPy: 8 … 25")
    try run.figure(
      "methods",
      caption: """
        The loss, the most negative eigenvalue and the length of the gradient on the way of each method. Newton's \
        method alone stays up: its gradient is 0 and its curvature still negative.
        """
    ) {
      figure([("Newton", newton), ("damped Newton", damped), ("saddle-free Newton", free)], slow)
    }
  }

  /// What was seen on the way of one method; every list begins with the start.
  private struct Way {
    var losses: [Double] = []
    var norms: [Double] = []
    var lowest: [Double] = []
    var negatives: [Int] = []
    var end: Double { losses.last ?? .nan }
    var norm: Double { norms.last ?? .nan }
    /// The first iteration with a loss below a goal.
    func steps(to goal: Double) -> Int? { losses.firstIndex { $0 < goal } }
  }

  private func follow(
    _ method: Newton, from start: TanhNetwork, _ digits: TinyDigits, steps: Int, in run: Run
  ) throws -> Way {
    var network = start
    var way = Way()
    // One update more than steps: each reports where it began.
    for _ in 0...steps {
      let report = try method.update(&network, loss: digits.loss)
      way.losses.append(report.loss)
      way.norms.append(report.gradientNorm)
      way.lowest.append(report.eigenvalues[0])
      way.negatives.append(report.eigenvalues.count { $0 < -1e-6 })
      try run.report(way.losses.count, of: steps + 1, in: method.title)
    }
    return way
  }

  private func descend(from start: TanhNetwork, _ digits: TinyDigits, steps: Int) -> [Double] {
    var network = start
    var optimizer = SGD(learningRate: 0.5)
    return (0...steps).map { _ in
      let (loss, gradients) = valueWithGradient(at: &network, of: digits.loss)
      optimizer.update(&network, with: gradients)
      return loss.scalar
    }
  }

  private func figure(_ ways: [(name: String, way: Way)], _ slow: [Double]) -> Figure {
    var figure = Figure(rows: 1, columns: 3, width: 1140, height: 400)
    let titles = ["Loss", "Most negative eigenvalue", "Length of the gradient"]
    let labels = ["cross-entropy", "|λ| where negative", "‖∇L‖"]
    for column in 0..<3 {
      figure[0, column].title = titles[column]
      figure[0, column].x.label = "iteration"
      figure[0, column].y = Axis(label: labels[column], scale: .logarithmic)
      for (name, way) in ways {
        let values = [way.losses, way.lowest.map { max(-$0, 0) }, way.norms][column]
        figure[0, column].line(values, label: column == 0 ? name : nil)
      }
    }
    // Gradient descent takes so many more steps that only a logarithmic axis has room for them.
    figure[0, 0].x = Axis(label: "iteration", scale: .logarithmic, limits: 1...5000)
    figure[0, 0].line(slow, label: "gradient descent", dash: [5, 3])
    figure[0, 0].legend = .inside(.init(.right, .bottom))
    return figure
  }
}

extension Newton {
  /// What the method is called while it runs.
  fileprivate var title: String { isSaddleFree ? "saddle-free Newton" : dampings == [0] ? "Newton" : "damped Newton" }
}
