internal import TensorKernels

/// Which elements get mean 0 and variance 1 together.
public enum StandardizedGroup: Sendable {
  /// All that share their place on one axis, as the numbers of one channel do in batch normalization.
  case channel(axis: Int)
  /// All on the last few axes, as the features of one example do in layer normalization.
  case lastAxes(Int)
}

/// The elements with mean 0 and variance 1 in each group, and the mean and the variance they had.
///
/// (x − μ) / √(σ² + ε), with σ² divided by the number of elements; a group whose elements are all equal becomes zeros.
/// With G the gradient and y the output, the gradient is (G − mean G − y · mean(G y)) / √(σ² + ε). Mean and variance have
/// size 1 on the axes of a group; gradients do not flow through them.
public func standardized(
  _ x: Tensor, in group: StandardizedGroup, epsilon: Double = 1e-5
) -> (output: Tensor, mean: Tensor, variance: Tensor) {
  Tensor.requireFloat("standardized", x)
  let layout = StandardizedLayout(x.shape, group)
  let y = Tensor(uninitialized: x.shape, x.dtype)
  let mean = Tensor(uninitialized: layout.statistics, x.dtype)
  let variance = Tensor(uninitialized: layout.statistics, x.dtype)
  let scale = Tensor(uninitialized: layout.statistics, x.dtype)
  wabe_standardize(
    Int32(x.dtype.rawValue), x.pointer, layout.groups, epsilon, y.freshPointer, mean.freshPointer,
    variance.freshPointer, scale.freshPointer)
  let output = y.recorded("standardized", from: x) { x, y in
    // Followed only where the way back is; what is at hand serves otherwise, and the input need not be kept.
    let traced = x.trace == nil ? nil : x
    return .each { gradient, _ in
      let scale = traced.map { rsqrt(layout.mean(square($0 - layout.mean($0))) + epsilon) } ?? scale
      return standardizedSlope(gradient, y, scale, layout)
    }
  }
  return (output, mean, variance)
}

/// scale · (gradient − mean gradient − y · mean(gradient · y)), which is symmetric in gradients that come and go.
private func standardizedSlope(
  _ gradient: Tensor, _ y: Tensor, _ scale: Tensor, _ layout: StandardizedLayout
) -> Tensor {
  let slope = Tensor(uninitialized: y.shape, y.dtype)
  wabe_standardize_slope(
    Int32(y.dtype.rawValue), gradient.pointer, y.pointer, scale.pointer, layout.groups, slope.freshPointer)
  return slope.recorded("standardizedSlope", from: gradient, y, scale) { gradient, y, scale, _ in
    .each { outer, input in
      switch input {
      case 0: standardizedSlope(outer, y, scale, layout)
      case 1: -(outer * layout.mean(gradient * y) + gradient * layout.mean(outer * y)) * scale
      default:
        (outer * (gradient - layout.mean(gradient) - y * layout.mean(gradient * y)))
          .sum(axes: layout.axes, keepDims: true)
      }
    }
  }
}

/// The groups of a tensor, as kernels and as reductions want them.
private struct StandardizedLayout: Sendable {
  let groups: wabe_groups
  /// The axes of one group.
  let axes: [Int]
  /// The shape with size 1 on these axes.
  let statistics: Shape

  init(_ shape: Shape, _ group: StandardizedGroup) {
    switch group {
    case .channel(let axis):
      let channel = shape.axis(axis, for: "standardized")
      let (outer, size, inner) = shape.split(at: channel)
      groups = wabe_groups(outer: outer, groups: size, inner: inner)
      axes = shape.indices.filter { $0 != channel }
    case .lastAxes(let count):
      require(
        count > 0 && count <= shape.rank,
        "standardized: \(shape) has no last \(count) axes: give a number from 1 to \(shape.rank)")
      axes = Array((shape.rank - count)..<shape.rank)
      let inner = Shape(shape.suffix(count)).elementCount
      groups = wabe_groups(outer: 1, groups: Shape(shape.dropLast(count)).elementCount, inner: inner)
    }
    var statistics = shape
    for axis in axes { statistics[axis] = 1 }
    self.statistics = statistics
  }

  /// The mean of each group.
  func mean(_ x: Tensor) -> Tensor { x.mean(axes: axes, keepDims: true) }
}
