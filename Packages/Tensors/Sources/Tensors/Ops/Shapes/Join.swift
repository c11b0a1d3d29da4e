extension Tensor {
  /// Lays tensors one after the other along an axis; their other sizes are equal. Each gets its part of the gradient.
  public static func concatenate(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fatalError("concatenate: there are no tensors: give at least one") }
    let axis = first.shape.axis(axis, for: "concatenate")
    var starts: [Int] = []
    var size = 0
    for (position, tensor) in tensors.enumerated() {
      requireJoinable("concatenate", first, tensor, position, exceptAxis: axis)
      starts.append(size)
      size += tensor.shape[axis]
    }
    if tensors.count == 1 { return first }
    let y = Tensor(uninitialized: first.shape.replacing(axis: axis, with: size), first.dtype)
    let steps = y.shape.steps
    for (tensor, start) in zip(tensors, starts) {
      StridedCopy(sizes: tensor.shape, reading: tensor.shape.steps, writing: steps)
        .run(y.dtype, from: tensor.pointer, to: y.freshPointer + start * steps[axis] * y.dtype.byteCount)
    }
    guard tensors.contains(where: { $0.trace != nil }) else { return y }
    let ranges = zip(tensors, starts).map { $1..<($1 + $0.shape[axis]) }
    let shape = y.shape
    return y.recorded("concatenate", from: tensors) { _, _ in
      .each { gradient, input in gradient.sliced(Region(ranges[input], ofAxis: axis, in: shape)) }
    }
  }

  /// Lays tensors of the same shape side by side along a new axis. Each gets its part of the gradient.
  public static func stack(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fatalError("stack: there are no tensors: give at least one") }
    for (position, tensor) in tensors.enumerated() {
      requireJoinable("stack", first, tensor, position, exceptAxis: nil)
    }
    let place = axis < 0 ? axis + first.rank + 1 : axis
    return concatenate(tensors.map { $0.unsqueezed(axis: axis) }, axis: place)
  }

  private static func requireJoinable(
    _ name: String, _ first: Tensor, _ other: Tensor, _ position: Int, exceptAxis axis: Int?
  ) {
    require(
      first.dtype == other.dtype,
      "\(name): tensor 0 holds \(first.dtype) and tensor \(position) holds \(other.dtype): convert with cast(to:)")
    let fits =
      first.rank == other.rank && first.shape.indices.allSatisfy { $0 == axis || first.shape[$0] == other.shape[$0] }
    require(
      fits,
      "\(name): tensor 0 has shape \(first.shape) and tensor \(position) has \(other.shape): "
        + (axis.map { "all sizes but that of axis \($0) must be equal" } ?? "all sizes must be equal"))
  }

  /// Cuts the tensor along an axis into parts of the given sizes, which add up to the axis.
  public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
    let axis = shape.axis(axis, for: "split")
    require(
      sizes.allSatisfy { $0 >= 0 } && sizes.reduce(0, +) == shape[axis],
      "split: parts of \(sizes) do not add up to axis \(axis) of \(shape)")
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return sliced(Region(start..<(start + size), ofAxis: axis, in: shape), name: "split")
    }
  }

  /// Cuts the tensor along an axis into `count` parts of nearly equal size; the first ones are larger by one.
  public func split(into count: Int, axis: Int = 0) -> [Tensor] {
    require(count > 0, "split: a tensor cannot be cut into \(count) parts: give at least one")
    let size = shape[shape.axis(axis, for: "split")]
    return split(sizes: (0..<count).map { size / count + ($0 < size % count ? 1 : 0) }, axis: axis)
  }

  /// The slices along an axis, without that axis: the inverse of `stack`.
  public func unstacked(axis: Int = 0) -> [Tensor] {
    let axis = shape.axis(axis, for: "unstacked")
    return (0..<shape[axis]).map {
      sliced(Region($0..<($0 + 1), ofAxis: axis, in: shape)).squeezed(axis: axis)
    }
  }
}
