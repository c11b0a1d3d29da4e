import Experiments
import Plotting
import Wabe

/// 6.5 b: three convex functions on which gradient descent does not find a minimum, and one on which it does.
struct ConvexDescent: Experiment {
  let id = "nnti06.6.5.b"
  let title = "Does gradient descent always find the minimum of a convex function?"
  let question = "Does gradient descent converge to the minimum of every convex function?"

  func run(in run: inout Run) throws {
    run.heading("The step can be too long")
    run.say(
      """
      For f(x) = x² a step is x ← x − η · 2x = (1 − 2η) x. The distance to the minimum shrinks only while |1 − 2η| < 1, \
      that is for 0 < η < 1 = 2/L, with the curvature L = f″ = 2. Fifty steps from x = 1:
      """)
    let rates = [0.1, 0.5, 0.9, 1.0, 1.1]
    let ways = rates.map { descend(from: 1, rate: $0, steps: 50) { $0 * $0 } }
    let behaviours = ["converges", "arrives in one step", "converges, changing sides", "jumps to and fro", "diverges"]
    run.table(
      "f(x) = x², 50 steps from 1", columns: ["η", "1 − 2η", "x₅₀", "behaviour"],
      rows: zip(zip(rates, ways), behaviours).map { pair, word in
        [pair.0.text(), (1 - 2 * pair.0).text(2), end(pair.1).text(5), word]
      })
    run.check("x₅₀ for η = 0.1", end(ways[0]), equals: 1.427247692705959e-5, within: 1e-15, source: "0.8⁵⁰")
    run.check("x₁ for η = 0.5", ways[1][1], equals: 0)
    run.check("x₅₀ for η = 0.9", end(ways[2]), equals: 1.427247692705959e-5, within: 1e-15, source: "(−0.8)⁵⁰")
    run.check("|x| at every step for η = 1", holds: ways[3].allSatisfy { abs($0) == 1 })
    run.check("x₅₀ for η = 1.1", end(ways[4]), equals: 9100.43815000214, within: 9.1e-3, source: "1.2⁵⁰")

    run.heading("There can be no minimum")
    let slope = descend(from: 0, rate: 1, steps: 1000) { exp(-$0) }
    let height = exp(Tensor(-end(slope), dtype: .float64)).scalar
    run.say(
      """
      f(x) = e⁻ˣ is convex and bounded below, but its infimum 0 is nowhere attained. The step e⁻ˣ gets shorter as x \
      grows, and xₖ grows like ln k: after 1000 steps with η = 1 it is \(end(slope).text(5)) with \
      f = \(height.scientific(2)), and it will never arrive.
      """)
    run.check("x₁₀₀₀ on e⁻ˣ", end(slope), equals: 6.9125, within: 5e-5, source: "NumPy")
    run.check("f there", height, equals: 9.95e-4, within: 5e-7, source: "NumPy")

    run.heading("There can be a kink")
    let kink = descend(from: 1, rate: 0.3, steps: 20) { abs($0) }
    let first = kink.prefix(7).map { $0.text(2) }.joined(separator: ", ")
    run.say(
      """
      f(x) = |x| has slope ±1 however near the minimum is, so a fixed step never gets shorter. With η = 0.3 the way is \
      \(first) … and goes on between 0.1 and −0.2 for ever. Steps that shrink, such as η/k, would cure it.
      """)
    run.check("x₃ on |x|", kink[3], equals: 0.1, within: 1e-12)
    run.check("x₄", kink[4], equals: -0.2, within: 1e-12)
    run.check("x₂₀, eight rounds later", kink[20], equals: -0.2, within: 1e-12)

    run.heading("Answer")
    run.say(
      """
      No. It does if a minimum exists, the gradient does not change faster than L times the way (L-smoothness), and the \
      fixed step width is below 2/L. Each of the three functions above breaks one of these conditions. Even then \
      the way can be long, as part (c) shows.
      """)
    try run.figure(
      "convex",
      caption: """
        Left: the distance to the minimum of x² for five step widths; only widths below 1 get there. Middle: on e⁻ˣ \
        there is nowhere to arrive, and xₖ follows ln k. Right: on |x| a fixed step ends in a cycle.
        """
    ) {
      figure(rates, ways, slope, kink)
    }
  }

  /// All places of gradient descent, the start included.
  private func descend(
    from start: Double, rate: Double, steps: Int, on function: (Tensor) -> Tensor
  ) -> [Double] {
    var x = Tensor(start, dtype: .float64)
    var places = [start]
    for _ in 0..<steps {
      x = x - gradient(of: function, at: x) * rate
      places.append(x.scalar)
    }
    return places
  }

  private func end(_ places: [Double]) -> Double { places[places.count - 1] }

  private func figure(_ rates: [Double], _ ways: [[Double]], _ slope: [Double], _ kink: [Double]) -> Figure {
    var figure = Figure(rows: 1, columns: 3, width: 1080, height: 380)
    figure[0, 0].title = "f(x) = x²"
    figure[0, 0].x.label = "step k"
    figure[0, 0].y = Axis(label: "|xₖ|", scale: .logarithmic, limits: 1e-6...2e4)
    for (rate, way) in zip(rates, ways) {
      let label = rate == 0.5 ? "η = 0.5, 0 at once" : "η = \(rate)"
      let dash: [Double] = rate == 0.9 ? [6, 4] : []
      figure[0, 0].line(way.indices.map { Double($0) }, way.map { abs($0) }, label: label, dash: dash)
    }
    let steps = (1...1000).map { Double($0) }
    figure[0, 1].title = "f(x) = e⁻ˣ, η = 1"
    figure[0, 1].x = Axis(label: "step k", scale: .logarithmic)
    figure[0, 1].y.label = "xₖ"
    figure[0, 1].line(steps, Array(slope.dropFirst()), label: "xₖ")
    figure[0, 1].line(steps, log(Tensor(steps)).scalars, label: "ln k", dash: [5, 3])
    figure[0, 2].title = "f(x) = |x|, η = 0.3"
    figure[0, 2].x = Axis(label: "step k", limits: -0.5...27)
    figure[0, 2].y.label = "xₖ"
    figure[0, 2].line(kink.indices.map { Double($0) }, kink, marker: .circle)
    figure[0, 2].horizontalLine(at: 0, text: "minimum")
    return figure
  }
}
