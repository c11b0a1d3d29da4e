internal import TensorKernels

/// The exponentials of the elements along an axis, divided by their sum, so that they are probabilities.
///
/// Computed from the distances to the largest element: no finite element overflows. Where all elements are −∞ the
/// result and its gradient are 0; an element +∞ makes its row NaN. The derivative is y (g − Σ g y).
@Sendable
public func softmax(_ x: Tensor, axis: Int = -1) -> Tensor {
  let axis = x.shape.axis(axis, for: "softmax")
  let y = x.alongAxis("softmax", axis, wabe_softmax)
  guard x.trace != nil else { return y }
  return y.recorded("softmax", from: x, unary: .output { gradient, y in softmaxBackward(gradient, y, axis: axis) })
}

/// The logarithm of `softmax`, precise for small probabilities as well.
///
/// Where all elements along the axis are −∞ so are the results; an element +∞ makes its row NaN. The derivative is
/// g − softmax Σ g.
@Sendable
public func logSoftmax(_ x: Tensor, axis: Int = -1) -> Tensor {
  let axis = x.shape.axis(axis, for: "logSoftmax")
  let y = x.alongAxis("logSoftmax", axis, wabe_log_softmax)
  guard x.trace != nil else { return y }
  return y.recorded(
    "logSoftmax", from: x, unary: .output { gradient, y in logSoftmaxBackward(gradient, y, axis: axis) })
}

extension Tensor {
  /// The logarithm of the sum of the exponentials of all elements. Its derivative is softmax.
  ///
  /// No finite element overflows. If all elements are −∞ so is the result, with gradient 0; if one is +∞ so is the
  /// result.
  public func logSumExp(keepDims: Bool = false) -> Tensor {
    logSumExp(along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The logarithm of the sum of the exponentials along one axis. Its derivative is softmax.
  public func logSumExp(axis: Int, keepDims: Bool = false) -> Tensor {
    logSumExp(along: ReducedAxes(shape, axis: axis, for: "logSumExp", keepDims: keepDims))
  }

  /// The logarithm of the sum of the exponentials along several axes. Its derivative is softmax.
  public func logSumExp(axes: [Int], keepDims: Bool = false) -> Tensor {
    logSumExp(along: ReducedAxes(shape, axes: axes, for: "logSumExp", keepDims: keepDims))
  }

  /// One recorded operation per loop.
  private func logSumExp(along axes: ReducedAxes) -> Tensor {
    Tensor.requireFloat("logSumExp", self)
    var y = self
    for index in 0..<axes.loopCount { y = y.logSumExp(axes[index]) }
    return y.reshaped(to: axes.result)
  }

  private func logSumExp(_ loop: wabe_axes) -> Tensor {
    let (outer, size, inner) = (Int(loop.outer), Int(loop.size), Int(loop.inner))
    let x = reshaped(to: [outer, size, inner])
    let y = Tensor(uninitialized: [outer, 1, inner], dtype)
    wabe_log_sum_exp(Int32(dtype.rawValue), x.pointer, y.freshPointer, loop)
    guard trace != nil else { return y }
    return y.recorded("logSumExp", from: x, unary: .input { gradient, x in gradient * softmax(x, axis: 1) })
  }
}

// MARK: - Backward, as operations with rules of their own

/// y (g − Σ g y)
func softmaxBackward(_ gradient: Tensor, _ y: Tensor, axis: Int) -> Tensor {
  let result = gradient.alongAxis(y, axis, wabe_softmax_backward)
  return result.recorded("softmaxBackward", from: gradient, y) { gradient, y, _ in
    .each { outer, input in
      if input == 0 { return softmaxBackward(outer, y, axis: axis) }
      let centred = gradient - (gradient * y).sum(axis: axis, keepDims: true)
      return outer * centred - gradient * (outer * y).sum(axis: axis, keepDims: true)
    }
  }
}

/// g − eʸ Σ g
private func logSoftmaxBackward(_ gradient: Tensor, _ y: Tensor, axis: Int) -> Tensor {
  let result = gradient.alongAxis(y, axis, wabe_log_softmax_backward)
  return result.recorded("logSoftmaxBackward", from: gradient, y) { gradient, y, _ in
    .each { outer, input in
      let weighted = outer * exp(y)
      if input == 0 { return outer - weighted.sum(axis: axis, keepDims: true) }
      return -(weighted * gradient.sum(axis: axis, keepDims: true))
    }
  }
}

extension Tensor {
  /// Applies a kernel to the rows along an axis.
  fileprivate func alongAxis(
    _ name: String, _ axis: Int, _ kernel: (Int32, UnsafeRawPointer?, UnsafeMutableRawPointer?, wabe_axes) -> Void
  ) -> Tensor {
    Tensor.requireFloat(name, self)
    let y = Tensor(uninitialized: shape, dtype)
    let (outer, size, inner) = shape.split(at: axis)
    kernel(Int32(dtype.rawValue), pointer, y.freshPointer, wabe_axes(outer: outer, size: size, inner: inner))
    return y
  }

  /// Applies a kernel to the rows of two tensors along an axis.
  fileprivate func alongAxis(
    _ other: Tensor, _ axis: Int,
    _ kernel: (Int32, UnsafeRawPointer?, UnsafeRawPointer?, UnsafeMutableRawPointer?, wabe_axes) -> Void
  ) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    let (outer, size, inner) = shape.split(at: axis)
    let axes = wabe_axes(outer: outer, size: size, inner: inner)
    kernel(Int32(dtype.rawValue), pointer, other.pointer, y.freshPointer, axes)
    return y
  }
}
