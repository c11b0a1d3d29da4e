internal import TensorKernels

// NaN at any position makes the result NaN. Elements that are equally extreme share the gradient evenly.

extension Tensor {
  /// The largest of all elements; equal ones share the gradient.
  public func max(keepDims: Bool = false) -> Tensor {
    extreme("max", WABE_MAX, along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The largest element along one axis, where −1 is the last one; equal ones share the gradient.
  public func max(axis: Int, keepDims: Bool = false) -> Tensor {
    extreme("max", WABE_MAX, along: ReducedAxes(shape, axis: axis, for: "max", keepDims: keepDims))
  }

  /// The largest element along several axes; equal ones share the gradient.
  public func max(axes: [Int], keepDims: Bool = false) -> Tensor {
    extreme("max", WABE_MAX, along: ReducedAxes(shape, axes: axes, for: "max", keepDims: keepDims))
  }

  /// The smallest of all elements; equal ones share the gradient.
  public func min(keepDims: Bool = false) -> Tensor {
    extreme("min", WABE_MIN, along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The smallest element along one axis, where −1 is the last one; equal ones share the gradient.
  public func min(axis: Int, keepDims: Bool = false) -> Tensor {
    extreme("min", WABE_MIN, along: ReducedAxes(shape, axis: axis, for: "min", keepDims: keepDims))
  }

  /// The smallest element along several axes; equal ones share the gradient.
  public func min(axes: [Int], keepDims: Bool = false) -> Tensor {
    extreme("min", WABE_MIN, along: ReducedAxes(shape, axes: axes, for: "min", keepDims: keepDims))
  }

  private func extreme(_ name: String, _ kernel: Int, along axes: ReducedAxes) -> Tensor {
    requireElements(name, along: axes)
    let y = reduced(kernel, along: axes)
    guard trace != nil else { return y }
    return y.recorded(name, from: self) { x, y in
      let (x, y) = (x.detached, y.detached)
      return .each { gradient, _ in
        let winners = (x .== y.reshaped(to: axes.kept)).cast(to: gradient.dtype)
        let count = winners.sum(along: axes)
        return winners * (gradient / count).reshaped(to: axes.kept)
      }
    }
  }
}

// MARK: - Positions

extension Tensor {
  /// The position of the first largest element in row-major order, int64; of the first NaN where there is one.
  public func argMax() -> Tensor { argument("argMax", largest: true, (1, count, 1), []) }

  /// The positions of the first largest elements along an axis, int64; of the first NaN where there is one.
  public func argMax(axis: Int, keepDims: Bool = false) -> Tensor {
    argument("argMax", largest: true, axis: axis, keepDims: keepDims)
  }

  /// The position of the first smallest element in row-major order, int64; of the first NaN where there is one.
  public func argMin() -> Tensor { argument("argMin", largest: false, (1, count, 1), []) }

  /// The positions of the first smallest elements along an axis, int64; of the first NaN where there is one.
  public func argMin(axis: Int, keepDims: Bool = false) -> Tensor {
    argument("argMin", largest: false, axis: axis, keepDims: keepDims)
  }

  private func argument(_ name: String, largest: Bool, axis: Int, keepDims: Bool) -> Tensor {
    let axis = shape.axis(axis, for: name)
    let result = keepDims ? shape.replacing(axis: axis, with: 1) : shape.removing(axis: axis)
    return argument(name, largest: largest, shape.split(at: axis), result)
  }

  private func argument(
    _ name: String, largest: Bool, _ axes: (outer: Int, size: Int, inner: Int), _ result: Shape
  ) -> Tensor {
    require(
      axes.size > 0 || result.elementCount == 0,
      "\(name): \(shape) has no elements to choose from: leave empty batches out")
    let y = Tensor(uninitialized: result, .int64)
    let axes = wabe_axes(outer: axes.outer, size: axes.size, inner: axes.inner)
    let positions = y.freshPointer.assumingMemoryBound(to: Int64.self)
    wabe_arg_extreme(largest, Int32(dtype.rawValue), pointer, positions, axes)
    return y
  }
}
