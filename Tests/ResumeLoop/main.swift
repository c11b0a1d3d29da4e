// Trains with a checkpoint after every step, goes on where an earlier process stopped, and prints a hash of every bit.
//
// usage: resume-loop <folder> <first-order | newton | lbfgs> <steps> [<steps after which to stop, as if switched off>]

import Checkpoints
import Datasets
import Files
import Glibc
import Layers
import Losses
import Modules
import Optimizers
import Tensors

guard CommandLine.arguments.count >= 4, let steps = Int(CommandLine.arguments[3]) else { exit(64) }
let folder = CheckpointFolder(CommandLine.arguments[1])
let end = CommandLine.arguments.count > 4 ? min(Int(CommandLine.arguments[4]) ?? steps, steps) : steps

/// Everything a training consists of: it is made anew by every process, and then takes over what was saved.
struct Run<Learner: Companion> {
  var model: Sequential
  var learner: Learner
  var random = RandomSource(seed: 7)
  var batches: Batches
  var losses: [Double] = []
  let data: Samples

  init(_ learner: Learner, dtype: DType, _ layers: (inout RandomSource) -> Sequential) {
    var source = RandomSource(seed: 5)
    let inputs = Tensor.normal([50, 4], dtype: dtype, using: &source)
    data = Samples(inputs: inputs, targets: (inputs.sum(axis: 1) .> 0).cast(to: .int64))
    model = layers(&source).cast(to: dtype)
    self.learner = learner
    batches = data.batches(of: 8, using: &random)
  }

  /// Takes over the newest checkpoint, if there is one.
  mutating func resume() throws {
    if folder.steps.isEmpty { return }
    let progress = try folder.loadNewest(into: &model, &learner)
    random = try progress.random
    batches = data.batches(resuming: try progress.value("batches"))
    losses = try progress.value("losses")
  }

  /// The next batch, of a new epoch where the last one is over.
  mutating func batch() -> Batch {
    while true {
      if let batch = batches.next() { return batch }
      batches = data.batches(of: 8, using: &random)
    }
  }

  mutating func train(_ step: (inout Run) throws -> Double) throws {
    learner.prepare(for: &model)
    while losses.count < end {
      losses.append(try step(&self))
      var progress = Progress(epoch: 0, step: losses.count, random: random)
      try progress.keep(batches.state, as: "batches")
      try progress.keep(losses, as: "losses")
      try folder.save(model, learner, at: progress)
    }
    // FNV-1a over every bit of the model, of what the optimizer remembers, and of the losses.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    for entry in model.state + learner.state { entry.value.withUnsafeBytes { $0.forEach(add) } }
    for loss in losses { withUnsafeBytes(of: loss) { $0.forEach(add) } }
    print("step \(losses.count) hash \(String(hash, radix: 16))")
  }
}

/// An optimizer whose rate a plateau lowers.
struct Plateaued: Companion {
  var optimizer = Adam(schedule: .cosine(from: 0.05, over: 60))
  var plateau = ReduceOnPlateau(factor: 0.5, patience: 2)

  mutating func prepare<Model: Module>(for model: inout Model) { optimizer.prepare(for: &model) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("optimizer", &optimizer)
    visitor.child("plateau", &plateau)
  }
}

/// Newton's method remembers nothing.
struct Memoryless: Companion {
  mutating func prepare<Model: Module>(for model: inout Model) {}
  mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

func small(_ random: inout RandomSource) -> Sequential {
  Sequential {
    Linear(4, 3, using: &random)
    tanh
    Linear(3, 2, using: &random)
  }
}

do {
  switch CommandLine.arguments[2] {
  case "first-order":
    var run = Run(Plateaued(), dtype: .float32) { random in
      Sequential {
        Linear(4, 16, using: &random)
        BatchNorm(16)
        relu
        Dropout(0.3, using: &random)
        Linear(16, 2, using: &random)
      }
    }
    try run.resume()
    try run.train { run in
      let batch = run.batch()
      let (loss, gradients) = valueWithGradient(at: &run.model) {
        crossEntropy(logits: $0(batch.inputs), targets: batch.targets)
      }
      run.learner.optimizer.update(&run.model, with: gradients)
      run.learner.optimizer.learningRateFactor = run.learner.plateau.observe(loss.scalar)
      return loss.scalar
    }
  case "newton":
    var run = Run(Memoryless(), dtype: .float64, small)
    try run.resume()
    try run.train { run in
      let batch = run.batch()
      return try Newton.saddleFree().update(&run.model) {
        crossEntropy(logits: $0(batch.inputs), targets: batch.targets)
      }.loss
    }
  case "lbfgs":
    var run = Run(LBFGS(memory: 5), dtype: .float64, small)
    try run.resume()
    try run.train { run in
      run.learner.update(&run.model) { [data = run.data] in
        crossEntropy(logits: $0(data.inputs), targets: data.targets)
      }.loss
    }
  default: exit(64)
  }
} catch {
  print("resume-loop: \(error)")
  exit(74)
}
