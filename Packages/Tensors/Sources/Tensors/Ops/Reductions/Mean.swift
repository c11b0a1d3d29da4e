internal import TensorKernels

extension Tensor {
  /// The mean of all elements.
  public func mean(keepDims: Bool = false) -> Tensor {
    mean(along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The mean along one axis, where −1 is the last one.
  public func mean(axis: Int, keepDims: Bool = false) -> Tensor {
    mean(along: ReducedAxes(shape, axis: axis, for: "mean", keepDims: keepDims))
  }

  /// The mean along several axes.
  public func mean(axes: [Int], keepDims: Bool = false) -> Tensor {
    mean(along: ReducedAxes(shape, axes: axes, for: "mean", keepDims: keepDims))
  }

  func mean(along axes: ReducedAxes) -> Tensor {
    Tensor.requireFloat("mean", self)
    requireElements("mean", along: axes)
    let y = reduced(WABE_MEAN, along: axes)
    guard trace != nil else { return y }
    return y.recorded("mean", from: self, unary: .linear { ($0 / Double(axes.size)).spread(along: axes) })
  }
}
