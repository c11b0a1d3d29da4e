internal import TensorKernels

// Sums of integers and truth values are int64. Sums of float32 are added up in float64 and rounded once; in rows of
// 32,768 elements or more, four at a time are added up in float32 first, which errs by at most 2⁻²³ Σ|x|.

extension Tensor {
  /// The sum of all elements; 0 if there are none.
  public func sum(keepDims: Bool = false) -> Tensor {
    sum(along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The sum along one axis, where −1 is the last one.
  public func sum(axis: Int, keepDims: Bool = false) -> Tensor {
    sum(along: ReducedAxes(shape, axis: axis, for: "sum", keepDims: keepDims))
  }

  /// The sum along several axes.
  public func sum(axes: [Int], keepDims: Bool = false) -> Tensor {
    sum(along: ReducedAxes(shape, axes: axes, for: "sum", keepDims: keepDims))
  }

  func sum(along axes: ReducedAxes) -> Tensor {
    let y = reduced(WABE_SUM, along: axes)
    guard trace != nil else { return y }
    return y.recorded("sum", from: self, unary: .linear { $0.spread(along: axes) })
  }

  /// Undoes broadcasting: the sum over the axes that a tensor of `shape` would repeat to get this tensor's shape.
  func summed(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    let leading = rank - shape.rank
    var set = (1 << leading) - 1
    for axis in shape.indices where shape[axis] == 1 && self.shape[axis + leading] != 1 { set |= 1 << (axis + leading) }
    return sum(along: ReducedAxes(self.shape, set: set, keepDims: false)).reshaped(to: shape)
  }
}

// MARK: - Cumulative

extension Tensor {
  /// The sums of every element and all before it along an axis, or all after it if reversed.
  ///
  /// The gradient is added up from the other end.
  public func cumulativeSum(axis: Int, reversed: Bool = false) -> Tensor {
    let axis = shape.axis(axis, for: "cumulativeSum")
    require(dtype != .bool, "cumulativeSum: truth values are no numbers: convert with cast(to:)")
    let y = Tensor(uninitialized: shape, dtype)
    let (outer, size, inner) = shape.split(at: axis)
    let axes = wabe_axes(outer: outer, size: size, inner: inner)
    wabe_cumulative_sum(Int32(dtype.rawValue), pointer, y.freshPointer, axes, reversed)
    guard trace != nil else { return y }
    return y.recorded(
      "cumulativeSum", from: self, unary: .linear { $0.cumulativeSum(axis: axis, reversed: !reversed) })
  }
}
