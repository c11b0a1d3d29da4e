internal import TensorKernels

/// Indices along one axis of a tensor, checked and ready for the kernels.
struct Indices: Sendable {
  /// The indices as int64, without trace.
  let tensor: Tensor

  /// Stops the program unless all indices are integers of the axis; negative ones count from its end.
  init(_ indices: Tensor, axis: Int, of shape: Shape, for name: String) {
    require(
      !indices.dtype.isFloatingPoint && indices.dtype != .bool,
      "\(name): indices are integers, not \(indices.dtype): convert with cast(to: .int64)")
    tensor = indices.detached.cast(to: .int64)
    let size = shape[axis]
    let bad = wabe_first_bad_index(pointer, tensor.count, size)
    guard bad >= 0 else { return }
    fatalError(
      "\(name): index \(pointer[bad]) at position \(bad) is out of range for axis \(axis) of shape \(shape): "
        + (size == 0 ? "the axis is empty" : "give one from \(-size) to \(size - 1)"))
  }

  /// The first index.
  var pointer: UnsafePointer<Int64> { tensor.pointer.assumingMemoryBound(to: Int64.self) }
}

extension Shape {
  /// This shape as the kernels see it that name positions of one axis.
  func kernelAxis(_ axis: Int, count: Int) -> wabe_axis {
    let (outer, size, inner) = split(at: axis)
    return wabe_axis(outer: outer, size: size, inner: inner, count: count)
  }
}
