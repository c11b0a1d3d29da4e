#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A point of the input plane, y pointing up.
public struct PlanePoint: Hashable, Sendable {
  /// The first input.
  public var x: Double
  /// The second input.
  public var y: Double

  /// A point from its coordinates.
  public init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }

  static func - (a: PlanePoint, b: PlanePoint) -> PlanePoint { PlanePoint(a.x - b.x, a.y - b.y) }

  /// The distance to another point.
  public func distance(to other: PlanePoint) -> Double { hypot(other.x - x, other.y - y) }

  /// Twice the signed area of the triangle with the origin; positive if `other` lies to the left.
  func cross(_ other: PlanePoint) -> Double { x * other.y - y * other.x }

  func dot(_ other: PlanePoint) -> Double { x * other.x + y * other.y }

  /// The point a part of the way to another.
  func towards(_ other: PlanePoint, _ share: Double) -> PlanePoint {
    PlanePoint(x + share * (other.x - x), y + share * (other.y - y))
  }
}

/// An affine function of the plane: a x + b y + c. Where it is zero lies a straight line.
public struct Affine: Hashable, Sendable {
  /// The slope along x.
  public var a: Double
  /// The slope along y.
  public var b: Double
  /// The value at the origin.
  public var c: Double

  /// A function from its three numbers.
  public init(_ a: Double, _ b: Double, _ c: Double) {
    self.a = a
    self.b = b
    self.c = c
  }

  /// The value at a point.
  public func callAsFunction(_ point: PlanePoint) -> Double { a * point.x + b * point.y + c }

  /// The distance of a point from the line on which the function is zero; infinite if there is no such line.
  public func distance(to point: PlanePoint) -> Double {
    let length = hypot(a, b)
    return length > 0 ? abs(self(point)) / length : .infinity
  }

  static func * (factor: Double, f: Affine) -> Affine { Affine(factor * f.a, factor * f.b, factor * f.c) }

  static func + (f: Affine, g: Affine) -> Affine { Affine(f.a + g.a, f.b + g.b, f.c + g.c) }
}
