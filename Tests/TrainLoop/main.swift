// Trains a network with dropout and shuffling for 1,000 steps, and prints a hash of every bit that came out.
//
// usage: train-loop <seed>

import Datasets
import Modules
import Optimizers
import Tensors
import Training

/// 784-128-10, large enough that products are divided among threads, with dropout between the layers.
struct Network: Layer {
  var first: Tensor
  var firstBias = Tensor.zeros([128])
  var second: Tensor
  var secondBias = Tensor.zeros([10])
  var random: RandomSource

  init(using random: inout RandomSource) {
    first = Tensor.normal([784, 128], deviation: 0.05, using: &random)
    second = Tensor.normal([128, 10], deviation: 0.1, using: &random)
    self.random = random.split()
  }

  mutating func callAsFunction(_ input: Tensor) -> Tensor {
    let hidden = relu(input.reshaped(to: [input.shape[0], 784]).matmul(first) + firstBias)
    let kept = Tensor.bernoulli(hidden.shape, probability: 0.8, using: &random).cast(to: .float32) / 0.8
    return (hidden * kept).matmul(second) + secondBias
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("first", &first)
    visitor.parameter("firstBias", &firstBias)
    visitor.parameter("second", &second)
    visitor.parameter("secondBias", &secondBias)
  }
}

var random = RandomSource(seed: CommandLine.arguments.count > 1 ? Int(CommandLine.arguments[1]) ?? 0 : 0)
let data = Glyphs(count: 640, using: &random)
let hot = Tensor((0..<10).map { Int64($0) })
let targets = (data.targets.unsqueezed(axis: 1) .== hot).cast(to: .float32)
let samples = Samples(inputs: data.inputs, targets: targets)
var trainer = Trainer(
  Network(using: &random), SGD(learningRate: 0.05, momentum: 0.9),
  loss: { predictions, targets in
    let error = predictions - targets
    return (error * error).mean()
  })
var losses: [Double] = []
do {
  for _ in 1...100 { losses.append(try trainer.epoch(samples.batches(of: 64, using: &random)).loss) }
} catch {
  fatalError("\(error)")
}

// FNV-1a over the bits of all parameters and losses.
var hash: UInt64 = 0xcbf2_9ce4_8422_2325
for value in trainer.model.state.flatMap(\.value.scalars) + losses {
  hash = (hash ^ value.bitPattern) &* 0x100_0000_01b3
}
print(String(hash, radix: 16), trainer.optimizer.step, losses[99] < losses[0])
