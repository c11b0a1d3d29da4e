internal import TensorKernels

extension Tensor {
  /// The slices along an axis that the indices name, in their order: axis `axis` is replaced by the indices' axes.
  ///
  /// For a table of shape [words, width], `table.taking(ids, axis: 0)` looks the words up. An index may come up several
  /// times; its gradients are added, in the order of the indices. Called `take` in NumPy, `index_select` and
  /// `embedding` in PyTorch.
  public func taking(_ indices: Tensor, axis: Int = 0) -> Tensor {
    let axis = shape.axis(axis, for: "taking")
    let checked = Indices(indices, axis: axis, of: shape, for: "taking")
    let sizes = Array(shape[..<axis]) + Array(indices.shape) + Array(shape[(axis + 1)...])
    let y = Tensor(uninitialized: Shape(sizes), dtype)
    let loops = shape.kernelAxis(axis, count: indices.count)
    wabe_take(Int32(dtype.byteCount), loops, pointer, checked.pointer, y.freshPointer)
    let shape = shape
    return y.recorded("take", from: self) { _, _ in
      .each { gradient, _ in
        Tensor.zeros(shape, dtype: gradient.dtype).adding(gradient, at: checked.tensor, axis: axis)
      }
    }
  }

  /// The slices along an axis with the given numbers, in their order.
  public func taking(_ indices: [Int], axis: Int = 0) -> Tensor { taking(Tensor(indices), axis: axis) }

  /// This tensor with slices added at the places along an axis that the indices name.
  ///
  /// The inverse of `taking`: `updates` has the shape that `taking` the same indices gives. Where an index comes up
  /// several times its slices are added one after the other. Called `index_add` in PyTorch.
  public func adding(_ updates: Tensor, at indices: Tensor, axis: Int = 0) -> Tensor {
    let axis = shape.axis(axis, for: "adding")
    Tensor.requireSameType("adding", self, updates)
    require(dtype != .bool, "adding: truth values cannot be added: convert with cast(to:)")
    let checked = Indices(indices, axis: axis, of: shape, for: "adding")
    let sizes = Shape(Array(shape[..<axis]) + Array(indices.shape) + Array(shape[(axis + 1)...]))
    require(
      updates.shape == sizes,
      "adding: indices of shape \(indices.shape) along axis \(axis) of \(shape) need updates of shape \(sizes), "
        + "not \(updates.shape)")
    var y = detached
    let loops = shape.kernelAxis(axis, count: indices.count)
    wabe_add_taken(Int32(dtype.rawValue), loops, updates.pointer, checked.pointer, y.mutablePointer())
    return y.recorded("addAt", from: self, updates) { _, _, _ in
      .each { gradient, input in input == 0 ? gradient : gradient.taking(checked.tensor, axis: axis) }
    }
  }
}
