public import Plotting
#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What can be measured on a decision boundary: how many corners it has and how regular it is.
public struct BoundaryReport: Sendable {
  /// The closed curves large enough to count, the largest first.
  public let loops: [PlaneCurve]
  /// How many curves leave the window.
  public let openCount: Int
  /// How many corners the largest loop has before small edges and turns are removed.
  public let rawCorners: Int
  /// The largest loop with the corners a person would count; nil if there is no loop.
  public let polygon: PlaneCurve?
  /// The distance of each corner of `polygon` from the nearest of the given lines.
  public let lineDistances: [Double]

  /// The number of corners; 0 without a loop.
  public var corners: Int { polygon?.points.count ?? 0 }

  /// The report on exact curves. Loops whose area is less than 2 % of `referenceArea` are ignored.
  public init(_ boundary: PolygonBoundary, referenceArea: Double, lines: [Affine] = []) {
    self.init(curves: boundary.lines, referenceArea: referenceArea, lines: lines) { $0 }
  }

  /// The report on the zero line of any function, sampled on a grid (400 × 400 is fine enough). Areas are those of the
  /// fine curves; corners are counted after straightening within 1 % of the mean radius.
  public init(_ grid: Grid, referenceArea: Double, lines: [Affine] = []) {
    self.init(curves: PlaneCurve.contours(of: grid), referenceArea: referenceArea, lines: lines) { curve in
      curve.simplified(tolerance: 0.01 * curve.length / (2 * .pi))
    }
  }

  private init(
    curves: [PlaneCurve], referenceArea: Double, lines: [Affine], straightened: (PlaneCurve) -> PlaneCurve
  ) {
    loops = curves.filter { $0.isClosed && $0.area >= 0.02 * referenceArea }.sorted { $0.area > $1.area }
    openCount = curves.count { !$0.isClosed }
    let largest = loops.first.map(straightened)
    rawCorners = largest?.withoutTurns(below: 1e-4).points.count ?? 0
    let polygon = largest?.corners
    self.polygon = polygon
    lineDistances = (polygon?.points ?? []).map { point in
      lines.map { $0.distance(to: point) }.min() ?? .infinity
    }
  }
}

extension PlaneCurve {
  /// The places at which a finely sampled closed curve bends most: the angle between the chords over 1/60 of the length
  /// before and after a point, where it is locally largest and above 12 degrees. A circle bends by 6 everywhere, so it
  /// has none; a polygon has one at each corner.
  public func bends(above degrees: Double = 12) -> [(point: PlanePoint, degrees: Double)] {
    guard isClosed && points.count > 3 else { return [] }
    let samples = 720
    let reach = samples / 60
    let path = resampled(samples)
    let angles = path.indices.map { index -> Double in
      let before = path[index] - path[(index + samples - reach) % samples]
      let after = path[(index + reach) % samples] - path[index]
      return abs(atan2(before.cross(after), before.dot(after))) * 180 / .pi
    }
    return path.indices.compactMap { index in
      // Earlier equal neighbours win, so that a flat top counts once.
      let around = (1...reach).allSatisfy { step in
        angles[index] > angles[(index + samples - step) % samples] && angles[index] >= angles[(index + step) % samples]
      }
      return around && angles[index] > degrees ? (path[index], angles[index]) : nil
    }
  }

  /// Points at equal distances along a closed curve.
  private func resampled(_ count: Int) -> [PlanePoint] {
    let edges = edges
    let step = length / Double(count)
    var result: [PlanePoint] = []
    var edge = 0
    var before = 0.0
    for index in 0..<count {
      let target = Double(index) * step
      var long = edges[edge].0.distance(to: edges[edge].1)
      while before + long < target && edge < edges.count - 1 {
        before += long
        edge += 1
        long = edges[edge].0.distance(to: edges[edge].1)
      }
      result.append(edges[edge].0.towards(edges[edge].1, long > 0 ? (target - before) / long : 0))
    }
    return result
  }
}
