import Experiments
import Plotting
import Wabe

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// 6.5 d: what a Newton step costs, counted and measured, and where it leads if one can afford it.
struct NewtonCost: Experiment {
  let id = "nnti06.6.5.d"
  let title = "Why Newton's method hardly trains networks"
  let isLong = true
  let question = "Why is Newton's method hardly ever used to train neural networks?"

  func run(in run: inout Run) throws {
    var random = run.random
    run.heading("Memory and arithmetic")
    run.say(
      """
      A network with n parameters has a Hessian of n² numbers. Solving for the step takes n³/3 operations even with \
      the cheapest method for symmetric matrices (Cholesky), and the Hessian itself n ways back. Gradient descent keeps \
      n numbers and takes one way back.
      """)
    let classifier = Sequential {
      Linear(784, 64, using: &random)
      relu
      Linear(64, 32, using: &random)
      relu
      Linear(32, 10, using: &random)
    }
    let digits = Sequential {
      Linear(784, 64, using: &random)
      relu
      Linear(64, 10, using: &random)
    }
    let subjects = [
      ("5 tanh units on 7 × 7 pixels (6.7)", TanhNetwork(49, 5, 10, deviation: 1, using: &random).parameterCount),
      ("784-64-10 (sheet 7)", digits.parameterCount), ("784-64-32-10 (6.6)", classifier.parameterCount),
    ]
    run.table(
      "One Newton step",
      columns: ["network", "parameters n", "numbers n²", "in float32", "in float64", "operations n³/3"],
      rows: subjects.map { name, count in
        let numbers = count * count
        return [name, "\(count)", "\(numbers)", bytes(4 * numbers), bytes(8 * numbers), cube(count).scientific(1)]
      })
    let count = classifier.parameterCount
    run.check("parameters of 784-64-32-10", Double(count), equals: 52_650)
    run.check("numbers in its Hessian", Double(count * count), equals: 2_772_022_500)
    run.check("bytes in float32", Double(4 * count * count), equals: 11_088_090_000)
    run.check("bytes in float64", Double(8 * count * count), equals: 22_176_180_000)
    run.check("operations of a Cholesky factorization", cube(count), equals: 4.865e13, within: 5e9)

    run.heading("Measured")
    let exponent = try measured(in: &run)
    run.say(
      """
      The time of exact Hessians and of solutions was measured for 10 to 600 parameters; the numbers stand in \
      `times.csv`, since they differ from run to run. The solution's time grows like a power of n between 2 and 3.5, \
      on its way to the 3 of the formula: twice the network is eight times the work.
      """)
    run.expect("exponent of the solution's time between 2 and 3.5", holds: exponent >= 2 && exponent <= 3.5)

    run.heading("Where it leads")
    let starts = run.isQuick ? 5 : 20
    let ends = newtonEnds(starts, using: &random)
    run.say(
      """
      The step goes to the next point with gradient 0, whatever its kind, and far away where curvatures are nearly 0. A \
      network with three tanh units on the circle data, from \(starts) random starts: after 15 steps, \(ends.minima) \
      ended in a minimum, \(ends.saddles) at a point with negative curvature, and \(ends.lost) had a higher loss than \
      at the start or no finite one.
      """)
    run.expect(
      "share of starts from which Newton's method finds no minimum", Double(starts - ends.minima) / Double(starts),
      atLeast: 0.5, source: "60 seeds")

    run.heading("Answer")
    run.say(
      """
      The Hessian of even this small classifier takes \(bytes(4 * count * count)), and solving with it \
      \(cube(count).scientific(0)) operations for a single step. What is more, the \
      loss is not convex: where curvatures are negative the step goes uphill towards saddle points (6.7), and a Hessian \
      from a minibatch is noisy, which an inverse amplifies. Approximations remain: L-BFGS, Gauss–Newton, Hessian-vector \
      products, and Adam's diagonal.
      """)
    try run.figure(
      "cost",
      caption: """
        What a step of gradient descent and one of Newton's method take. The Hessian of the 52 650 parameters of \
        exercise 6.6 fills the memory of a laptop; that of a network with a hundred million parameters fills nothing \
        that exists.
        """
    ) {
      figure(subjects.map(\.1))
    }
  }

  private func cube(_ count: Int) -> Double {
    let n = Double(count)
    return n * n * n / 3
  }

  private func bytes(_ count: Int) -> String {
    count < 1_000_000 ? "\((Double(count) / 1e3).text(3)) kB" : "\((Double(count) / 1e9).text(3)) GB"
  }

  /// Measures Hessians of tanh networks and solutions with them; returns the exponent of the solution's time.
  private func measured(in run: inout Run) throws -> Double {
    var random = run.random.stream("times")
    let data = DiscInSquare(count: 128, normalized: true, dtype: .float64, using: &random)
    var rows: [[Double]] = []
    for units in run.isQuick ? [2, 32] : [2, 8, 32, 75, 150] {
      var network = TanhNetwork(2, units, 1, deviation: 1, using: &random)
      let size = network.parameterCount
      let hessianTime = quickest(of: 1) {
        _ = hessian(at: &network) { squaredError(predictions: $0(data.inputs), targets: data.targets) }
      }
      let matrix =
        Tensor.normal([size, size], dtype: .float64, using: &random) + Tensor.eye(size, dtype: .float64) * 50
      let right = Tensor.normal([size], dtype: .float64, using: &random)
      var failure: LinearAlgebraError?
      let solutionTime = quickest(of: size < 400 ? 20 : 8) {
        do throws(LinearAlgebraError) { _ = try matrix.solve(right) } catch { failure = error }
      }
      if let failure { throw failure }
      rows.append([Double(size), hessianTime, solutionTime])
    }
    try run.write("times", columns: ["parameters", "seconds of a Hessian", "seconds of a solution"], rows: rows)
    // Between the middle and the largest size: below, a call costs more than its arithmetic.
    let (low, high) = (rows[rows.count / 2], rows[rows.count - 1])
    let ratios = log(Tensor([high[2] / low[2], high[0] / low[0]])).scalars
    return ratios[0] / ratios[1]
  }

  /// The shortest time of some repetitions, counted while this thread computes: other programs do not add to it.
  private func quickest(of repetitions: Int, _ work: () -> Void) -> Double {
    func now() -> Double {
      var time = timespec()
      clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
      return Double(time.tv_sec) + 1e-9 * Double(time.tv_nsec)
    }
    return (0..<repetitions).reduce(.infinity) { best, _ in
      let start = now()
      work()
      return min(best, now() - start)
    }
  }

  /// Where 15 pure Newton steps end from random starts.
  private func newtonEnds(
    _ starts: Int, using random: inout RandomSource
  ) -> (minima: Int, saddles: Int, lost: Int) {
    let data = DiscInSquare(count: 64, normalized: true, dtype: .float64, using: &random)
    func loss(_ network: inout TanhNetwork) -> Tensor {
      binaryCrossEntropy(logits: network(data.inputs), targets: data.targets)
    }
    var result = (minima: 0, saddles: 0, lost: 0)
    for _ in 0..<starts {
      var network = TanhNetwork(2, 3, 1, deviation: 1, using: &random)
      let begin = loss(&network).scalar
      var curvatures: [Double] = []
      for _ in 0..<15 {
        guard let report = try? Newton().update(&network, loss: loss) else { break }
        curvatures = report.eigenvalues
      }
      let end = loss(&network).scalar
      if !(end <= begin) {
        result.lost += 1
      } else if curvatures.contains(where: { $0 < -1e-6 }) {
        result.saddles += 1
      } else {
        result.minima += 1
      }
    }
    return result
  }

  private func figure(_ marked: [Int]) -> Figure {
    // Powers are straight lines here, so two points of each are enough.
    let sizes = [1e1, 1e9]
    let sizes8 = sizes.map { 8 * $0 }
    var figure = Figure(rows: 1, columns: 2, width: 960, height: 420)
    figure[0, 0].title = "Memory in float64"
    figure[0, 0].x = Axis(label: "parameters n", scale: .logarithmic)
    figure[0, 0].y = Axis(label: "bytes", scale: .logarithmic)
    figure[0, 0].line(sizes, sizes8, label: "gradient, 8 n")
    figure[0, 0].line(sizes, zip(sizes, sizes8).map { $0 * $1 }, label: "Hessian, 8 n²")
    figure[0, 0].horizontalLine(at: 16e9, text: "16 GB")
    figure[0, 1].title = "Operations per step"
    figure[0, 1].x = Axis(label: "parameters n", scale: .logarithmic)
    figure[0, 1].y = Axis(label: "operations", scale: .logarithmic)
    figure[0, 1].line(sizes, sizes, label: "gradient descent, n")
    figure[0, 1].line(sizes, sizes.map { $0 * $0 * $0 / 3 }, label: "Newton, n³/3")
    figure[0, 1].horizontalLine(at: 3.6e15, text: "an hour at 10¹² per second")
    let n = marked.map { Double($0) }
    figure[0, 0].scatter(n, n.map { 8 * $0 * $0 }, label: "networks of the sheets")
    figure[0, 1].scatter(n, n.map { $0 * $0 * $0 / 3 }, label: "networks of the sheets")
    return figure
  }
}
