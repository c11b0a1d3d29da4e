internal import TensorKernels

extension Tensor {
  /// The elements, or slices, at which a mask is true, in row-major order.
  ///
  /// The mask covers the first axes: for x of shape [n, width] a mask of shape [n] chooses rows and one of [n, width]
  /// single elements. The gradient is put back into zeros.
  public func selecting(where mask: Tensor) -> Tensor {
    require(
      mask.dtype == .bool && mask.rank <= rank && mask.shape.elementsEqual(shape.prefix(mask.rank)),
      "selecting: a \(mask.dtype) mask of shape \(mask.shape) does not fit a tensor of shape \(shape): "
        + "give truth values for its first axes")
    let rest = Array(shape[mask.rank...])
    return reshaped(to: Shape([mask.count] + rest)).taking(mask.truePositions(), axis: 0)
  }

  /// The positions at which a tensor of truth values is true, counted in row-major order, as int64.
  public func truePositions() -> Tensor {
    require(dtype == .bool, "truePositions: the tensor holds \(dtype), not truth values: compare first")
    let flags = pointer.assumingMemoryBound(to: UInt8.self)
    let y = Tensor(uninitialized: [wabe_count_true(flags, count)], .int64)
    _ = wabe_true_positions(flags, count, y.freshPointer.assumingMemoryBound(to: Int64.self))
    return y
  }

  /// A new last axis that is 1 at the class each element names and 0 elsewhere.
  public func oneHot(classes: Int, dtype: DType = .float32) -> Tensor {
    require(classes >= 0, "oneHot: there are no \(classes) classes")
    let checked = Indices(self, axis: 0, of: [classes], for: "oneHot")
    let y = Tensor.zeros(Shape(Array(shape) + [classes]), dtype: dtype)
    let one = Tensor.ones([count, 1], dtype: dtype)
    let loops = wabe_axis(outer: count, size: classes, inner: 1, count: 1)
    let kind = dtype == .bool ? DType.uint8 : dtype
    wabe_add_gathered(Int32(kind.rawValue), loops, one.pointer, checked.pointer, y.freshPointer)
    return y
  }
}
