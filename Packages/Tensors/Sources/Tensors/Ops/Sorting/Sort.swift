internal import TensorKernels

// Everything here is sorting positions first and gathering then, so that gradients are those of gathering.

extension Tensor {
  /// The positions that put the elements along an axis into order, as int64.
  ///
  /// Equal elements keep their order. NaN counts as larger than every number.
  public func argSorted(axis: Int = -1, descending: Bool = false) -> Tensor {
    let axis = shape.axis(axis, for: "argSorted")
    let y = Tensor(uninitialized: shape, .int64)
    let (outer, size, inner) = shape.split(at: axis)
    let order = y.freshPointer.assumingMemoryBound(to: Int64.self)
    let sorted = wabe_argsort(Int32(dtype.rawValue), descending, outer, size, inner, pointer, order)
    require(sorted, "memory: sorting \(size) elements needs \(32 * size) bytes that are not to be had")
    return y
  }

  /// The elements along an axis in order, the smallest first unless `descending`.
  ///
  /// Each element gets its gradient back.
  public func sorted(axis: Int = -1, descending: Bool = false) -> Tensor {
    gathering(argSorted(axis: axis, descending: descending), axis: axis)
  }

  /// The `count` largest elements along an axis, the largest first, and their positions.
  public func topK(_ count: Int, axis: Int = -1) -> (values: Tensor, indices: Tensor) {
    let axis = shape.axis(axis, for: "topK")
    require(
      count >= 0 && count <= shape[axis],
      "topK: axis \(axis) of \(shape) has no \(count) elements: give at most \(shape[axis])")
    let order = argSorted(axis: axis, descending: true)
    let first = order.sliced(Region(0..<count, ofAxis: axis, in: order.shape))
    return (gathering(first, axis: axis), first)
  }

  /// The different values among all elements, in order, as a vector.
  public func unique() -> Tensor {
    let ordered = detached.flattened().sorted()
    let places = Tensor(uninitialized: [count], .int64)
    let start = places.freshPointer.assumingMemoryBound(to: Int64.self)
    let found = wabe_first_of_each(Int32(dtype.rawValue), ordered.pointer, count, start)
    return ordered.taking(places[0..<found], axis: 0)
  }
}
