import Experiments
import Wabe

extension HexagonExplanation {
  /// What each regular polygon could reach on the sheet's data.
  func polygons(_ run: inout Run) {
    run.heading("How well can a hexagon do?")
    let shares = [4, 6, 8, 10, 12].map { (corners: $0, share: RegularPolygon.best(corners: $0).accuracy) }
    run.table(
      "The largest possible accuracy of a regular polygon around the circle, in the limit of many points",
      columns: ["corners", "accuracy"], rows: shares.map { [String($0.corners), $0.share.fixed(4)] })
    run.say(
      """
      A net that says the same everywhere has one half right. Each further pair of corners gains less: from the \
      square to the hexagon \((100 * (shares[1].share - shares[0].share)).fixed(1)) points of a hundred, from the \
      hexagon to the octagon \((100 * (shares[2].share - shares[1].share)).fixed(1)).
      """)
    let references = [0.910, 0.963, 0.980, 0.987, 0.991]
    for ((corners, share), reference) in zip(shares, references) {
      run.check("best accuracy with \(corners) corners", share, equals: reference, within: 1e-3, source: "NumPy")
    }
  }
}
