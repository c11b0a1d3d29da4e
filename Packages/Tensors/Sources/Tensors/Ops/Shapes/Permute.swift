extension Tensor {
  /// The tensor with its last two axes exchanged: the transposed matrix, or a batch of them.
  ///
  /// Products need no transposed copies; see the flags of `matmul`. The gradient is transposed back.
  public var transposed: Tensor {
    require(rank >= 2, "transposed: \(shape) has no two axes to exchange: give it a second one with unsqueezed(axis:)")
    return swappingAxes(-2, -1)
  }

  /// The tensor with two axes exchanged.
  public func swappingAxes(_ first: Int, _ second: Int) -> Tensor {
    var axes = Array(shape.indices)
    axes.swapAt(shape.axis(first, for: "swappingAxes"), shape.axis(second, for: "swappingAxes"))
    return permuted(axes)
  }

  /// The tensor with one axis moved to another place; the others keep their order.
  public func movingAxis(_ axis: Int, to place: Int) -> Tensor {
    var axes = Array(shape.indices)
    let moved = axes.remove(at: shape.axis(axis, for: "movingAxis"))
    axes.insert(moved, at: shape.axis(place, for: "movingAxis"))
    return permuted(axes)
  }

  /// The tensor with its axes in another order: axis k of the result is axis `axes[k]` of this one.
  ///
  /// The gradient is permuted back.
  public func permuted(_ axes: [Int]) -> Tensor {
    let axes = axes.map { shape.axis($0, for: "permuted") }
    require(
      axes.count == rank && Set(axes).count == rank,
      "permuted: \(axes) is not an order of the \(rank) axes of \(shape): name each of them once")
    if axes.elementsEqual(shape.indices) { return self }
    let steps = shape.steps
    let y = Tensor(uninitialized: Shape(axes.map { shape[$0] }), dtype)
    StridedCopy(sizes: y.shape, reading: axes.map { steps[$0] }, writing: y.shape.steps)
      .run(dtype, from: pointer, to: y.freshPointer)
    guard trace != nil else { return y }
    var inverse = axes
    for (place, axis) in axes.enumerated() { inverse[axis] = place }
    let back = inverse
    return y.recorded("permute", from: self) { _, _ in .each { gradient, _ in gradient.permuted(back) } }
  }

  /// The tensor with the order of the elements along some axes turned round. The gradient is turned back.
  public func flipped(axes: [Int]) -> Tensor {
    var region = Region(all: shape)
    for axis in axes.map({ shape.axis($0, for: "flipped") }) where shape[axis] > 0 {
      region.starts[axis] = shape[axis] - 1
      region.steps[axis] = -1
    }
    return sliced(region, name: "flip")
  }

  /// The tensor with the order of the elements along one axis turned round.
  public func flipped(axis: Int) -> Tensor { flipped(axes: [axis]) }
}
