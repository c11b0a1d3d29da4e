import Experiments
import Plotting
import Visualization
import Wabe

/// 6.7 a: exact critical points of one network at six heights, and how many directions lead down from each.
struct CriticalPoints: Experiment {
  let id = "nnti06.6.7.a"
  let title = "Which critical points are the difficulty"
  let question = """
    Which critical points does the paper on the saddle point problem take for the main difficulty of non-convex \
    optimization in many dimensions?
    """
  let isLong = true

  func run(in run: inout Run) throws {
    run.heading("Answer")
    run.say(
      """
      Saddle points with a higher loss than the minima, and the plateaus around them, not bad local minima. At a \
      critical point of a function of n variables every eigenvalue of the Hessian has a sign. Were the signs tossed \
      like coins, all n would be positive with probability 2⁻ⁿ: in many dimensions nearly every critical point is a \
      saddle. The paper adds that in random landscapes the share of negative eigenvalues, the index, grows with the \
      loss: critical points high up have many ways down, and local minima lie nearly as deep as the global one.
      """)
    run.heading("Making critical points on purpose")
    run.say(
      """
      Searching for critical points of a network mostly ends where the gradient is merely small. They can be \
      constructed instead. Take five hidden units, silence all but k (no weight to them, none away from them), and \
      train. A silent unit outputs tanh 0 = 0 and sends nothing back, so its gradient is exactly 0 and it stays silent: \
      the trained network of k units is a critical point of the loss of all five.
      """)
    let points = try criticalPoints(in: &run)
    let counts = (0...5).map { units in points.filter { $0.units == units } }
    run.table(
      "Critical points of the 310-parameter network (ten digits of 7 × 7 pixels, decay 10⁻³)",
      columns: ["units k", "loss", "largest ‖∇L‖", "negative eigenvalues", "9 · (5 − k)", "index"],
      rows: counts.enumerated().map { units, found in
        [
          "\(units)", found.map { $0.loss.fixed(3) }.joined(separator: ", "),
          (found.map(\.gradientNorm).max() ?? .nan).scientific(0),
          found.map { "\($0.negative)" }.joined(separator: ", "), "\(9 * (5 - units))",
          (found.first?.index ?? .nan).fixed(3),
        ]
      })
    run.say(
      """
      Each silent unit adds 9 negative eigenvalues. Its own second derivatives vanish; what is left couples its \
      incoming weights w with its outgoing weights v through C = mean of x (p − y)ᵀ. The matrix with C and Cᵀ beside a \
      zero diagonal has the eigenvalues ±σ for every singular value σ of C, and C has rank 9: with ten classes the ten \
      errors p − y of a picture sum to 0. The decay shifts all eigenvalues up by 10⁻³, which none of the nine minds.
      """)
    for (units, found) in counts.enumerated() {
      let off = found.map { abs($0.negative - 9 * (5 - units)) }.max() ?? .max
      run.check(
        "k = \(units): negative eigenvalues less \(9 * (5 - units))", Double(off), equals: 0,
        source: "9 (5 − k)")
    }
    run.check("largest gradient", points.map(\.gradientNorm).max() ?? .nan, atMost: 1e-8)
    let correlation = rankCorrelation(points.map(\.index), points.map(\.loss))
    run.say(
      """
      Loss and index rise together: their rank correlation (Spearman) is \(correlation.text(3)). Only the points with \
      all five units in use have no way down.
      """)
    run.expect("rank correlation of index and loss", correlation, atLeast: 0.9, source: "NumPy: 0.98")
    try draw(points, in: &run)
  }

  /// What is known of one critical point.
  struct Point {
    let units: Int
    let loss: Double
    let gradientNorm: Double
    let eigenvalues: [Double]
    var negative: Int { eigenvalues.count { $0 < 0 } }
    var index: Double { Double(negative) / Double(eigenvalues.count) }
  }

  private func criticalPoints(in run: inout Run) throws -> [Point] {
    var random = run.random
    var digits = TinyDigits(using: &random)
    digits.decay = 1e-3
    var points: [Point] = []
    for units in 0...5 {
      for _ in 0..<(units == 0 || run.isQuick ? 1 : 2) {
        var network = digits.network(deviation: 0.5, using: &random).silencing(unitsFrom: units)
        points.append(try settle(&network, digits, units, run))
        try run.report(points.count, of: run.isQuick ? 6 : 11, in: "critical points", note: "k = \(units)")
      }
    }
    return points
  }

  /// Trains a network until its gradient vanishes to rounding.
  private func settle(_ network: inout TanhNetwork, _ digits: TinyDigits, _ units: Int, _ run: Run) throws -> Point {
    var optimizer = LBFGS(memory: 10)
    for _ in 0..<2000 {
      let report = optimizer.update(&network, loss: digits.loss)
      if report.gradientNorm < 1e-5 || report.stepLength == 0 { break }
      try run.checkInterruption()
    }
    // Newton's method finds the critical point next to here, whatever its kind: just what is wanted now.
    for _ in 0..<6 {
      let report = try Newton().update(&network, loss: digits.loss)
      if report.gradientNorm < 1e-13 {
        return Point(
          units: units, loss: report.loss, gradientNorm: report.gradientNorm, eigenvalues: report.eigenvalues)
      }
    }
    let (loss, gradients) = valueWithGradient(at: &network, of: digits.loss)
    let eigenvalues = try hessian(at: &network, of: digits.loss).eigenSymmetric().values.scalars
    return Point(
      units: units, loss: loss.scalar, gradientNorm: gradients.flattened.norm().scalar, eigenvalues: eigenvalues)
  }
}

extension CriticalPoints {
  private func name(_ units: Int) -> String { units == 1 ? "1 unit used" : "\(units) units used" }

  private func draw(_ points: [Point], in run: inout Run) throws {
    try run.figure(
      "index",
      caption: """
        Left: the critical points; the higher the loss, the more directions lead down. Right: all 310 eigenvalues of \
        three of them in order. Each unit that is put to use removes nine negative eigenvalues.
        """
    ) {
      var figure = Figure(rows: 1, columns: 2, width: 960, height: 420)
      figure[0, 0].title = "Index and loss of critical points"
      figure[0, 0].x.label = "index (share of negative eigenvalues)"
      figure[0, 0].y.label = "loss"
      for units in 0...5 {
        let found = points.filter { $0.units == units }
        figure[0, 0].scatter(found.map(\.index), found.map(\.loss), label: name(units), size: 9)
      }
      figure[0, 1].title = "Spectra of the Hessian"
      figure[0, 1].x.label = "number of the eigenvalue"
      figure[0, 1].y = Axis(label: "eigenvalue λ", scale: .symmetricLogarithmic(threshold: 1e-3))
      for units in [0, 3, 5] {
        guard let point = points.first(where: { $0.units == units }) else { continue }
        let label = "\(name(units)), \(point.negative) negative"
        figure[0, 1].line(point.eigenvalues, label: label, color: figure.theme.color(units))
      }
      figure[0, 1].horizontalLine(at: 0)
      return figure
    }
  }
}
