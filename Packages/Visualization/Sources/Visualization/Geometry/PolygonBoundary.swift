/// The exact decision boundary of a piecewise linear network: the plane is split, unit by unit, into the cells in which
/// the network is one affine function, and in each cell the boundary is one straight piece.
public struct PolygonBoundary: Sendable {
  /// A cell in which the network is one affine function.
  public struct Cell: Sendable {
    /// The corners of the cell, counter-clockwise.
    public var corners: [PlanePoint]
    /// For each unit, layer by layer, whether its weighted sum is positive here.
    public var pattern: [Bool]
    /// The logit as a function of the inputs.
    public var logit: Affine
  }

  /// All cells of the window.
  public let cells: [Cell]
  /// The lines on which the logit is zero, joined from cell to cell.
  public let lines: [PlaneCurve]

  /// Splits a square window around the origin. A window several times as large as the data shows whether the boundary
  /// is closed.
  public init(of network: PlaneNetwork, halfSide: Double) {
    let h = halfSide
    let square = [PlanePoint(-h, -h), PlanePoint(h, -h), PlanePoint(h, h), PlanePoint(-h, h)]
    var parts = [Part(corners: square, units: [Affine(1, 0, 0), Affine(0, 1, 0)], pattern: [])]
    for layer in network.layers { parts = parts.flatMap { $0.split(by: layer, tolerance: 1e-12 * h) } }
    cells = parts.map { Cell(corners: $0.corners, pattern: $0.pattern, logit: $0.units[0]) }
    let pieces = cells.compactMap { PolygonBoundary.piece(of: $0.logit, in: $0.corners) }
    lines = PlaneCurve.joining(pieces, tolerance: 1e-6 * 2 * h)
  }

  /// The piece of the line f = 0 inside a convex cell. A corner exactly on the line counts as above it, so that
  /// neighbouring cells agree.
  private static func piece(of f: Affine, in corners: [PlanePoint]) -> (PlanePoint, PlanePoint)? {
    var ends: [PlanePoint] = []
    for (index, a) in corners.enumerated() {
      let b = corners[(index + 1) % corners.count]
      let (fa, fb) = (f(a), f(b))
      if (fa >= 0) != (fb >= 0) { ends.append(a.towards(b, fa / (fa - fb))) }
    }
    return ends.count == 2 ? (ends[0], ends[1]) : nil
  }
}

/// A cell on its way through the layers.
private struct Part {
  var corners: [PlanePoint]
  /// What arrives at the next layer, as functions of the inputs.
  var units: [Affine]
  var pattern: [Bool]

  /// The parts of the cell in which no unit of the layer changes its side.
  func split(by layer: PlaneNetwork.Layer, tolerance: Double) -> [Part] {
    let sums = zip(layer.weights, layer.biases).map { row, bias in
      zip(row, units).reduce(Affine(0, 0, bias)) { $0 + $1.0 * $1.1 }
    }
    guard let slopes = layer.activation.slopes else { return [Part(corners: corners, units: sums, pattern: pattern)] }
    var parts = [Part(corners: corners, units: [], pattern: pattern)]
    for sum in sums {
      parts = parts.flatMap { part -> [Part] in
        [(false, slopes.below), (true, slopes.above)].compactMap { positive, slope in
          let kept = part.clipped(where: sum, isPositive: positive, tolerance: tolerance)
          guard kept.count >= 3 else { return nil }
          return Part(corners: kept, units: part.units + [slope * sum], pattern: part.pattern + [positive])
        }
      }
    }
    return parts
  }

  /// The corners of the part of the cell on one side of the line f = 0 (Sutherland and Hodgman 1974); empty if only an
  /// edge or less is left. A dead unit (f = 0 everywhere) leaves the whole cell on the negative side.
  private func clipped(where sum: Affine, isPositive: Bool, tolerance: Double) -> [PlanePoint] {
    if sum == Affine(0, 0, 0) { return isPositive ? [] : corners }
    let f = isPositive ? sum : -1 * sum
    var result: [PlanePoint] = []
    for (index, a) in corners.enumerated() {
      let b = corners[(index + 1) % corners.count]
      let (fa, fb) = (f(a), f(b))
      if fa > 0 { result.append(a) }
      if (fa > 0) != (fb > 0) { result.append(a.towards(b, fa / (fa - fb))) }
    }
    return result.enumerated().filter { index, point in
      point.distance(to: result[(index + 1) % result.count]) > tolerance
    }.map(\.element)
  }
}
