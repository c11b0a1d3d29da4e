import Drawing
import Experiments
import Plotting
import Visualization
import Wabe

struct HexagonExplanation: Experiment {
  let id = "rgnn01.3.2"
  let title = "Why three ReLU units draw a hexagon"
  let question = "Why does exactly this configuration lead to a boundary with six corners?"
  let isLong = true

  func run(in run: inout Run) throws {
    let constructed = ConstructedHexagon()
    let family = FamilyTraining(.init(sizes: [2, 3, 1], start: .spread), seeds: [run.seed])
    let layers = family.nets[0]
    theorem(&run)
    identity(&run)
    try watch(&run, constructed, layers, family.boundary(0))
    count(&run)
    parity(&run)
    polygons(&run)
    limits(&run)
  }

  private func theorem(_ run: inout Run) {
    run.heading("The argument")
    run.formula("f(x) = d + Σ_k v_k max(0, w_k·x + b_k)")
    run.say(
      """
      *Straight pieces.* A ReLU is a straight line on either side of its kink. So f is affine in every cell of the \
      plane that the n lines w_k·x + b_k = 0 cut out, and {f = 0} is straight inside each cell. A corner can only lie \
      where the slope of f jumps: on one of the n lines, where the jump is v_k w_k.
      """)
    run.say(
      """
      *At most 2n corners.* If all v_k > 0, f is a sum of convex functions, hence convex, and {f ≤ 0} is a convex \
      set. A straight line crosses the edge of a convex set at most twice. n lines therefore give at most 2n corners, \
      and exactly 2n if every line runs through the inside: six for three units.
      """)
    run.say(
      """
      *Closed.* Far away f grows in the direction u unless w_k·u ≤ 0 for all k. The set is bounded exactly when no \
      half-plane contains all w_k; for that at least three directions are needed. Two units never close the boundary.
      """)
    run.say(
      """
      *Regular.* Three unit vectors 120° apart sum to 0, so Σ max(0, w_k·x) = ½ Σ |w_k·x|. In the six sectors between \
      the lines f is w_k·x − c or −w_k·x − c in turn: six edges at the distance c, each between two lines 60° apart. \
      Training comes close to this because among all polygons with six corners a nearly regular one fits a circle \
      best.
      """)
  }

  private func identity(_ run: inout Run) {
    var random = run.random
    let points = Tensor.uniform([1000, 2], from: -6, to: 6, dtype: .float64, using: &random)
    let sums = ConstructedHexagon.layers(units: 3, apothem: 1)[0](points)
    let difference = abs(relu(sums).sum(axis: 1) - 0.5 * abs(sums).sum(axis: 1)).max().scalar
    run.check("Σ max(0, w·x) against ½ Σ |w·x| at 1000 points, largest difference", difference, atMost: 1e-14)
  }

  /// The argument followed along the boundary of the constructed and of a trained net.
  private func watch(
    _ run: inout Run, _ constructed: ConstructedHexagon, _ trained: [Linear], _ trainedReport: BoundaryReport
  ) throws {
    run.heading("Along the boundary")
    let nets = [("constructed", constructed.layers, constructed.report), ("trained", trained, trainedReport)]
    for (name, layers, report) in nets {
      guard let outline = report.outline else { return run.check("\(name): closed", holds: false) }
      let plane = PlaneNetwork(layers, .relu)
      let walk = BoundaryWalk(along: outline, of: plane)
      run.table(
        "The \(name) net, edge by edge", columns: ["edge", "active units", "the logit there"],
        rows: walk.edges.enumerated().map { index, edge in
          [String(index + 1), edge.units.map(String.init).joined(separator: ", "), edge.logit.text]
        })
      run.check("\(name): farthest corner from its line", report.farthestCorner(from: plane.firstLines), atMost: 1e-9)
      run.expect("\(name): six different patterns along the loop", holds: walk.patterns == 6)
      run.expect("\(name): each of the three lines is crossed twice", holds: walk.linesCrossedTwice == 3)
    }
    run.say(
      """
      From one edge to the next exactly one unit switches on or off, each of the three once in either direction: six \
      switches, six corners. Every pattern occurs once. In the constructed net one and two units are active in turn.
      """)
    try run.figure(
      "sectors",
      caption: """
        The cells of the plane in which the same units are active, with the logit there. Left the constructed net: \
        six sectors. Right a trained one: its three lines miss each other a little, which adds a small triangle in \
        the middle, and the hexagon's edges are not quite equal. The boundary f = 0 turns only where it leaves a \
        cell.
        """
    ) { SectorDrawing.figure(nets.map { (title: "The \($0.0) net", layers: $0.1, report: $0.2) }) }
  }

  private func count(_ run: inout Run) {
    run.heading("2n corners")
    var rows: [[String]] = []
    for units in 2...7 {
      // Shifted lines, because those of opposite units would otherwise coincide.
      let plane = PlaneNetwork(ConstructedHexagon.layers(units: units, apothem: 3, shift: 0.5), .relu)
      let report = BoundaryReport(PolygonBoundary(of: plane, halfSide: 37.6), referenceArea: 25 * .pi)
      let found = report.openCount > 0 ? "open" : String(report.rawCorners)
      rows.append([String(units), found, units == 2 ? "open" : String(2 * units)])
      if units > 2 {
        run.check("corners with \(units) units", Double(report.rawCorners), equals: Double(2 * units))
      } else {
        run.check("two units leave the boundary open", holds: report.openCount > 0 && report.loops.isEmpty)
      }
    }
    run.table(
      "n units in evenly spread directions, each line half a unit from the origin",
      columns: ["n", "corners found", "theorem"], rows: rows)
  }

  private func parity(_ run: inout Run) {
    let family = FamilyTraining(.init(sizes: [2, 3, 1]), seeds: run.seeds(60))
    let reports = (0..<family.count).map { (lines: family.nets.plane($0)?.firstLines, report: family.boundary($0)) }
    let closed = reports.filter { $0.report.openCount == 0 && $0.report.loops.count == 1 }
    let odd = closed.count { $0.report.rawCorners % 2 == 1 }
    let most = closed.map(\.report.rawCorners).max() ?? 0
    run.say(
      """
      Also without convexity a closed curve crosses each line an even number of times. Of \(family.count) randomly \
      started nets 2-3-1 \(closed.count) have a closed boundary; the number of corners before any tidying up is odd \
      in \(odd) of them, and never above \(most).
      """)
    run.check("closed one-layer boundaries with an odd number of corners", Double(odd), equals: 0)
    run.expect("closed boundaries among the starts", Double(closed.count), atLeast: Double(family.count) / 4)
    let farthest = closed.map { $0.report.farthestCorner(from: $0.lines ?? []) }.max()
    run.check("farthest corner of all of them from its line", farthest ?? .infinity, atMost: 1e-9)
  }

  private func limits(_ run: inout Run) {
    run.heading("Other activations")
    run.say(
      """
      |z| folds like two ReLUs on the same line, so three units with lines 60° apart give the hexagon Σ |w_k·x| = c \
      as well. tanh and the sigmoid have no kink: their boundary cannot have corners at all, and three units draw a \
      smooth loop close to the circle. With a second ReLU layer its folds may add corners; when one unit of that \
      layer is active along the whole boundary and the others are not, the argument above applies unchanged.
      """)
  }
}
