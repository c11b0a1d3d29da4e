import Experiments
import Plotting
import Visualization
import Wabe

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The net of one hidden layer that exercise 3.1 trains, and its boundary.
struct SpreadResult {
  let layers: [Linear]
  let bend: Bend
  let data: DiscInSquare
  let history: History
  let report: BoundaryReport

  init(_ layers: [Linear], _ bend: Bend, _ data: DiscInSquare, _ history: History) {
    self.layers = layers
    self.bend = bend
    self.data = data
    self.history = history
    let area = Double.pi * data.radius * data.radius
    if let activation = bend.exact {
      let plane = PlaneNetwork(layers, activation)
      report = BoundaryReport(
        PolygonBoundary(of: plane, halfSide: 37.6), referenceArea: area, lines: plane.firstLines)
    } else {
      report = BoundaryReport(SpreadResult.grid(layers, bend), referenceArea: area)
    }
  }

  /// The logit on a grid of 400 × 400 places.
  private static func grid(_ layers: [Linear], _ bend: Bend) -> Grid {
    let range = -8.0...8.0
    let values = layers[1](bend(layers[0](Grid.tensor((range, range), 400, .float64))))
    return Grid(x: range, y: range, columns: 400, rows: 400, values: values.scalars)
  }

  /// Says what came out, checks it and draws it.
  func describe(in run: inout Run) throws {
    let units = layers[0].weight.shape[1]
    run.say(
      """
      \(units) hidden units (\(bend.name)) start as unit vectors in evenly spread directions from a random first one, \
      without biases; the output starts as their sum minus 1. Then follow \(history.rows.count) epochs of the sheet's \
      training. At the end \((100 * (history["accuracy"].last ?? 0)).fixed(1)) % of the 512 points are right, with a \
      mean loss of \((history["loss"].last ?? .nan).fixed(3)).
      """)
    run.table(
      "The trained hidden units and their weights in the output",
      columns: ["unit", "w", "direction", "bias", "output weight"], rows: unitRows(units))
    let kind = BoundaryKind(report, isSmooth: bend.exact == nil)
    run.expect("accuracy", history["accuracy"].last ?? 0, atLeast: 0.91, source: "NumPy, 60 seeds: at least .922")
    run.expect("kind of boundary: one loop with 6 corners", holds: kind == .corners(6), source: "NumPy, 60 of 60 seeds")
    if bend.exact == nil {
      let area = (report.loops.first?.area ?? 0) / (25 * .pi)
      run.say(
        """
        \(bend.name) has no kink, so the boundary has no corners, only places where it bends more than elsewhere. It \
        is \(kind == .open ? "not closed." : "a loop of \(area.fixed(3)) times the area of the circle.")
        """)
    } else if let polygon = report.polygon {
      describe(polygon, in: &run)
    } else {
      run.say("The boundary is not a closed loop: \(kind.text).")
    }
    try draw(in: &run)
  }

  private func draw(in run: inout Run) throws {
    let units = layers[0].weight.shape[1]
    let folds =
      bend.exact == nil
      ? "Its units do not fold the plane, and the boundary is smooth."
      : "The dotted lines are where its units fold the plane; every corner of the boundary lies on one of them."
    try run.figure(
      "hexagon",
      caption: """
        The trained net 2-\(units)-1 (\(bend.name)). \(folds) The circle that the points were labelled with is dashed.
        """
    ) {
      var picture = HexagonFigures.map(
        "Trained: 2-\(units)-1, \(bend.name)", (data.inputs, data.targets), report,
        lines: PlaneNetwork(layers, .relu).firstLines, circle: data.radius
      ) { layers[1](bend(layers[0]($0))) }
      if bend.exact == nil { (picture.lines, picture.corners) = ([], []) }
      return picture
    }
  }

  private func unitRows(_ count: Int) -> [[String]] {
    let directions = layers[0].weight.transposed
    return (0..<count).map { unit in
      let w = directions[unit].scalars
      let angle = Affine(w[0], w[1], 0).degrees
      return [
        String(unit + 1), "(\(w[0].fixed(3)), \(w[1].fixed(3)))", "\(angle.fixed(1))°",
        (layers[0].bias?.scalars[unit] ?? 0).fixed(3), layers[1].weight.scalars[unit].fixed(3),
      ]
    }
  }

  private func describe(_ polygon: PlaneCurve, in run: inout Run) {
    let farthest = report.farthestCorner(from: PlaneNetwork(layers, .relu).firstLines)
    run.table(
      "Its boundary",
      columns: ["corners", "convex", "angles", "shortest / longest edge", "area / 25π", "farthest corner from a fold"],
      rows: [
        [
          String(report.corners), polygon.isConvex ? "yes" : "no",
          polygon.interiorAngles.map { "\($0.fixed(0))°" }.joined(separator: " "), polygon.edgeRatio.fixed(2),
          (polygon.area / (25 * .pi)).fixed(3), farthest.scientific(1),
        ]
      ])
    // The same boundary without knowing the net: from its values on a grid alone.
    let sampled = BoundaryReport(SpreadResult.grid(layers, bend), referenceArea: .pi * data.radius * data.radius)
    let area = (sampled.loops.first?.area ?? .nan) / (report.loops.first?.area ?? .nan)
    run.say(
      """
      Two methods count the corners: the exact one splits the plane along the folds; the other only looks at the \
      logit on a grid of 400 × 400 places. They find \(report.corners) and \(sampled.corners); the areas differ by \
      \((100 * (area - 1).magnitude).text(2)) %.
      """)
    run.expect("area on the grid over the exact area", area, between: 0.995, and: 1.005)
    run.expect("both methods count the same corners", holds: sampled.corners == report.corners)
  }
}

extension Affine {
  /// The direction in which the function rises, from 0° to below 360°.
  var degrees: Double { angle < 0 ? angle + 360 : angle }

  private var angle: Double { atan2(b, a) * 180 / .pi }
}
