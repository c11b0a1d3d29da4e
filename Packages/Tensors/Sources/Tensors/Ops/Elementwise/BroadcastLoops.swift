internal import TensorKernels

extension wabe_nest {
  /// The loops over a result whose row-major operands are broadcast to it, without allocating memory.
  ///
  /// Neighbouring axes that all operands walk evenly become one loop, so that most nests have one or two levels.
  init(over result: Shape, _ a: Shape, _ b: Shape, _ c: Shape = []) {
    self.init()
    var loops = BroadcastLoops()
    var strides: BroadcastLoops.Steps = (1, 1, 1)
    for axis in stride(from: result.rank - 1, through: 0, by: -1) {
      let fromEnd = result.rank - axis
      let steps = (
        BroadcastLoops.step(of: a, fromEnd, &strides.a), BroadcastLoops.step(of: b, fromEnd, &strides.b),
        BroadcastLoops.step(of: c, fromEnd, &strides.c)
      )
      loops.enclose(in: result[axis], steps)
    }
    loops.store(in: &self)
  }
}

/// Loops that are being nested, the innermost first.
private struct BroadcastLoops {
  typealias Steps = (a: Int, b: Int, c: Int)

  private var count = 0
  private var sizes = InlineArray<8, Int>(repeating: 1)
  private var steps = InlineArray<8, Steps>(repeating: (0, 0, 0))

  /// How far apart an operand's elements lie along its axis number `fromEnd`, counted from the last one as 1.
  static func step(of operand: Shape, _ fromEnd: Int, _ stride: inout Int) -> Int {
    guard fromEnd <= operand.rank else { return 0 }
    let size = operand[operand.rank - fromEnd]
    if size == 1 { return 0 }
    defer { stride *= size }
    return stride
  }

  /// Adds a loop around all others, or lengthens the outermost one where the steps go on evenly.
  mutating func enclose(in size: Int, _ step: Steps) {
    if size == 1 { return }
    if count > 0 {
      let (length, outermost) = (sizes[count - 1], steps[count - 1])
      if step == (outermost.a * length, outermost.b * length, outermost.c * length) {
        sizes[count - 1] = length * size
        return
      }
    }
    sizes[count] = size
    steps[count] = step
    count += 1
  }

  /// Writes the loops as the kernels take them, the outermost first.
  func store(in nest: inout wabe_nest) {
    let count = Swift.max(count, 1)
    nest.rank = Int32(count)
    for level in 0..<count {
      let offset = (count - 1 - level) * MemoryLayout<Int>.stride
      withUnsafeMutableBytes(of: &nest.size) { $0.storeBytes(of: sizes[level], toByteOffset: offset, as: Int.self) }
      withUnsafeMutableBytes(of: &nest.a) { $0.storeBytes(of: steps[level].a, toByteOffset: offset, as: Int.self) }
      withUnsafeMutableBytes(of: &nest.b) { $0.storeBytes(of: steps[level].b, toByteOffset: offset, as: Int.self) }
      withUnsafeMutableBytes(of: &nest.c) { $0.storeBytes(of: steps[level].c, toByteOffset: offset, as: Int.self) }
    }
  }
}
