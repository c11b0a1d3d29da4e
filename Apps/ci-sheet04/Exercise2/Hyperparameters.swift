import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct Hyperparameters: Experiment {
  let id = "ci04.2.ii"
  let title = "The learning rate and other hyperparameters"
  let question = """
    Which hyperparameters besides the learning rate α make the training better or worse? What does one see with other \
    values of α?
    """
  let isLong = true

  static let rates = [0.001, 0.01, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.9]

  func run(in run: inout Run) throws {
    firstStep(&run)
    var random = run.random
    let seeds = run.isQuick ? 10 : 60
    let start = ParallelNets(printed: seeds)
    let test = AdditionPairs(count: 1_000, dtype: .float64, using: &random).inputs
    try compareWithOneAlone(&run)

    run.heading("Nine learning rates")
    run.say(
      "The training of 2 (i) with nine values of α, each with \(seeds) networks that begin alike and see different "
        + "pairs. The networks of one rate are trained at the same time, as one batch of networks.")
    var medians: [[Double]] = []
    var solved: [Double] = []
    for (index, rate) in Self.rates.enumerated() {
      let errors = Sweep(learningRate: rate).errors(of: start, test: test, using: &random)
      medians.append(errors.map(median))
      solved.append(share(errors[errors.count - 1]))
      try run.report(index + 1, of: Self.rates.count, in: "sweep", note: "α = \(rate)")
    }
    run.table(
      "Median test error after so many steps", columns: ["α"] + Sweep.marks.map { "\($0)" } + ["below 0.001"],
      rows: Self.rates.indices.map { row in
        ["\(Self.rates[row])"] + medians[row].map { $0.text(2) } + ["\((100 * solved[row]).text(3)) %"]
      })
    run.say(
      "α = 0.1 learns almost at once, as the sheet says; 0.001 is on the same way, but far behind. "
        + "At 0.5 every step overshoots: the error stays above that of a network that always answers 1 (1/6 ≈ 0.167), "
        + "and at 0.9 it is larger than that, almost random. The reason is the size of a step in relation to the "
        + "curvature: at one example the loss is (y − A)², a step changes the answer by 2 α (y − A) "
        + "‖∂A/∂parameters‖², and as soon as α ‖∂A/∂parameters‖² exceeds 1 the error grows.")

    let last = medians.map { $0[$0.count - 1] }
    let source = "NumPy, 50 seeds"
    run.expect("median error after 2000 steps, α = 0.1", last[3], atMost: 1e-3, source: source)
    run.expect("median error after 2000 steps, α = 0.5", last[6], atLeast: 0.05, source: source)
    run.expect("median error after 2000 steps, α = 0.9", last[8], atLeast: 0.2, source: source)
    run.expect("error at 0.1 < 0.5 < 0.9", holds: last[3] < last[6] && last[6] < last[8], source: source)
    run.expect("share of seeds below 0.001 at α = 0.1", solved[3], atLeast: 0.95, source: source)

    ablations(seeds, test, &random, &run)
    try figures(start, medians, &random, &run)
  }

  /// One step at the example of exercise 1 with four rates.
  private func firstStep(_ run: inout Run) {
    run.heading("One step")
    run.say(
      "Already the first step at the example of exercise 1 (answer 1.7, wanted 2) shows what α does: the gradient is "
        + "the same, and only the length of the step differs.")
    let expected: [(Double, Double, Double)] = [
      (0.01, 1.726_077_2, 0.075_033_700_359_839_84), (0.1, 1.969_52, 0.000_929_030_4), (0.5, 3.242, 1.542_564),
      (0.9, 4.825_52, 7.983_563_270_4),
    ]
    var rows: [[String]] = []
    for (rate, answer, loss) in expected {
      var net = AdditionNet.printed
      var optimizer = SGD(learningRate: rate)
      let (_, gradients) = valueWithGradient(at: &net) { net in
        squaredError(predictions: net(exampleInput), targets: exampleTarget, reduction: .sum)
      }
      optimizer.update(&net, with: gradients)
      let now = net(exampleInput).scalar
      let nowLoss = (2 - now) * (2 - now)
      run.check("answer after one step, α = \(rate)", now, equals: answer, within: 1e-14, source: "exact decimals")
      run.check("loss after one step, α = \(rate)", nowLoss, equals: loss, within: 2e-14, source: "exact decimals")
      rows.append(["\(rate)", now.text(8), nowLoss.text(8)])
    }
    run.table("After one step from the loss 0.09", columns: ["α", "answer", "loss"], rows: rows)
  }

  /// Training many networks as one batch is the arithmetic of training each alone.
  private func compareWithOneAlone(_ run: inout Run) throws {
    var (together, alone) = (ParallelNets(printed: 3), AdditionNet.printed)
    var (optimizer, own) = (SGD(learningRate: 0.1), SGD(learningRate: 0.1))
    var random = run.random.stream("alone")
    var same = random
    let sweep = Sweep()
    for _ in 0..<200 {
      let pairs = Tensor.uniform([3, 1, 2], from: 0, to: 1, dtype: .float64, using: &same)
      sweep.step(&together, &optimizer, using: &random)
      let (_, gradients) = valueWithGradient(at: &alone) { net in
        squaredError(predictions: net(pairs[1]), targets: pairs[1].sum(axis: 1, keepDims: true), reduction: .sum)
      }
      own.update(&alone, with: gradients)
    }
    let pairs = zip(together.net(1).state, alone.state)
    let difference = pairs.map { pair in abs(pair.0.value - pair.1.value).max().scalar }.max()
    run.check("network 2 of 3 together against alone, 200 steps", difference ?? .infinity, atMost: 1e-12)
  }

  /// One change at a time of everything else.
  private func ablations(_ count: Int, _ test: Tensor, _ random: inout RandomSource, _ run: inout Run) {
    run.heading("Other hyperparameters")
    run.say(
      "α is one of many: the batch size, the start, the number of hidden units, the range of the data, the momentum, "
        + "the optimizer, the number of steps. Each line changes one thing at α = 0.1 (the error is relative to the "
        + "range)."
    )
    let printed = ParallelNets(printed: count)
    let two = ParallelNets(random: count, units: 2, using: &random)
    let eight = ParallelNets(random: count, units: 8, using: &random)
    let cases: [(String, Sweep, ParallelNets)] = [
      ("as in 2 (i)", Sweep(), printed),
      ("batch of 16 pairs", Sweep(batch: 16), printed),
      ("batch of 16 pairs, α = 0.3", Sweep(learningRate: 0.3, batch: 16), printed),
      ("random start", Sweep(), two),
      ("random start, 8 hidden units", Sweep(), eight),
      ("pairs from [0, 10]²", Sweep(range: 10), printed),
      ("pairs from [0, 10]², α = 0.001", Sweep(learningRate: 0.001, range: 10), printed),
      ("momentum 0.9", Sweep(momentum: 0.9), printed),
      ("momentum 0.9, α = 0.01", Sweep(learningRate: 0.01, momentum: 0.9), printed),
    ]
    let errors = cases.map { $0.1.errors(of: $0.2, test: test, using: &random) }
    let shares = errors.map { share($0[$0.count - 1]) }
    run.table(
      "Test error after 200 and 2000 steps (median), and the share of networks below 0.001",
      columns: ["setting", "200", "2000", "below 0.001"],
      rows: cases.indices.map { index in
        [
          cases[index].0, median(errors[index][3]).text(2), median(errors[index][6]).text(2),
          "\((100 * shares[index]).text(3)) %",
        ]
      })
    run.say(
      "Averaging over a batch calms the steps, so that larger rates work. A random start can shut both units for "
        + "every pair: such networks stay at the best constant, and more hidden units make that unlikely. Larger "
        + "inputs make larger gradients: the same α jumps so far that the units shut for good, a smaller one learns. "
        + "Momentum multiplies the effective rate by up to 1 / (1 − 0.9) = 10, so α = 0.01 learns like 0.1 without "
        + "it, and α = 0.1 overshoots.")
    let source = "Swift, 60 seeds"
    run.expect("share with a random start", shares[3], between: 0.6, and: 0.97, source: source)
    run.expect("share with 8 hidden units", shares[4], atLeast: 0.95, source: source)
    run.expect("error with pairs from [0, 10]²", median(errors[5][6]), atLeast: 0.05, source: source)
    run.expect("share at α = 0.3, batch 16", shares[2], atLeast: 0.6, source: source)
  }

  private func figures(
    _ start: ParallelNets, _ medians: [[Double]], _ random: inout RandomSource, _ run: inout Run
  ) throws {
    try run.figure(
      "rates",
      caption:
        "The loss of the training pairs for three learning rates: the median over the seeds and the range from the "
        + "10th to the 90th percent. 0.1 falls at once, 0.5 is unsteady, 0.9 almost random."
    ) {
      var chart = LossCurves(
        seeds: [0.1, 0.5, 0.9].map { rate in
          let course = Sweep(learningRate: rate, steps: 1_000).course(of: start, using: &random)
          return LossCurves.Seeds("α = \(rate)", course[0].indices.map { net in course.map { $0[net] } })
        })
      chart.title = "Three learning rates"
      chart.unit = "steps, in tens"
      chart.measure = "squared error"
      return chart
    }
    try run.figure(
      "sweep", caption: "The median test error by learning rate and number of steps: dark is good."
    ) {
      SweepMap(
        medians, rows: Self.rates.map { "\($0)" }, columns: Sweep.marks.map { "\($0)" },
        labels: (rows: "learning rate α", columns: "steps", values: "test error"),
        title: "Learning rate and number of steps")
    }
  }

  /// The share of networks that have learned to add.
  private func share(_ errors: [Double]) -> Double { Double(errors.count { $0 < 1e-3 }) / Double(errors.count) }
}
