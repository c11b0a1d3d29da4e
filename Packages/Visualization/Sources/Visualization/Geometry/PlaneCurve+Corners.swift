#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension PlaneCurve {
  /// The angle by which the curve turns at each corner, in radians, positive to the left; zero at open ends.
  public var turns: [Double] {
    points.indices.map { index in
      guard isClosed || (index > 0 && index < points.count - 1) else { return 0 }
      let count = points.count
      let before = points[index] - points[(index + count - 1) % count]
      let after = points[(index + 1) % count] - points[index]
      return atan2(before.cross(after), before.dot(after))
    }
  }

  /// The angles inside a closed curve in degrees.
  public var interiorAngles: [Double] {
    let side: Double = signedArea < 0 ? -1 : 1
    return turns.map { 180 - side * $0 * 180 / .pi }
  }

  /// Whether a closed curve turns to one side only.
  public var isConvex: Bool {
    let turns = turns
    return isClosed && (turns.allSatisfy { $0 >= 0 } || turns.allSatisfy { $0 <= 0 })
  }

  /// The shortest edge over the longest.
  public var edgeRatio: Double {
    let lengths = edges.map { $0.0.distance(to: $0.1) }
    guard let longest = lengths.max(), let shortest = lengths.min(), longest > 0 else { return 0 }
    return shortest / longest
  }

  /// The curve without corners that turn by less than `degrees`; the flattest goes first.
  public func withoutTurns(below degrees: Double) -> PlaneCurve {
    var result = self
    let threshold = degrees * .pi / 180
    while result.points.count > (isClosed ? 3 : 2) {
      let turns = result.turns.map { abs($0) }
      let inner = isClosed ? Array(turns.indices) : Array(turns.indices.dropFirst().dropLast())
      guard let flattest = inner.min(by: { turns[$0] < turns[$1] }), turns[flattest] < threshold else { break }
      result.points.remove(at: flattest)
    }
    return result
  }

  /// A closed curve in which every edge shorter than a share of the whole length is replaced by the point where its
  /// neighbours meet; the shortest goes first.
  public func mergingEdges(shorterThan share: Double) -> PlaneCurve {
    guard isClosed else { return self }
    var result = self
    let limit = share * length
    while result.points.count > 3 {
      let count = result.points.count
      let lengths = result.edges.map { $0.0.distance(to: $0.1) }
      guard let shortest = lengths.indices.min(by: { lengths[$0] < lengths[$1] }), lengths[shortest] < limit else {
        break
      }
      let p = result.points
      let (a, b) = (p[(shortest + count - 1) % count], p[shortest])
      let (c, d) = (p[(shortest + 1) % count], p[(shortest + 2) % count])
      // Neighbours that are nearly parallel meet far away: then the middle of the edge stands for it.
      let meeting = PlaneCurve.intersection(a, b, c, d).flatMap { $0.distance(to: b) < 4 * limit ? $0 : nil }
      result.points[shortest] = meeting ?? b.towards(c, 0.5)
      result.points.remove(at: (shortest + 1) % count)
    }
    return result
  }

  /// The corners a person would count: collinear joints and edges shorter than 3 % of the length removed, turns below
  /// 10 degrees ignored.
  public var corners: PlaneCurve {
    withoutTurns(below: 1e-4).mergingEdges(shorterThan: 0.03).withoutTurns(below: 10)
  }

  /// The curve with as few points as keep every point within `tolerance` (Douglas and Peucker 1973). A closed curve is
  /// cut at two points far from each other, so the result does not depend on where it begins.
  public func simplified(tolerance: Double) -> PlaneCurve {
    guard points.count > 3 else { return self }
    guard isClosed else { return PlaneCurve(PlaneCurve.thin(points[...], tolerance), isClosed: false) }
    let centerX = points.reduce(0) { $0 + $1.x } / Double(points.count)
    let centerY = points.reduce(0) { $0 + $1.y } / Double(points.count)
    let center = PlanePoint(centerX, centerY)
    let start = points.indices.max { points[$0].distance(to: center) < points[$1].distance(to: center) } ?? 0
    let turned = Array(points[start...] + points[..<start]) + [points[start]]
    let far = turned.indices.max { turned[$0].distance(to: turned[0]) < turned[$1].distance(to: turned[0]) } ?? 0
    let first = PlaneCurve.thin(turned[...far], tolerance)
    let second = PlaneCurve.thin(turned[far...], tolerance)
    return PlaneCurve(first + second.dropFirst().dropLast(), isClosed: true)
  }

  private static func thin(_ points: ArraySlice<PlanePoint>, _ tolerance: Double) -> [PlanePoint] {
    guard points.count > 2, let first = points.first, let last = points.last else { return Array(points) }
    let way = last - first
    let length = hypot(way.x, way.y)
    func distance(_ point: PlanePoint) -> Double {
      length > 0 ? abs(way.cross(point - first)) / length : point.distance(to: first)
    }
    let inner = points.indices.dropFirst().dropLast()
    guard let farthest = inner.max(by: { distance(points[$0]) < distance(points[$1]) }),
      distance(points[farthest]) > tolerance
    else { return [first, last] }
    return thin(points[...farthest], tolerance) + thin(points[farthest...], tolerance).dropFirst()
  }

  /// Where the lines through a, b and through c, d meet.
  private static func intersection(
    _ a: PlanePoint, _ b: PlanePoint, _ c: PlanePoint, _ d: PlanePoint
  ) -> PlanePoint? {
    let (u, v) = (b - a, d - c)
    let determinant = u.cross(v)
    guard abs(determinant) > 1e-12 * (hypot(u.x, u.y) * hypot(v.x, v.y)) else { return nil }
    let share = (c - a).cross(v) / determinant
    return a.towards(b, share)
  }
}
