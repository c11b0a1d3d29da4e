internal import TensorKernels

extension Tensor {
  /// Elements of `a` where the condition is true, of `b` where it is false; all three are broadcast.
  ///
  /// The gradient goes to the tensor whose element was taken; the other gets 0.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Tensor {
    requireSameType("where", a, b)
    require(condition.dtype == .bool, "where: the condition holds \(condition.dtype), not truth values: compare first")
    let shape = whereShape(condition, a, b)
    let y = Tensor(uninitialized: shape, a.dtype)
    var nest = wabe_nest(over: shape, a.shape, b.shape, condition.shape)
    let flags = condition.pointer.assumingMemoryBound(to: UInt8.self)
    wabe_select_nest(Int32(a.dtype.rawValue), &nest, a.pointer, b.pointer, flags, y.freshPointer)
    guard a.trace != nil || b.trace != nil else { return y }
    let shapes = (a.shape, b.shape)
    return y.recorded("where", from: a, b) { _, _, _ in
      .each { gradient, input in
        input == 0
          ? Tensor.where(condition, gradient, 0).summed(to: shapes.0)
          : Tensor.where(condition, 0, gradient).summed(to: shapes.1)
      }
    }
  }

  /// Elements of `a` where the condition is true, otherwise a number.
  public static func `where`(_ condition: Tensor, _ a: Tensor, _ number: Double) -> Tensor {
    Tensor.where(condition, a, .number(number, a.dtype, for: "where"))
  }

  /// A number where the condition is true, otherwise elements of `b`.
  public static func `where`(_ condition: Tensor, _ number: Double, _ b: Tensor) -> Tensor {
    Tensor.where(condition, .number(number, b.dtype, for: "where"), b)
  }

  private static func whereShape(_ condition: Tensor, _ a: Tensor, _ b: Tensor) -> Shape {
    guard let shape = a.shape.broadcast(with: b.shape)?.broadcast(with: condition.shape) else {
      fatalError(
        "where: the shapes \(condition.shape), \(a.shape) and \(b.shape) do not fit together: "
          + "counted from the last axis, sizes must be equal or 1")
    }
    return shape
  }
}
