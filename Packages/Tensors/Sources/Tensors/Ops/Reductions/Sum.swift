internal import TensorKernels

extension Tensor {
  /// The sum of all elements.
  public func sum() -> Tensor {
    let y = Tensor(uninitialized: [], dtype)
    wabe_reduce(Int32(WABE_SUM), Int32(dtype.rawValue), pointer, y.freshPointer, 1, count, 1)
    let shape = shape
    return y.recorded("sum", from: self) { _, _ in .each { gradient, _ in gradient.broadcast(to: shape) } }
  }

  /// The sum along one axis, where −1 is the last one.
  public func sum(axis: Int, keepDims: Bool = false) -> Tensor {
    let axis = shape.axis(axis, for: "sum")
    let kept = shape.replacing(axis: axis, with: 1)
    let y = Tensor(uninitialized: keepDims ? kept : shape.removing(axis: axis), dtype)
    let (outer, size, inner) = shape.split(at: axis)
    wabe_reduce(Int32(WABE_SUM), Int32(dtype.rawValue), pointer, y.freshPointer, outer, size, inner)
    let shape = shape
    return y.recorded("sum", from: self) { _, _ in
      .each { gradient, _ in gradient.reshaped(to: kept).broadcast(to: shape) }
    }
  }

  /// Undoes broadcasting: the sum over the axes that a tensor of `shape` would repeat to get this tensor's shape.
  func summed(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    var result = self
    while result.rank > shape.rank { result = result.sum(axis: 0) }
    for axis in shape.indices where shape[axis] == 1 && result.shape[axis] != 1 {
      result = result.sum(axis: axis, keepDims: true)
    }
    return result
  }
}
