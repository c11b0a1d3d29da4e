internal import TensorKernels

/// A copy between two layouts: nested loops with a step, in elements, on either side.
///
/// Slices, permutations, flips, concatenations and padding are all this copy.
struct StridedCopy {
  private var nest = wabe_nest()

  /// Loops of the given sizes, outermost first.
  init(sizes: some Collection<Int>, reading: [Int], writing: [Int]) {
    let rank = sizes.count
    nest.rank = Int32(rank)
    withUnsafeMutableBytes(of: &nest.size) { for (axis, size) in sizes.enumerated() { $0.store(size, axis) } }
    withUnsafeMutableBytes(of: &nest.a) { for axis in 0..<rank { $0.store(reading[axis], axis) } }
    withUnsafeMutableBytes(of: &nest.b) { for axis in 0..<rank { $0.store(writing[axis], axis) } }
  }

  /// Copies; both pointers are to the elements at which all loops begin.
  func run(_ dtype: DType, from x: UnsafeRawPointer, to y: UnsafeMutableRawPointer) {
    withUnsafePointer(to: nest) { wabe_copy_strided(Int32(dtype.byteCount), $0, x, y) }
  }
}

extension UnsafeMutableRawBufferPointer {
  fileprivate func store(_ value: Int, _ index: Int) {
    storeBytes(of: value, toByteOffset: index * MemoryLayout<Int>.stride, as: Int.self)
  }
}

extension Shape {
  /// The number of elements between neighbours along each axis.
  var steps: [Int] {
    var steps = Array(repeating: 1, count: rank)
    for axis in indices.dropLast().reversed() { steps[axis] = steps[axis + 1] * self[axis + 1] }
    return steps
  }
}
