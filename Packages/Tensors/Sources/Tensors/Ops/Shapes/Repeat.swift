extension Tensor {
  /// The tensor laid out again and again: `repeats[k]` times along axis k. Called `tile` in NumPy.
  ///
  /// The gradients of all copies are added.
  public func tiled(_ repeats: [Int]) -> Tensor {
    require(
      repeats.count == rank,
      "tiled: \(repeats) does not name how often each of the \(rank) axes of \(shape) is repeated")
    var result = self
    for axis in shape.indices where repeats[axis] != 1 {
      let whole = result.shape.multiplying(axis, by: repeats[axis], for: "tiled")
      let (outer, size, inner) = result.shape.split(at: axis)
      result = result.reshaped(to: [outer, 1, size * inner]).broadcast(to: [outer, repeats[axis], size * inner])
        .reshaped(to: whole)
    }
    return result
  }

  /// The tensor with every slice along an axis repeated `times` in a row. Called `repeat` in NumPy.
  ///
  /// The gradients of all copies are added.
  public func repeated(_ times: Int, axis: Int) -> Tensor {
    let axis = shape.axis(axis, for: "repeated")
    let whole = shape.multiplying(axis, by: times, for: "repeated")
    let (outer, size, inner) = shape.split(at: axis)
    return reshaped(to: [outer * size, 1, inner]).broadcast(to: [outer * size, times, inner]).reshaped(to: whole)
  }

  /// The tensor with further elements of the given value around it: `widths[k]` before and after axis k.
  ///
  /// The gradient is cut out again.
  public func padded(_ widths: [(before: Int, after: Int)], value: Double = 0) -> Tensor {
    require(
      widths.count == rank && widths.allSatisfy { $0.before >= 0 && $0.after >= 0 },
      "padded: \(widths) does not give two widths of at least 0 for each of the \(rank) axes of \(shape)")
    var region = Region(all: shape)
    var sizes = Array(shape)
    for (axis, width) in widths.enumerated() {
      region.starts[axis] = width.before
      let (front, overflow) = sizes[axis].addingReportingOverflow(width.before)
      let (size, overflowsToo) = front.addingReportingOverflow(width.after)
      require(
        !overflow && !overflowsToo,
        "padded: axis \(axis) of \(shape) with \(width.before) and \(width.after) more is longer than can be counted")
      sizes[axis] = size
    }
    return embedded(region, in: Shape(sizes), fill: value, name: "pad")
  }
}

extension Shape {
  /// This shape with one axis several times as long.
  fileprivate func multiplying(_ axis: Int, by times: Int, for name: String) -> Shape {
    require(times >= 0, "\(name): an axis cannot be repeated \(times) times: give a number of at least 0")
    let (size, overflow) = self[axis].multipliedReportingOverflow(by: times)
    require(!overflow, "\(name): axis \(axis) of \(self), repeated \(times) times, is longer than can be counted")
    return replacing(axis: axis, with: size)
  }
}
