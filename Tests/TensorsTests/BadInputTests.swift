import Tensors
import Testing

/// Mistakes in a program stop it with one sentence that says what differs and what to do, in release builds too.
@Suite("Bad input")
struct BadInputTests {
  private func expect(_ result: ExitTest.Result?, says text: String) {
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains(text), "\(output)")
  }

  @Test("matmul names both shapes and the inner sizes")
  func matmul() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([64, 2]).matmul(Tensor.zeros([3, 32]))
    }
    expect(result, says: "matmul: [64, 2] × [3, 32]")
  }

  @Test("broadcasting names the operation and both shapes")
  func broadcasting() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3]) + Tensor.zeros([4])
    }
    expect(result, says: "add: shapes [4, 3] and [4] do not fit together")
  }

  @Test("an axis that is not there is named with those that are")
  func axis() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3]).sum(axis: 2)
    }
    expect(result, says: "sum: [4, 3] has no axis 2: give one from -2 to 1")
  }

  @Test("different types are not mixed")
  func types() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([2]) * Tensor.zeros([2], dtype: .float64)
    }
    expect(result, says: "multiply: float32[2] and float64[2] hold different types: convert one with cast(to:)")
  }

  @Test("an index out of range is named with its axis, size and range")
  func index() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3])[1, 3]
    }
    expect(result, says: "subscript: index 3 is out of range for axis 1 of shape [4, 3]: give one from -3 to 2")
  }

  @Test("too many indices are counted")
  func indices() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3])[0, 0, 0]
    }
    expect(result, says: "subscript: 3 indices for a tensor of shape [4, 3], which has 2 axes")
  }

  @Test("an index tensor's first bad element is named with its position")
  func lookup() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3]).taking([0, 1, -5])
    }
    expect(result, says: "taking: index -5 at position 2 is out of range for axis 0 of shape [4, 3]")
  }

  @Test("reshaping names both numbers of elements")
  func reshaping() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4, 3]).reshaped(to: [5, 2])
    }
    expect(result, says: "reshaped: [4, 3] has 12 elements and [5, 2] would have 10")
  }

  @Test("a ragged literal says at which depth")
  func raggedness() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor([[1, 2], [3]])
    }
    expect(result, says: "Tensor: the literal is ragged: at depth 1 one list has 2 elements and another has 1")
  }

  @Test("a shape beyond counting is a sentence, not a wrap-around")
  func counting() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1 << 40, 1 << 40])
    }
    expect(result, says: "shape: [1099511627776, 1099511627776] has more elements than this machine can count")
  }

  @Test("a shape beyond memory is a sentence, not a crash in a kernel")
  func memory() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([1 << 45], dtype: .float64)
    }
    expect(result, says: "memory: a float64 tensor of shape [35184372088832] does not fit")
  }

  @Test("repeating and padding beyond counting are sentences")
  func overflow() async {
    let tiled = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4]).tiled([Int.max / 2])
    }
    expect(tiled, says: "tiled: axis 0 of [4], repeated 4611686018427387903 times, is longer than can be counted")
    let padded = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Tensor.zeros([4]).padded([(Int.max, 1)])
    }
    expect(padded, says: "padded: axis 0 of [4] with 9223372036854775807 and 1 more is longer than can be counted")
  }

  @Test("a value of another type is not assigned to a part")
  func assignment() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var x = Tensor.zeros([4], dtype: .int64)
      x[0] = Tensor(1.5)
    }
    expect(result, says: "subscript: float32 cannot be assigned to a part of a int64 tensor: use cast(to: .int64)")
  }
}
