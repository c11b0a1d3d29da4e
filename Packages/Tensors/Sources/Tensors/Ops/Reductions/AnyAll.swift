internal import TensorKernels

extension Tensor {
  /// Whether any element is true; false if there are none.
  public func any(keepDims: Bool = false) -> Tensor {
    decided("any", WABE_MAX, ReducedAxes(all: shape, keepDims: keepDims), ifEmpty: false)
  }

  /// Whether any element along one axis is true.
  public func any(axis: Int, keepDims: Bool = false) -> Tensor {
    decided("any", WABE_MAX, ReducedAxes(shape, axis: axis, for: "any", keepDims: keepDims), ifEmpty: false)
  }

  /// Whether any element along several axes is true.
  public func any(axes: [Int], keepDims: Bool = false) -> Tensor {
    decided("any", WABE_MAX, ReducedAxes(shape, axes: axes, for: "any", keepDims: keepDims), ifEmpty: false)
  }

  /// Whether all elements are true; true if there are none.
  public func all(keepDims: Bool = false) -> Tensor {
    decided("all", WABE_MIN, ReducedAxes(all: shape, keepDims: keepDims), ifEmpty: true)
  }

  /// Whether all elements along one axis are true.
  public func all(axis: Int, keepDims: Bool = false) -> Tensor {
    decided("all", WABE_MIN, ReducedAxes(shape, axis: axis, for: "all", keepDims: keepDims), ifEmpty: true)
  }

  /// Whether all elements along several axes are true.
  public func all(axes: [Int], keepDims: Bool = false) -> Tensor {
    decided("all", WABE_MIN, ReducedAxes(shape, axes: axes, for: "all", keepDims: keepDims), ifEmpty: true)
  }

  private func decided(_ name: String, _ kernel: Int, _ axes: ReducedAxes, ifEmpty: Bool) -> Tensor {
    require(dtype == .bool, "\(name): \(dtype) elements are not truth values: compare them first")
    if axes.size > 0 { return reduced(kernel, along: axes) }
    let y = Tensor(uninitialized: axes.result, .bool)
    y.freshPointer.initializeMemory(as: Bool.self, repeating: ifEmpty, count: y.count)
    return y
  }
}
