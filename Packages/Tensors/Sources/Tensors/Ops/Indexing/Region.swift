internal import TensorKernels

/// A part of a tensor: on every axis a first position, a step and a number of positions.
struct Region: Sendable {
  var starts: [Int]
  var steps: [Int]
  var sizes: [Int]

  /// All of a shape.
  init(all shape: Shape) {
    starts = Array(repeating: 0, count: shape.rank)
    steps = Array(repeating: 1, count: shape.rank)
    sizes = Array(shape)
  }

  /// Positions `range` of one axis, and all of the others.
  init(_ range: Range<Int>, ofAxis axis: Int, in shape: Shape) {
    self.init(all: shape)
    starts[axis] = range.lowerBound
    sizes[axis] = range.count
  }

  /// The shape of the part.
  var shape: Shape { Shape(sizes) }

  /// Where the part begins in a tensor of the given shape, in elements.
  func offset(in shape: Shape) -> Int {
    if sizes.contains(0) { return 0 }
    return zip(starts, shape.steps).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The distance between neighbours of the part in a tensor of the given shape.
  func distances(in shape: Shape) -> [Int] { zip(steps, shape.steps).map { $0 * $1 } }

  /// Whether the part lies in memory without gaps and in order.
  func isContiguous(in shape: Shape) -> Bool {
    guard let cut = sizes.indices.first(where: { sizes[$0] != 1 }) else { return true }
    if sizes[cut] > 1 && steps[cut] != 1 { return false }
    return sizes.indices.dropFirst(cut + 1).allSatisfy { sizes[$0] == shape[$0] && (steps[$0] == 1 || sizes[$0] == 1) }
  }
}

extension Tensor {
  /// The elements of a region. The gradient is put back into zeros.
  ///
  /// Regions without gaps share this tensor's memory.
  func sliced(_ region: Region, name: String = "slice") -> Tensor {
    let shape = shape
    let y: Tensor
    if region.isContiguous(in: shape) {
      y = viewed(offset: region.offset(in: shape), as: region.shape)
    } else {
      y = Tensor(uninitialized: region.shape, dtype)
      let start = pointer + region.offset(in: shape) * dtype.byteCount
      StridedCopy(sizes: region.sizes, reading: region.distances(in: shape), writing: y.shape.steps)
        .run(dtype, from: start, to: y.freshPointer)
    }
    return y.recorded(name, from: self) { _, _ in .each { gradient, _ in gradient.embedded(region, in: shape) } }
  }

  /// A tensor of the given shape that holds this one in a region and `fill` elsewhere. The gradient is sliced.
  func embedded(_ region: Region, in shape: Shape, fill: Double = 0, name: String = "embed") -> Tensor {
    var y = Tensor.full(shape, fill, dtype: dtype)
    y.write(self, to: region)
    return y.recorded(name, from: self) { _, _ in .each { gradient, _ in gradient.sliced(region) } }
  }

  /// Overwrites a region with a tensor of the region's shape, without recording.
  mutating func write(_ values: Tensor, to region: Region) {
    if values.count == 0 { return }
    let shape = shape
    let target = mutablePointer() + region.offset(in: shape) * dtype.byteCount
    StridedCopy(sizes: region.sizes, reading: values.shape.steps, writing: region.distances(in: shape))
      .run(dtype, from: values.pointer, to: target)
  }
}
