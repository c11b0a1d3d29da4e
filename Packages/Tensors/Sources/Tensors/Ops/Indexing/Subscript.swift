extension Tensor {
  /// The part that the indices choose, one for each axis from the first; axes without an index are taken whole.
  ///
  /// A number takes its axis away, a range keeps it: for a tensor of shape [5, 3], `x[2]` has shape [3], `x[2..<4]` has
  /// [2, 3] and `x[.all, 0]` has [5]. Parts without gaps share memory. The gradient is put back into zeros.
  ///
  /// A part can be assigned to, as in `x[.all, 0] = y`; y is broadcast. This changes x alone and is not recorded.
  public subscript(_ indices: any TensorIndex...) -> Tensor {
    get {
      let selection = Selection(indices, of: shape)
      return sliced(selection.region).reshaped(to: selection.shape)
    }
    set {
      let selection = Selection(indices, of: shape)
      require(
        trace == nil && newValue.trace == nil,
        "subscript: assigning to a part is not recorded: build the result with where, concatenate or stack, "
          + "or use detached tensors")
      require(
        dtype == newValue.dtype,
        "subscript: \(newValue.dtype) cannot be assigned to a part of a \(dtype) tensor: use cast(to: .\(dtype))")
      require(
        newValue.shape.broadcast(with: selection.shape) == selection.shape,
        "subscript: a value of shape \(newValue.shape) does not fit a part of shape \(selection.shape): "
          + "counted from the last axis, sizes must be equal or 1")
      write(newValue.broadcast(to: selection.shape).reshaped(to: selection.region.shape), to: selection.region)
    }
  }
}

/// The region that indices choose, and the shape it has once numbers have taken axes away and new axes have come.
struct Selection {
  private(set) var region: Region
  private var sizes: [Int] = []

  var shape: Shape { Shape(sizes) }

  init(_ indices: [any TensorIndex], of shape: Shape) {
    region = Region(all: shape)
    let kinds = indices.map(\.selection.kind)
    let used = kinds.count { $0 != .newAxis && $0 != .ellipsis }
    require(
      used <= shape.rank,
      "subscript: \(used) indices for a tensor of shape \(shape), which has \(shape.rank) axes: leave some out")
    require(kinds.count { $0 == .ellipsis } <= 1, "subscript: only one .ellipsis can stand for the axes left over")
    var axis = 0
    for kind in kinds {
      switch kind {
      case .newAxis:
        sizes.append(1)
      case .ellipsis:
        sizes += shape[axis..<(axis + shape.rank - used)]
        axis += shape.rank - used
      case .position(let position):
        region.starts[axis] = Selection.resolved(position, axis, shape)
        region.sizes[axis] = 1
        axis += 1
      case .range(let start, let end, let step):
        choose(start, end, step, axis, shape)
        sizes.append(region.sizes[axis])
        axis += 1
      }
    }
    sizes += shape[axis...]
  }

  /// The position that an index means, where −1 is the last one.
  private static func resolved(_ position: Int, _ axis: Int, _ shape: Shape) -> Int {
    let size = shape[axis]
    require(
      position >= -size && position < size,
      "subscript: index \(position) is out of range for axis \(axis) of shape \(shape): "
        + (size == 0 ? "the axis is empty" : "give one from \(-size) to \(size - 1)"))
    return position < 0 ? position + size : position
  }

  private mutating func choose(_ start: Int?, _ end: Int?, _ step: Int, _ axis: Int, _ shape: Shape) {
    let size = shape[axis]
    func bound(_ position: Int) -> Int {
      require(
        position >= -size && position <= size,
        "subscript: bound \(position) is out of range for axis \(axis) of shape \(shape): "
          + "give one from \(-size) to \(size)")
      return position < 0 ? position + size : position
    }
    // Going backwards, the first position is the last of the axis and the end lies before position 0.
    let first = start.map(bound) ?? (step > 0 ? 0 : size - 1)
    let last = end.map(bound) ?? (step > 0 ? size : -1)
    require(step > 0 || first < size, "subscript: a stride back from \(first) begins beyond axis \(axis) of \(shape)")
    let length = step > 0 ? last - first : first - last
    region.starts[axis] = first
    region.steps[axis] = step
    region.sizes[axis] = length <= 0 ? 0 : (length - 1) / step.magnitudeAsInt + 1
  }
}

extension Int {
  /// The size of a step, which is never the smallest integer.
  fileprivate var magnitudeAsInt: Int { self < 0 ? -Swift.max(self, -.max) : self }
}
