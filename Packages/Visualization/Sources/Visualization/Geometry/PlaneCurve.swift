public import Plotting
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A chain of straight pieces in the input plane, closed or open.
public struct PlaneCurve: Hashable, Sendable {
  /// The corners in order; a closed curve does not repeat the first.
  public var points: [PlanePoint]
  /// Whether the last corner leads back to the first.
  public var isClosed: Bool

  /// A curve from its corners.
  public init(_ points: [PlanePoint], isClosed: Bool) {
    self.points = points
    self.isClosed = isClosed
  }

  /// A circle around the origin; its last point lies on its first, so that an open line through it closes.
  public static func circle(radius: Double) -> PlaneCurve {
    let points = (0...180).map { step -> PlanePoint in
      let angle = Double(step) / 90 * .pi
      return PlanePoint(radius * cos(angle), radius * sin(angle))
    }
    return PlaneCurve(points, isClosed: false)
  }

  /// The length of all edges.
  public var length: Double { edges.reduce(0) { $0 + $1.0.distance(to: $1.1) } }

  /// The area inside a closed curve (Gauss's formula).
  public var area: Double { abs(signedArea) }

  var signedArea: Double {
    isClosed ? edges.reduce(0) { $0 + $1.0.cross($1.1) } / 2 : 0
  }

  /// The edges as pairs of corners.
  public var edges: [(PlanePoint, PlanePoint)] {
    let open = Array(zip(points, points.dropFirst()))
    guard isClosed, let first = points.first, let last = points.last, points.count > 2 else { return open }
    return open + [(last, first)]
  }

  /// Joins pieces whose ends lie closer together than `tolerance`.
  static func joining(_ pieces: [(PlanePoint, PlanePoint)], tolerance: Double) -> [PlaneCurve] {
    var left = pieces.filter { $0.0.distance(to: $0.1) > tolerance }
    var result: [PlaneCurve] = []
    while let start = left.popLast() {
      var chain = [start.0, start.1]
      // First forwards from the end, then the chain is turned and grows from its beginning.
      for _ in 0..<2 {
        while let end = chain.last {
          var best: (index: Int, other: PlanePoint, distance: Double)?
          for (index, piece) in left.enumerated() {
            for (near, far) in [(piece.0, piece.1), (piece.1, piece.0)] {
              let distance = near.distance(to: end)
              if distance <= tolerance && distance < best?.distance ?? .infinity { best = (index, far, distance) }
            }
          }
          guard let best else { break }
          left.remove(at: best.index)
          chain.append(best.other)
        }
        chain.reverse()
      }
      let closes = chain.count > 3 && chain[0].distance(to: chain[chain.count - 1]) <= tolerance
      if closes { chain.removeLast() }
      result.append(PlaneCurve(chain, isClosed: closes))
    }
    return result
  }

  /// The curves on which a sampled function has a value.
  public static func contours(of grid: Grid, at level: Double = 0) -> [PlaneCurve] {
    grid.contour(at: level).map { line in
      PlaneCurve(zip(line.x, line.y).map { PlanePoint($0, $1) }, isClosed: line.isClosed)
    }
  }
}
