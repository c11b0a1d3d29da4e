import Checkpoints
import FileFaults
import Modules
import Tensors
import Testing

/// Training that uses everything a resumed run must restore: weights, memory, step count, noise and shuffling.
private struct Run {
  /// Momentum as an optimizer keeps it: made when it is first needed.
  struct Momentum: Companion {
    var velocity: Tensor?
    var steps = Tensor([Int64(0)])

    mutating func prepare<Model: Module>(for model: inout Model) {
      if velocity == nil { velocity = Tensor.zeros(model.state[0].value.shape) }
    }

    mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("velocity", &velocity)
      visitor.buffer("steps", &steps)
    }
  }

  struct Model: Module {
    var weight = Tensor.zeros([8, 3])

    mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("weight", &weight) }
  }

  var model = Model()
  var optimizer = Momentum()
  var random = RandomSource(seed: 7)
  var epoch = 0
  var curve: [Double] = []

  mutating func trainEpoch() {
    let inputs = Tensor.normal([16, 8], using: &random)
    let order = (0..<16).shuffled(using: &random)
    let targets = Tensor(order.flatMap { [Float($0), 1, -1] }, shape: [16, 3])
    let error = inputs.matmul(model.weight) - targets
    let gradient = inputs.matmul(error, transposeA: true) * (1.0 / 16)
    optimizer.prepare(for: &model)
    let velocity = (optimizer.velocity ?? gradient) * 0.9 + gradient
    optimizer.velocity = velocity
    optimizer.steps = optimizer.steps + 1
    model.weight = model.weight - velocity * (0.05 / Double(1 + epoch))
    curve.append(square(error).mean().scalar)
    epoch += 1
  }
}

@Suite struct ResumeTests {
  @Test("a resumed run continues bit for bit, wherever it was cut", arguments: [0, 1, 7, 19])
  func resume(cut: Int) throws {
    let parent = try TemporaryFolder()
    let folder = CheckpointFolder(parent.path)
    var undisturbed = Run()
    for _ in 0..<20 { undisturbed.trainEpoch() }

    var before = Run()
    before.optimizer.prepare(for: &before.model)
    for _ in 0..<cut { before.trainEpoch() }
    var progress = Progress(epoch: before.epoch, random: before.random)
    try progress.keep(before.curve, as: "curve")
    try folder.save(before.model, before.optimizer, at: progress)

    var resumed = Run()
    resumed.random = RandomSource(seed: 99)
    let loaded = try folder.loadNewest(into: &resumed.model, &resumed.optimizer)
    resumed.epoch = loaded.epoch
    resumed.random = try loaded.random
    resumed.curve = try loaded.value("curve")
    while resumed.epoch < 20 { resumed.trainEpoch() }
    #expect(bytes(of: resumed.model) == bytes(of: undisturbed.model))
    #expect(bytes(of: resumed.optimizer) == bytes(of: undisturbed.optimizer))
    #expect(resumed.curve == undisturbed.curve && resumed.random == undisturbed.random)
    print("PROMISE D3 cut=\(cut) different=0")
  }
}
