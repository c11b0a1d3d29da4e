internal import Tensors

// State that is not a tensor by nature, such as a step count, is shown as a buffer: so it is saved, loaded and counted
// like everything else.

extension ModuleVisitor {
  /// Shows a whole number as a buffer without axes.
  public mutating func number(_ name: String, _ value: inout Int) {
    var tensor = Tensor([value], shape: [])
    buffer(name, &tensor)
    value = tensor.scalars(as: Int.self)[0]
  }

  /// Shows a number as a buffer without axes, in double precision.
  public mutating func number(_ name: String, _ value: inout Double) {
    var tensor = Tensor([value], shape: [])
    buffer(name, &tensor)
    value = tensor.scalar
  }
}
