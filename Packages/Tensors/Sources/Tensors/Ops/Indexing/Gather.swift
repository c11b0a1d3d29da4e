internal import TensorKernels

extension Tensor {
  /// One element along an axis for every index: y[i, j] = x[i, indices[i, j]] for the last axis of a matrix.
  ///
  /// The indices have this tensor's shape except along the axis. The gradient is added back at the same places. Called
  /// `take_along_axis` in NumPy and `gather` in PyTorch.
  public func gathering(_ indices: Tensor, axis: Int = -1) -> Tensor {
    let axis = shape.axis(axis, for: "gathering")
    requireAligned(indices.shape, axis, "gathering")
    let checked = Indices(indices, axis: axis, of: shape, for: "gathering")
    let y = Tensor(uninitialized: indices.shape, dtype)
    let loops = shape.kernelAxis(axis, count: indices.shape[axis])
    wabe_gather(Int32(dtype.byteCount), loops, pointer, checked.pointer, y.freshPointer)
    let shape = shape
    return y.recorded("gather", from: self) { _, _ in
      .each { gradient, _ in
        Tensor.zeros(shape, dtype: gradient.dtype).scatterAdding(gradient, at: checked.tensor, axis: axis)
      }
    }
  }

  /// This tensor with one update added along an axis for every index: y[i, indices[i, j]] += updates[i, j].
  ///
  /// Updates that meet are added in their order, so that the bits never depend on the number of threads. Called
  /// `scatter_add` in PyTorch.
  public func scatterAdding(_ updates: Tensor, at indices: Tensor, axis: Int = -1) -> Tensor {
    let axis = shape.axis(axis, for: "scatterAdding")
    Tensor.requireSameType("scatterAdding", self, updates)
    require(dtype != .bool, "scatterAdding: truth values cannot be added: convert with cast(to:)")
    requireAligned(indices.shape, axis, "scatterAdding")
    require(
      updates.shape == indices.shape,
      "scatterAdding: updates \(updates.shape) and indices \(indices.shape) need the same shape")
    let checked = Indices(indices, axis: axis, of: shape, for: "scatterAdding")
    var y = detached
    let loops = shape.kernelAxis(axis, count: indices.shape[axis])
    wabe_add_gathered(Int32(dtype.rawValue), loops, updates.pointer, checked.pointer, y.mutablePointer())
    return y.recorded("scatterAdd", from: self, updates) { _, _, _ in
      .each { gradient, input in input == 0 ? gradient : gradient.gathering(checked.tensor, axis: axis) }
    }
  }

  private func requireAligned(_ indices: Shape, _ axis: Int, _ name: String) {
    let fits = indices.rank == rank && shape.indices.allSatisfy { $0 == axis || indices[$0] == shape[$0] }
    require(
      fits,
      "\(name): indices of shape \(indices) do not fit a tensor of shape \(shape): all sizes but that of axis "
        + "\(axis) must be equal")
  }
}
