import Testing
import Wabe

@Suite(.serialized) struct MemoryTests {
  @Test("a step of training copies no tensor that it means to write")
  func copies() async {
    // In a process of its own: the counts are those of the whole process.
    await #expect(processExitsWith: .success) {
      var random = RandomSource(seed: 1)
      var model = Sequential {
        Linear(2, 32, using: &random)
        tanh
        Linear(32, 32, using: &random)
        tanh
        Linear(32, 1, using: &random)
      }
      var optimizer = Adam(learningRate: 1e-3)
      let inputs = Tensor.uniform([64, 2], from: -1, to: 1, using: &random)
      let targets = Tensor.bernoulli([64, 1], probability: 0.5, using: &random)
      func step() {
        let (_, gradients) = valueWithGradient(at: &model) {
          binaryCrossEntropy(logits: $0(inputs), targets: targets)
        }
        optimizer.update(&model, with: gradients)
      }
      // The first step gives each parameter and memory its own storage.
      step()
      let before = MemoryCounts.current
      for _ in 0..<10 { step() }
      let after = MemoryCounts.current
      require(after.copies == before.copies, "copies: \(after.copies - before.copies) in ten steps")
      require(after.live == before.live, "storages: \(after.live - before.live) more after ten steps")
    }
  }
}
