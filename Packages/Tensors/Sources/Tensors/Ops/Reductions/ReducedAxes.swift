internal import TensorKernels

/// The axes that a reduction goes over, as the loops that its kernels run.
///
/// Neighbouring axes are merged. Where axes that are kept lie between those that are reduced, there are several loops,
/// one after the other.
struct ReducedAxes {
  /// The shape before.
  let full: Shape
  /// The shape with size 1 in place of the axes that are reduced.
  let kept: Shape
  /// The shape of the result.
  let result: Shape
  /// The number of elements that make one of the result.
  let size: Int
  /// The number of loops.
  private(set) var loopCount = 0
  private var inlineLoops = InlineArray<4, wabe_axes>(repeating: wabe_axes())

  /// All axes.
  init(all shape: Shape, keepDims: Bool) {
    self.init(shape, set: (1 << shape.rank) - 1, keepDims: keepDims)
  }

  /// One axis, where −1 is the last one.
  init(_ shape: Shape, axis: Int, for name: String, keepDims: Bool) {
    let axis = shape.axis(axis, for: name)
    full = shape
    kept = shape.replacing(axis: axis, with: 1)
    result = keepDims ? kept : shape.removing(axis: axis)
    let (outer, size, inner) = shape.split(at: axis)
    self.size = size
    append(wabe_axes(outer: outer, size: size, inner: inner))
  }

  /// Several axes; no axis at all leaves every element by itself.
  init(_ shape: Shape, axes: [Int], for name: String, keepDims: Bool) {
    var set = 0
    for axis in axes {
      let bit = 1 << shape.axis(axis, for: name)
      require(set & bit == 0, "\(name): axis \(axis) of \(shape) is given twice in \(axes)")
      set |= bit
    }
    self.init(shape, set: set, keepDims: keepDims)
  }

  /// The axes whose bit is in `set`.
  init(_ shape: Shape, set: Int, keepDims: Bool) {
    full = shape
    var kept = shape
    var sizes = InlineArray<8, Int>(repeating: 1)
    var rank = 0
    var reducedCount = 1
    for axis in 0..<shape.rank {
      if set & 1 << axis != 0 {
        kept[axis] = 1
        reducedCount *= shape[axis]
      } else {
        sizes[rank] = shape[axis]
        rank += 1
      }
    }
    self.kept = kept
    size = reducedCount
    result = keepDims ? kept : Shape(FirstSizes(sizes: sizes, endIndex: rank))
    findLoops(set)
  }

  /// From the last axis to the first, so that each loop works on what the one before has left.
  private mutating func findLoops(_ set: Int) {
    var inner = 1
    var axis = full.rank - 1
    while axis >= 0 {
      if set & 1 << axis == 0 {
        inner *= full[axis]
        axis -= 1
        continue
      }
      var size = 1
      while axis >= 0 && (set & 1 << axis != 0 || full[axis] == 1) {
        size *= full[axis]
        axis -= 1
      }
      var outer = 1
      for before in 0..<(axis + 1) { outer *= full[before] }
      append(wabe_axes(outer: outer, size: size, inner: inner))
    }
    if loopCount == 0 { append(wabe_axes(outer: full.elementCount, size: 1, inner: 1)) }
  }

  private mutating func append(_ loop: wabe_axes) {
    inlineLoops[loopCount] = loop
    loopCount += 1
  }

  /// Loop number `index`.
  subscript(index: Int) -> wabe_axes { inlineLoops[index] }
}

/// The first few of eight sizes, as a collection that costs no memory.
private struct FirstSizes: RandomAccessCollection {
  let sizes: InlineArray<8, Int>
  let endIndex: Int
  var startIndex: Int { 0 }
  subscript(axis: Int) -> Int { sizes[axis] }
}

extension Tensor {
  /// Applies a reduction kernel along the given axes; the result is not recorded.
  func reduced(_ kernel: Int, along axes: ReducedAxes) -> Tensor {
    var x = self
    for index in 0..<axes.loopCount {
      let loop = axes[index]
      let isLast = index == axes.loopCount - 1
      let shape = isLast ? axes.result : Shape(Int(loop.outer), Int(loop.inner))
      let y = Tensor(uninitialized: shape, Tensor.resultType(of: kernel, x.dtype))
      wabe_reduce(Int32(kernel), Int32(x.dtype.rawValue), x.pointer, y.freshPointer, loop)
      x = y
    }
    return x
  }

  /// Sums and products of integers have room: they are int64.
  private static func resultType(of kernel: Int, _ dtype: DType) -> DType {
    (kernel == WABE_SUM || kernel == WABE_PRODUCT) && !dtype.isFloatingPoint ? .int64 : dtype
  }

  /// Repeats a reduced tensor along the axes it was reduced along.
  func spread(along axes: ReducedAxes) -> Tensor { reshaped(to: axes.kept).broadcast(to: axes.full) }

  /// Stops the program where a result would be made of no elements.
  func requireElements(_ name: String, along axes: ReducedAxes) {
    require(
      axes.size > 0 || axes.result.elementCount == 0,
      "\(name): \(shape) has no elements along the axes to be reduced: leave empty batches out")
  }
}
