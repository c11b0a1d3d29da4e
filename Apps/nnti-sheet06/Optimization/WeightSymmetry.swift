import Experiments
import Plotting
import Wabe

/// 6.5 a: the copies of every minimum, the walls between them, and what happens without a difference at the start.
struct WeightSymmetry: Experiment {
  let id = "nnti06.6.5.a"
  let title = "Does weight space symmetry help or hinder?"
  let question = """
    Hidden units can change places, and a tanh unit can change the sign of all its weights, without any change of what \
    the network computes. Does this symmetry of the weight space make optimization easier or harder?
    """

  func run(in run: inout Run) throws {
    var random = run.random
    let task = FoldedLine()
    let (minimum, floor) = trained(task, using: &random)

    run.heading("How many networks are the same")
    run.say(
      """
      With M hidden units there are M! orders, and 2ᴹ ways to choose signs, since tanh(−a) = −tanh a: multiplying a \
      unit's incoming weights, its bias and its outgoing weights by −1 changes nothing. For M = 3 that makes \
      3! · 2³ = 48 weight vectors with one and the same output.
      """)
    let copies = orders.flatMap { order in signs.map { minimum.rearranged(order, signs: $0) } }
    let distinct = Set(copies.map(\.numbers)).count
    let reference = minimum(task.inputs)
    let spread = copies.map { abs($0(task.inputs) - reference).max().scalar }.max() ?? .nan
    run.check("different weight vectors with the same output", Double(distinct), equals: 48, source: "3!·2³")
    run.check("largest difference of their outputs", spread, atMost: 1e-12)

    run.heading("What lies between the copies")
    let lines = orders.dropFirst().map { order in
      (name: order.map { String($0 + 1) }.joined(), losses: losses(from: minimum, to: order, on: task))
    }
    let peaks = lines.map { $0.losses.max() ?? .nan }
    let lowest = peaks.min() ?? .nan
    let highest = peaks.max() ?? .nan
    run.say(
      """
      A network with three tanh units was trained to a loss of \(floor.scientific(1)). On the straight lines from there \
      to the five copies with other orders the loss climbs to between \(lowest.text(3)) and \(highest.text(3)). Were the \
      loss convex, every point between two minima would be a minimum as well: the symmetry alone shows that it is not.
      """)
    run.check("lowest peak on the way to a copy, in units of the minimum's loss", lowest / floor, atLeast: 10)

    run.heading("What happens to units that begin alike")
    let start = TanhNetwork(1, 3, 1, deviation: 1, using: &random)
    let alike = descend(start.withEqualUnits, task)
    let free = descend(start, task)
    let columns = alike.network.hidden.weight.scalars
    let difference = (columns.max() ?? .nan) - (columns.min() ?? .nan)
    let end = alike.losses.last ?? .nan
    var stuck = alike.network
    let steepest = try hessian(at: &stuck, of: task.loss).eigenSymmetric().values.scalars[0]
    run.say(
      """
      Units with equal weights get equal gradients, so gradient descent never tells them apart: the set of networks with \
      equal units is closed. After \(steps) steps the three units differ by \(difference.text(2)) and the loss is \
      \(end.text(3)): together they are worth one unit. The same start with three different units reaches \
      \((free.losses.last ?? .nan).text(2)). There is a way down from where the equal units are stuck, but it leads out \
      of the set: the Hessian has the eigenvalue \(steepest.text(3)).
      """)
    run.check("difference of units that began alike", difference, atMost: 1e-4)
    run.check("their loss in units of the minimum's", end / floor, atLeast: 100)

    run.expect("most negative curvature where they are stuck", steepest, atMost: -1e-3, source: "20 seeds")

    run.heading("Answer")
    run.say(
      """
      Both. That there are 48 equally good minima instead of one does no harm: whichever is nearest will do. It hinders \
      because it makes the loss surface non-convex, with walls and saddle points between the copies, and because \
      a start without random differences can never leave the symmetric set. Random initial weights cure the second; \
      nothing needs to cure the first.
      """)
    try run.figure(
      "symmetry",
      caption: """
        Left: the loss along the straight lines from a minimum to its copies with permuted units; the legend names the \
        order of the units there. Right: gradient descent from equal and from different units.
        """
    ) {
      figure(lines, alike.losses, free.losses)
    }
  }

  private let steps = 3000
  private let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
  private let signs = (0..<8).map { bits in (0..<3).map { bits >> $0 & 1 == 0 ? 1.0 : -1.0 } }

  /// A minimum of loss near 0, from the first start that leads to one.
  private func trained(_ task: FoldedLine, using random: inout RandomSource) -> (TanhNetwork, loss: Double) {
    var best: (TanhNetwork, loss: Double)?
    for _ in 0..<20 {
      var network = TanhNetwork(1, 3, 1, deviation: 1.5, using: &random)
      var optimizer = LBFGS(memory: 20)
      for _ in 0..<300 where optimizer.update(&network, loss: task.loss).loss < 3e-6 { break }
      let loss = task.loss(&network).scalar
      if loss < best?.loss ?? .infinity { best = (network, loss) }
      if loss < 3e-6 { break }
    }
    return best ?? (TanhNetwork(1, 3, 1, deviation: 1.5, using: &random), .nan)
  }

  private func losses(from network: TanhNetwork, to order: [Int], on task: FoldedLine) -> [Double] {
    let copy = network.rearranged(order, signs: [1, 1, 1])
    return (0...60).map { place in
      var between = network.blended(with: copy, share: Double(place) / 60)
      return task.loss(&between).scalar
    }
  }

  private func descend(_ start: TanhNetwork, _ task: FoldedLine) -> (network: TanhNetwork, losses: [Double]) {
    var network = start
    var optimizer = SGD(learningRate: 0.05)
    let losses = (0..<steps).map { _ in
      let (loss, gradients) = valueWithGradient(at: &network, of: task.loss)
      optimizer.update(&network, with: gradients)
      return loss.scalar
    }
    return (network, losses)
  }

  private func figure(
    _ lines: [(name: String, losses: [Double])], _ alike: [Double], _ free: [Double]
  ) -> Figure {
    var figure = Figure(rows: 1, columns: 2, width: 960, height: 420)
    figure[0, 0].title = "Between the copies of a minimum"
    figure[0, 0].x.label = "way to the copy"
    figure[0, 0].y.label = "loss"
    for (place, line) in lines.enumerated() {
      let shares = (0...60).map { Double($0) / 60 }
      figure[0, 0].line(shares, line.losses, label: "order \(line.name)", dash: place % 2 == 0 ? [] : [6, 3])
    }
    figure[0, 1].title = "Gradient descent"
    figure[0, 1].x.label = "step"
    figure[0, 1].y = Axis(label: "loss", scale: .logarithmic)
    figure[0, 1].line(alike, label: "equal units")
    figure[0, 1].line(free, label: "different units")
    return figure
  }
}

/// A curve that three tanh units can draw exactly and one cannot: it rises, falls and rises again.
struct FoldedLine {
  let inputs = Tensor.linspace(from: -2, to: 2, count: 41, dtype: .float64).reshaped(to: [41, 1])
  let targets: Tensor

  init() {
    let teacher = TanhNetwork(
      hidden: Linear(weight: Tensor([[3, 2.5, 4]], dtype: .float64), bias: Tensor([3, 0.5, -5], dtype: .float64)),
      output: Linear(weight: Tensor([[2], [-3], [1.5]], dtype: .float64), bias: Tensor([0], dtype: .float64)))
    targets = teacher(inputs)
  }

  /// The mean squared error of a network.
  func loss(_ network: inout TanhNetwork) -> Tensor {
    squaredError(predictions: network(inputs), targets: targets)
  }
}
