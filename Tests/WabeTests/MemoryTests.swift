import HeapCounts
import Testing
import Wabe

/// The step of training that the benchmark calls step-64x32.
private struct Step {
  var model: Sequential
  var optimizer = Adam(learningRate: 1e-3)
  let inputs: Tensor
  let targets: Tensor

  init() {
    var random = RandomSource(seed: 1)
    model = Sequential {
      Linear(2, 32, using: &random)
      tanh
      Linear(32, 32, using: &random)
      tanh
      Linear(32, 1, using: &random)
    }
    inputs = Tensor.uniform([64, 2], from: -1, to: 1, using: &random)
    targets = Tensor.bernoulli([64, 1], probability: 0.5, using: &random)
  }

  mutating func callAsFunction() {
    let (inputs, targets) = (inputs, targets)
    let (_, gradients) = valueWithGradient(at: &model) {
      binaryCrossEntropy(logits: $0(inputs), targets: targets)
    }
    optimizer.update(&model, with: gradients)
  }
}

// In processes of their own: the counts are those of the whole process.
@Suite(.serialized) struct MemoryTests {
  @Test("a step of training copies no tensor that it means to write")
  func copies() async {
    await #expect(processExitsWith: .success) {
      var step = Step()
      // The first step gives each parameter and memory its own storage.
      step()
      let before = MemoryCounts.current
      for _ in 0..<10 { step() }
      let after = MemoryCounts.current
      require(after.copies == before.copies, "copies: \(after.copies - before.copies) in ten steps")
      require(after.live == before.live, "storages: \(after.live - before.live) more after ten steps")
    }
  }

  @Test("a step of training takes at most 22 blocks of tensor memory")
  func tensorMemory() async {
    await #expect(processExitsWith: .success) {
      var step = Step()
      for _ in 0..<3 { step() }
      let before = MemoryCounts.current.allocations
      for _ in 0..<10 { step() }
      let count = MemoryCounts.current.allocations - before
      require(count <= 220, "tensor memory: \(count) blocks in ten steps")
    }
  }

  @Test("a step of training takes at most 40 blocks from the heap", .enabled(if: heap_blocks() >= 0))
  func heap() async {
    await #expect(processExitsWith: .success) {
      var step = Step()
      for _ in 0..<3 { step() }
      let before = heap_blocks()
      for _ in 0..<10 { step() }
      let count = heap_blocks() - before
      require(count >= 100, "heap: only \(count) blocks in ten steps: they are not counted")
      require(count <= 400, "heap: \(count) blocks in ten steps")
    }
  }
}
