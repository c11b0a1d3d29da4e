import Experiments
import Visualization
import Wabe

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A net whose boundary is a regular hexagon by construction: three ReLU units whose weights are unit vectors 120°
/// apart, no biases, and the sum of the units minus c as the logit.
struct ConstructedHexagon {
  /// The distance of the edges from the origin.
  let apothem: Double
  /// The two layers.
  let layers: [Linear]
  /// The boundary.
  let report: BoundaryReport

  /// The hexagon with the same area as a disc of radius 5.
  init() {
    apothem = 5 * (Double.pi / (2 * 3.0.squareRoot())).squareRoot()
    layers = ConstructedHexagon.layers(units: 3, apothem: apothem)
    let plane = PlaneNetwork(layers, .relu)
    report = BoundaryReport(
      PolygonBoundary(of: plane, halfSide: 37.6), referenceArea: 25 * .pi, lines: plane.firstLines)
  }

  /// Units that look into evenly spread directions from 0° on, and their sum minus a number.
  static func layers(units: Int, apothem: Double, shift: Double = 0) -> [Linear] {
    let angles = (0..<units).map { 2 * Double.pi * Double($0) / Double(units) }
    let weight = Tensor([angles.map { cos($0) }, angles.map { sin($0) }])
    return [
      Linear(weight: weight, bias: Tensor.full([units], -shift, dtype: .float64)),
      Linear(weight: Tensor.ones([units, 1], dtype: .float64), bias: Tensor([-apothem])),
    ]
  }

  /// Says what was built and checks that it is regular.
  func describe(in run: inout Run) {
    run.heading("The hexagon by construction")
    run.say(
      """
      Three hidden units are enough. Let their weights be unit vectors at 0°, 120° and 240°, without biases, and add \
      the units up:
      """)
    run.formula(
      "f(x) = max(0, w₁·x) + max(0, w₂·x) + max(0, w₃·x) − c",
      "w₁ = (1, 0),  w₂ = (−½, ½√3),  w₃ = (−½, −½√3)",
      "c = 5 √(π / (2√3)) = \(apothem.fixed(4))   the hexagon has the area of the circle: 2√3 c² = 25π")
    guard let polygon = report.polygon else { return run.check("the boundary is closed", holds: false) }
    let angles = polygon.interiorAngles
    let distances = polygon.points.map { $0.distance(to: PlanePoint(0, 0)) }
    run.table(
      "Corners of f = 0, computed exactly", columns: ["corner", "x₁", "x₂", "distance from 0", "angle"],
      rows: polygon.points.indices.map { index in
        [
          String(index + 1), polygon.points[index].x.fixed(4), polygon.points[index].y.fixed(4),
          distances[index].fixed(4), "\(angles[index].fixed(6))°",
        ]
      })
    let crooked = angles.map { ($0 - 120).magnitude }.max() ?? .infinity
    run.check("corners of the constructed net", Double(report.corners), equals: 6)
    run.check("angles, largest difference from 120°", crooked, atMost: 1e-9)
    run.check("shortest over longest edge", polygon.edgeRatio, equals: 1, within: 1e-9)
    run.check("area over 2√3 c²", polygon.area / (2 * 3.0.squareRoot() * apothem * apothem), equals: 1, within: 1e-12)
    run.check("c", apothem, equals: 4.7616, within: 5e-5)
    run.check("distance of the corners", distances.max() ?? .nan, equals: 5.498, within: 5e-4, source: "2c/√3")
    checkAccuracy(&run)
  }

  private func checkAccuracy(_ run: inout Run) {
    var random = run.random.stream("fresh points")
    let points = DiscInSquare(count: 50_000, dtype: .float64, using: &random)
    let logits = layers[1](relu(layers[0](points.inputs)))
    let share = accuracy(of: logits, against: points.targets)
    let own = RegularPolygon(corners: 6, apothem: apothem).accuracy
    let best = RegularPolygon.best(corners: 6)
    run.say(
      """
      It has \((100 * share).fixed(2)) % of 50,000 fresh points right; in the limit of many points that is \
      \((100 * own).fixed(2)) %, what lies between hexagon and circle being lost. No regular hexagon can do better \
      than \((100 * best.accuracy).fixed(2)) %, with c = \(best.apothem.fixed(2)).
      """)
    run.check("best accuracy of a hexagon", best.accuracy, equals: 0.9634, within: 2e-4, source: "NumPy")
    run.check("c of the best hexagon", best.apothem, equals: 4.80, within: 0.01, source: "NumPy")
    run.check("accuracy of the constructed net", share, between: 0.959, and: 0.967, source: "exact .963 ± 5 deviations")
  }
}
