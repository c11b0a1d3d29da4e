internal import TensorKernels

/// Loops over the elements of a result that read operands with steps of their own.
///
/// Neighbouring axes that every operand walks evenly are merged, so that most loops have one or two levels.
struct Nest {
  private(set) var sizes: [Int]
  private(set) var steps: [[Int]]

  /// Loops over `result`, reading row-major operands whose shapes broadcast to it.
  init(result: Shape, _ operands: Shape...) {
    self.init(sizes: Array(result), steps: operands.map { Nest.steps(of: $0, in: result) })
  }

  /// Loops of the given sizes, with the steps of each operand per loop.
  init(sizes: [Int], steps: [[Int]]) {
    self.sizes = []
    self.steps = steps.map { _ in [] }
    for axis in sizes.indices where sizes[axis] != 1 {
      let merges =
        !self.sizes.isEmpty
        && zip(self.steps, steps).allSatisfy { merged, own in merged.last == own[axis] * sizes[axis] }
      if merges {
        self.sizes[self.sizes.count - 1] *= sizes[axis]
        for k in steps.indices { self.steps[k][self.steps[k].count - 1] = steps[k][axis] }
      } else {
        self.sizes.append(sizes[axis])
        for k in steps.indices { self.steps[k].append(steps[k][axis]) }
      }
    }
    if self.sizes.isEmpty {
      self.sizes = [sizes.isEmpty ? 1 : sizes[0]]
      for k in steps.indices { self.steps[k] = [0] }
    }
  }

  /// The element steps of a row-major operand along each axis of `result`, 0 where it is repeated.
  static func steps(of operand: Shape, in result: Shape) -> [Int] {
    var steps = Array(repeating: 0, count: result.rank)
    var step = 1
    for axis in operand.indices.reversed() {
      if operand[axis] != 1 { steps[axis + result.rank - operand.rank] = step }
      step *= operand[axis]
    }
    return steps
  }

  /// The same loops as the kernels take them.
  var kernelNest: wabe_nest {
    var nest = wabe_nest()
    nest.rank = Int32(sizes.count)
    for axis in sizes.indices {
      set(&nest.size, axis, sizes[axis])
      if steps.count > 0 { set(&nest.a, axis, steps[0][axis]) }
      if steps.count > 1 { set(&nest.b, axis, steps[1][axis]) }
      if steps.count > 2 { set(&nest.c, axis, steps[2][axis]) }
    }
    return nest
  }

  /// Writes one entry of a C array, which Swift sees as a tuple.
  private func set<Tuple>(_ tuple: inout Tuple, _ index: Int, _ value: Int) {
    withUnsafeMutableBytes(of: &tuple) { $0.storeBytes(of: value, toByteOffset: index * 8, as: Int.self) }
  }
}
