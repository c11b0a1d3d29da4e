// Axes of size 1 come and go without moving an element; all of this is reshaping, and so is its gradient.

extension Tensor {
  /// The tensor with a new axis of size 1 before `axis`; −1 puts it last.
  public func unsqueezed(axis: Int) -> Tensor {
    let resolved = axis < 0 ? axis + rank + 1 : axis
    require(
      resolved >= 0 && resolved <= rank,
      "unsqueezed: \(shape) has no place \(axis) for a new axis: give one from \(-rank - 1) to \(rank)")
    return reshaped(to: shape.inserting(1, at: resolved))
  }

  /// The tensor without an axis of size 1.
  public func squeezed(axis: Int) -> Tensor {
    let resolved = shape.axis(axis, for: "squeezed")
    require(
      shape[resolved] == 1,
      "squeezed: axis \(axis) of \(shape) has size \(shape[resolved]), not 1: choose one element with a subscript")
    return reshaped(to: shape.removing(axis: resolved))
  }

  /// The tensor without any axis of size 1.
  public func squeezed() -> Tensor { reshaped(to: Shape(shape.filter { $0 != 1 })) }

  /// All elements along a single axis.
  public func flattened() -> Tensor { reshaped(to: Shape([count])) }

  /// The tensor with all axes from `axis` on merged into one; axis 1 keeps the batch.
  public func flattened(from axis: Int) -> Tensor {
    let axis = shape.axis(axis, for: "flattened")
    return reshaped(to: Shape(Array(shape[..<axis]) + [Shape(Array(shape[axis...])).elementCount]))
  }

  /// The tensor with another shape of the same number of elements. Called `view_as` in PyTorch.
  public func reshaped(like other: Tensor) -> Tensor { reshaped(to: other.shape) }
}
