internal import Foundation
internal import Tensors

extension Initializer {
  /// Columns (or rows, if there are fewer) at right angles to each other, of length `gain` (Saxe et al. 2014).
  ///
  /// Axes after the first count as one, so that it serves convolutions as well.
  public static func orthogonal(gain: Double = 1) -> Initializer {
    Initializer { shape, _, dtype, random in
      require(shape.rank >= 2, "orthogonal: a parameter of shape \(shape) has no rows and columns")
      let rows = shape[0]
      let columns = shape.elementCount / Swift.max(rows, 1)
      let (count, length) = (Swift.min(rows, columns), Swift.max(rows, columns))
      let directions = Tensor.normal([count, length], dtype: .float64, using: &random)
      var basis = Tensor.zeros([0, length], dtype: .float64)
      for place in 0..<count {
        var row = directions[place..<(place + 1)]
        // Twice: the first time leaves rounding errors as large as what it takes away.
        for _ in 0..<2 { row -= row.matmul(basis, transposeB: true).matmul(basis) }
        basis = .concatenate([basis, row / row.norm().scalar])
      }
      let turned = rows >= columns ? basis.transposed : basis
      return (turned * gain).reshaped(to: shape).cast(to: dtype)
    }
  }

  /// Weights of two inputs that point into evenly spread directions, each of length 1.
  ///
  /// Unit k looks at the angle `first` + k · `turn` / units. With three relu units the lines where they fold then form
  /// a hexagon, whatever the first angle; units that fold both ways, like |x|, need only half a turn.
  ///
  /// - Parameters:
  ///   - first: The direction of the first unit in degrees; drawn at random if it is left out.
  ///   - turn: The angle in degrees that all units share.
  public static func spread(from first: Double? = nil, over turn: Double = 360) -> Initializer {
    Initializer { shape, _, dtype, random in
      require(
        shape.rank == 2 && shape[0] == 2, "spread: directions in a plane need weights [2, units], not \(shape)")
      let start = first ?? random.nextUniform() * 360
      let angles = (0..<shape[1]).map { (start + Double($0) * turn / Double(shape[1])) * .pi / 180 }
      return Tensor([angles.map { cos($0) }, angles.map { sin($0) }]).cast(to: dtype)
    }
  }
}
