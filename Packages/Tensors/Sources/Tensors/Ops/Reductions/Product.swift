internal import TensorKernels

extension Tensor {
  /// The product of all elements; 1 if there are none. Products of integers are int64.
  public func product(keepDims: Bool = false) -> Tensor {
    product(along: ReducedAxes(all: shape, keepDims: keepDims))
  }

  /// The product along one axis, where −1 is the last one.
  ///
  /// The derivative by an element is the product of the others, exact where elements are 0 as well.
  public func product(axis: Int, keepDims: Bool = false) -> Tensor {
    product(along: ReducedAxes(shape, axis: axis, for: "product", keepDims: keepDims))
  }

  /// The product along several axes.
  public func product(axes: [Int], keepDims: Bool = false) -> Tensor {
    product(along: ReducedAxes(shape, axes: axes, for: "product", keepDims: keepDims))
  }

  /// One recorded product per loop.
  private func product(along axes: ReducedAxes) -> Tensor {
    var y = self
    for index in 0..<axes.loopCount { y = y.product(axes[index]) }
    return y.reshaped(to: axes.result)
  }

  private func product(_ loop: wabe_axes) -> Tensor {
    let (outer, size, inner) = (Int(loop.outer), Int(loop.size), Int(loop.inner))
    let axes = ReducedAxes([outer, size, inner], set: 0b010, keepDims: true)
    let x = reshaped(to: axes.full)
    let y = x.reduced(WABE_PRODUCT, along: axes)
    guard trace != nil else { return y }
    return y.recorded("product", from: x) { x, y in
      .each { gradient, _ in
        if (x.detached .== 0).any().scalar == 0 { return gradient * y / x }
        return gradient * x.productOfOthers()
      }
    }
  }

  /// For every element of [outer, size, inner] the product of the others along the middle axis.
  ///
  /// Each is worked out by itself, from size² elements, so that nothing is divided by 0.
  private func productOfOthers() -> Tensor {
    let (outer, size, inner) = (shape[0], shape[1], shape[2])
    let itself = Tensor((0..<size * size).map { $0 / size == $0 % size }, shape: [1, size, size, 1])
    let repeated = reshaped(to: [outer, 1, size, inner])
    return Tensor.where(itself, 1, repeated).product(axis: 2)
  }
}
