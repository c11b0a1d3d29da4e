internal import TensorKernels

extension Tensor {
  /// Repeats axes of size 1 until the tensor has the given shape, by NumPy's rules. The gradient is summed up again.
  public func broadcast(to newShape: Shape) -> Tensor {
    if newShape == shape { return self }
    require(
      shape.broadcast(with: newShape) == newShape,
      "broadcast: \(shape) cannot be repeated to \(newShape): counted from the last axis, sizes must be equal or 1")
    let y = Tensor(uninitialized: newShape, dtype)
    var nest = Nest(result: newShape, shape).kernelNest
    wabe_copy_nest(Int32(dtype.rawValue), &nest, pointer, y.freshPointer)
    let shape = shape
    return y.recorded("broadcast", from: self) { _, _ in .each { gradient, _ in gradient.summed(to: shape) } }
  }
}
