internal import TensorKernels

// The root of the sum of squares. Squares of float32 are added up in float64, where they cannot overflow; float64 is
// scaled by its largest element where that could happen.

extension Tensor {
  /// The Euclidean length of all elements; where it is 0, so is the gradient.
  public func norm(keepDims: Bool = false) -> Tensor {
    norm(along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The Euclidean length along one axis, where −1 is the last one; where it is 0, so is the gradient.
  public func norm(axis: Int, keepDims: Bool = false) -> Tensor {
    norm(along: ReducedAxes(shape, axis: axis, for: "norm", keepDims: keepDims))
  }

  /// The Euclidean length along several axes; where it is 0, so is the gradient.
  public func norm(axes: [Int], keepDims: Bool = false) -> Tensor {
    norm(along: ReducedAxes(shape, axes: axes, for: "norm", keepDims: keepDims))
  }

  private func norm(along axes: ReducedAxes) -> Tensor {
    Tensor.requireFloat("norm", self)
    let y = plainNorm(along: axes)
    guard trace != nil else { return y }
    return y.recorded("norm", from: self) { x, y in
      .each { gradient, _ in
        let safe = Tensor.where(y .== 0, 1, y)
        let slope = Tensor.where(y .== 0, 0, gradient / safe)
        return x * slope.reshaped(to: axes.kept)
      }
    }
  }

  private func plainNorm(along axes: ReducedAxes) -> Tensor {
    let y = reduced(WABE_NORM, along: axes)
    if dtype == .float32 || axes.size == 0 { return y }
    let isSafe = (y .> 1e-140) & (y .< 1e150)
    if isSafe.all().scalar == 1 { return y }
    let largest = abs(detached).reduced(WABE_MAX, along: axes)
    let scale = Tensor.where((largest .> 0) & (largest .< .infinity), largest, 1)
    let scaled = (detached / scale.reshaped(to: axes.kept)).reduced(WABE_NORM, along: axes) * scale
    return Tensor.where(isSafe, y, scaled)
  }
}
