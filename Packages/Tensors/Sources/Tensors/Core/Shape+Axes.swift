extension Shape {
  /// The axis that `axis` means, where −1 is the last one.
  ///
  /// - Parameter operation: The name that begins the message if there is no such axis.
  public func axis(_ axis: Int, for operation: String) -> Int {
    let resolved = axis < 0 ? axis + rank : axis
    require(
      resolved >= 0 && resolved < rank,
      "\(operation): \(self) has no axis \(axis): "
        + (rank == 0 ? "it has no axes at all" : "give one from \(-rank) to \(rank - 1)"))
    return resolved
  }

  /// This shape without one axis.
  func removing(axis: Int) -> Shape {
    var shape = self
    shape.remove(axis)
    return shape
  }

  /// This shape with a further axis of the given size before `axis`.
  func inserting(_ size: Int, at axis: Int) -> Shape {
    var sizes = Array(self)
    sizes.insert(size, at: axis)
    return Shape(sizes)
  }

  /// This shape with another size of one axis.
  func replacing(axis: Int, with size: Int) -> Shape {
    var shape = self
    shape[axis] = size
    return shape
  }

  /// The number of elements before, along and after one axis, for loops over that axis.
  func split(at axis: Int) -> (outer: Int, size: Int, inner: Int) {
    var outer = 1
    var inner = 1
    for k in 0..<axis { outer *= self[k] }
    for k in (axis + 1)..<Swift.max(rank, axis + 1) { inner *= self[k] }
    return (outer, self[axis], inner)
  }

  /// The shape that NumPy's broadcasting rules give two shapes, or nil where they do not fit.
  public func broadcast(with other: Shape) -> Shape? {
    if self == other { return self }
    let rank = Swift.max(self.rank, other.rank)
    var result = Shape(repeatElement(1, count: rank))
    for back in 1...Swift.max(rank, 1) where back <= rank {
      let a = back <= self.rank ? self[self.rank - back] : 1
      let b = back <= other.rank ? other[other.rank - back] : 1
      guard a == b || a == 1 || b == 1 else { return nil }
      result[rank - back] = a == 1 ? b : a
    }
    return result
  }
}
