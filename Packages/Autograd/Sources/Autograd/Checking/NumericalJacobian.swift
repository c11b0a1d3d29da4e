internal import Tensors

/// Derivatives of a function by moving one number of its inputs up and down.
struct NumericalJacobian {
  /// The derivatives of every number of the result by one number of the inputs.
  struct Column {
    let shape: Shape
    /// From a step in both directions.
    let central: [Double]
    /// From a step up alone, and from one down alone.
    let up: [Double]
    let down: [Double]
    /// What rounding alone may do to the central differences: eight units in the last place of the values.
    let rounding: [Double]

    /// Whether the slopes on both sides of a number differ more than a smooth function's would.
    func hasKink(at output: Int) -> Bool {
      let size = Swift.max(up[output].magnitude, down[output].magnitude)
      return !((up[output] - down[output]).magnitude <= 1e-3 * size + 1e-4)
    }
  }

  private let inputs: [Tensor]
  private let numbers: [[Double]]
  private let step: Double
  private let middle: Tensor

  init(of function: ([Tensor]) -> Tensor, at inputs: [Tensor], step: Double) {
    self.inputs = inputs
    numbers = inputs.map(\.scalars)
    self.step = step
    middle = function(inputs).detached
  }

  /// Moves one number of one input of the function.
  func column(of element: Int, in position: Int, _ function: ([Tensor]) -> Tensor) -> Column {
    let original = numbers[position][element]
    // The distance that is really moved, which rounding makes differ from the step.
    let above = original + step
    let below = original - step
    let high = value(above, element, position, function)
    let low = value(below, element, position, function)
    let here = middle.scalars
    return Column(
      shape: middle.shape,
      central: here.indices.map { (high[$0] - low[$0]) / (above - below) },
      up: here.indices.map { (high[$0] - here[$0]) / (above - original) },
      down: here.indices.map { (here[$0] - low[$0]) / (original - below) },
      rounding: here.indices.map { 8 * max(high[$0].magnitude, low[$0].magnitude).ulp / (above - below) })
  }

  private func value(
    _ number: Double, _ element: Int, _ position: Int, _ function: ([Tensor]) -> Tensor
  ) -> [Double] {
    var moved = numbers[position]
    moved[element] = number
    var tensors = inputs
    tensors[position] = Tensor(moved, shape: inputs[position].shape)
    return function(tensors).scalars
  }
}

extension Shape {
  /// The index along each axis of the element with the given position in row-major order.
  func indices(of element: Int) -> [Int] {
    var rest = element
    var result = Array(repeating: 0, count: rank)
    for axis in stride(from: rank - 1, through: 0, by: -1) where self[axis] > 0 {
      result[axis] = rest % self[axis]
      rest /= self[axis]
    }
    return result
  }
}
