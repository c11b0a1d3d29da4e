import Visualization
import Wabe

/// A saddle of two variables: (λ₁ x² − λ₂ y²) / 2, up along x and down along y.
struct QuadraticSaddle {
  var up = 1.0
  var down = 1.0

  func loss(_ point: inout VectorModel) -> Tensor {
    (square(point.x) * Tensor([up, -down])).sum() * 0.5
  }

  func callAsFunction(_ x: Double, _ y: Double) -> Double { (up * x * x - down * y * y) / 2 }
}

/// The monkey saddle x³ − 3 x y²: three ways down, three up, and no curvature at all in the middle.
struct MonkeySaddle {
  func loss(_ point: inout VectorModel) -> Tensor {
    let (x, y) = (point.x[0], point.x[1])
    return x * x * x - x * y * y * 3
  }

  func callAsFunction(_ x: Double, _ y: Double) -> Double { x * x * x - 3 * x * y * y }
}

extension VectorModel {
  /// Where a point of the plane is.
  var place: PlanePoint {
    let numbers = x.scalars
    return PlanePoint(numbers[0], numbers[1])
  }

  /// The way of a point of the plane over some steps, the start included.
  static func way(
    from start: PlanePoint, steps: Int, _ step: (inout VectorModel) throws -> Void
  ) rethrows -> [PlanePoint] {
    var point = VectorModel(Tensor([start.x, start.y]))
    var places = [start]
    for _ in 0..<steps {
      try step(&point)
      places.append(point.place)
    }
    return places
  }
}
