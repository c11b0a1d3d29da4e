// Trains a network with dropout and shuffling for 1,000 steps, and prints a hash of every bit that came out; in the
// second line, how many parts of large operations a second thread has done.
//
// usage: train-loop <seed>

import Datasets
import Layers
import Losses
import Modules
import Optimizers
import Tensors
import Training

var random = RandomSource(seed: CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 0)
let data = Glyphs(count: 640, using: &random)
// 784-128-10 at 64 examples: the products are large enough to be divided among threads.
let model = Sequential {
  Flatten()
  Dropout(0.1, using: &random)
  Linear(784, 128, using: &random)
  relu
  Dropout(0.3, using: &random)
  Linear(128, 10, using: &random)
}
var trainer = Trainer(model, Adam(learningRate: 1e-3), loss: { crossEntropy(logits: $0, targets: $1) })
var losses: [Double] = []
do {
  for _ in 1...100 { losses.append(try trainer.epoch(data.batches(of: 64, using: &random)).loss) }
} catch {
  fatalError("\(error)")
}

/// FNV-1a.
struct Hash {
  var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
  }
}

// The parameters, the states of the dropouts, Adam's moments and the losses.
var hash = Hash()
for entry in trainer.model.state + trainer.optimizer.state { entry.value.withUnsafeBytes { hash.add($0) } }
losses.withUnsafeBytes { hash.add($0) }
print(String(hash.value, radix: 16), trainer.optimizer.step, losses[99] < losses[0] / 4)
print(Engine.threads, Engine.helpedParts)
