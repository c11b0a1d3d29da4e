extension Tensor {
  /// The same elements in another shape; one size may be −1 and is then worked out.
  ///
  /// No element moves. The gradient takes the old shape.
  public func reshaped(to sizes: [Int]) -> Tensor { reshaped(to: shape.completing(sizes)) }

  /// The same elements in another shape.
  public func reshaped(to newShape: Shape) -> Tensor {
    if newShape == shape { return self }
    require(
      newShape.elementCount == count,
      "reshaped: \(shape) has \(count) elements and \(newShape) would have \(newShape.elementCount)")
    let shape = shape
    return viewed(as: newShape).recorded("reshape", from: self) { _, _ in
      .each { gradient, _ in gradient.reshaped(to: shape) }
    }
  }
}

extension Shape {
  /// The shape that `sizes` means for a tensor of this shape, with −1 worked out.
  func completing(_ sizes: [Int]) -> Shape {
    guard let open = sizes.firstIndex(of: -1) else { return Shape(sizes) }
    var sizes = sizes
    sizes[open] = 1
    let known = Shape(sizes).elementCount
    require(
      known != 0 && elementCount % known == 0,
      "reshaped: \(self) has \(elementCount) elements, which cannot be divided into rows of \(known)")
    sizes[open] = elementCount / known
    return Shape(sizes)
  }
}
