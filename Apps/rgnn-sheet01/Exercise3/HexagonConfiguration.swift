import Experiments
import Visualization
import Wabe

struct HexagonConfiguration: Experiment {
  let id = "rgnn01.3.1"
  let title = "A configuration with a hexagonal decision boundary"
  let question = """
    Which number of hidden units, which activation and which training make the boundary between the points inside and \
    outside the circle a hexagon?
    """
  let parameters: [Parameter] = [
    .epochs(256), .hidden(3), .learningRate(0.01), .activation("relu", of: Bend.allCases.map(\.rawValue)),
  ]
  let isLong = true

  func run(in run: inout Run) throws {
    run.say(
      """
      In short: *one hidden layer with 3 ReLU units*, a linear output and the sheet's training (512 points, batches of \
      64, Adam with η = 0.01, binary cross-entropy) draw a hexagon. Where the three units look at the start decides \
      whether it succeeds: with directions 120° apart always, with random weights sometimes. The sheet's own net with \
      `hidden_size = 3` (2-3-3-1) finds a hexagon in about half of the starts.
      """)
    let constructed = ConstructedHexagon()
    constructed.describe(in: &run)
    try draw(&run, constructed)
    try trainSpread(&run)
    try run.checkInterruption()
    try restart(&run)
    try run.checkInterruption()
    let sheet = try trainSheetNet(&run)
    try survey(&run, sheet)
  }

  private func draw(_ run: inout Run, _ hexagon: ConstructedHexagon) throws {
    var random = run.random
    let data = DiscInSquare(count: 512, dtype: .float64, using: &random)
    try run.figure(
      "constructed",
      caption: """
        The constructed net: three units fold the plane along the dotted lines, and the boundary, straight between \
        them, has a corner wherever it crosses one. Each line is crossed twice: six corners. The circle is dashed; \
        the hexagon has the same area.
        """
    ) {
      HexagonFigures.map(
        "Constructed: three ReLU units 120° apart", (data.inputs, data.targets), hexagon.report,
        lines: PlaneNetwork(hexagon.layers, .relu).firstLines, circle: data.radius
      ) { hexagon.layers[1](relu(hexagon.layers[0]($0))) }
    }
  }

  /// The configuration that always works: directions spread at the start, then the sheet's training.
  private func trainSpread(_ run: inout Run) throws {
    run.heading("The configuration that always finds it")
    let bend = Bend(rawValue: run.activation) ?? .relu
    let (hidden, rate) = (run.hidden, run.learningRate)
    let epochs = run.isQuick ? min(run.epochs, 128) : run.epochs
    var random = run.random
    let data = DiscInSquare(count: 512, dtype: .float64, using: &random)
    let start = NetworkFamily.layers([2, hidden, 1], bend, .spread, using: &random)
    var network = Sequential {
      start[0]
      Lambda { bend($0) }
      start[1]
    }
    var adam = Adam(learningRate: rate)
    let result = try run.train(&network, &adam, using: &random, epochs: epochs) { network, adam, random, _ in
      let loss = circleEpoch(&network, &adam, data, using: &random)
      return [
        "loss": loss,
        "accuracy": accuracy(of: network.predict(data.inputs), against: data.targets),
      ]
    }
    let trained = (bend: bend, layers: [network[0], network[2]].compactMap { $0 as? Linear })
    try SpreadResult(trained.layers, bend, data, result.history).describe(in: &run)
    try run.export("hexagon", network, example: data.inputs[0..<2])

    let family = FamilyTraining(.init(sizes: [2, 3, 1], start: .spread), seeds: run.seeds(20))
    let hexagons = (0..<family.count).count { family.isHexagon($0) }
    run.say(
      """
      The same with \(family.count) other seeds (2-3-1, ReLU, 256 epochs): \(hexagons) of \(family.count) boundaries \
      are convex hexagons; the accuracies lie between \((100 * (family.accuracies.min() ?? 0)).fixed(1)) and \
      \((100 * (family.accuracies.max() ?? 0)).fixed(1)) %.
      """)
    run.expect("hexagons from spread starts, share", Double(hexagons) / Double(family.count), atLeast: 1)
  }
}
