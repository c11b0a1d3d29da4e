import Testing
import Wabe

/// The program that the README shows, and what it promises.
@Suite struct SampleProgramTests {
  @Test("the README's program separates the double ring", arguments: [7, 8, 9] as [UInt64])
  func sample(seed: UInt64) {
    var random = RandomSource(seed: seed)
    let (train, test) = DoubleRing(count: 512, using: &random).split(0.8, using: &random)
    var model = Sequential {
      Linear(2, 32, using: &random)
      tanh
      Linear(32, 1, using: &random)
    }
    var optimizer = Adam(learningRate: 1e-2)
    for _ in 1...100 {
      for batch in train.batches(of: 64, using: &random) {
        let (_, gradients) = valueWithGradient(at: &model) {
          binaryCrossEntropy(logits: $0(batch.inputs), targets: batch.targets)
        }
        optimizer.update(&model, with: gradients)
      }
    }
    #expect(accuracy(of: model.predict(test.inputs), against: test.targets) >= 0.98)
  }
}
