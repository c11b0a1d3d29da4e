import Checkpoints
import FileFaults
import Modules
import Optimizers
import Tensors
import Testing

private struct Model: Module {
  var weight = Tensor((0..<24).map { Float($0) / 24 }, shape: [8, 3])
  var bias = Tensor.zeros([3])

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}

@Suite struct ResumeOptimizersTests {
  private func train<Rule>(
    _ model: inout Model, _ optimizer: inout Optimizer<Rule>, _ random: inout RandomSource, steps: Int
  ) {
    for _ in 0..<steps {
      let inputs = Tensor.normal([16, 8], using: &random)
      let targets = Tensor.normal([16, 3], using: &random)
      let (_, gradients) = valueWithGradient(at: &model) { model in
        square(linear(inputs, model.weight, model.bias) - targets).mean()
      }
      optimizer.update(&model, with: gradients)
    }
  }

  /// Compares a training that is cut, saved and loaded into new values with one that is not.
  private func check<Rule>(_ name: String, _ make: () -> Optimizer<Rule>) throws {
    for cut in [0, 1, 13] {
      let parent = try TemporaryFolder()
      let folder = CheckpointFolder(parent.path)
      var (model, optimizer, random) = (Model(), make(), RandomSource(seed: 3))
      train(&model, &optimizer, &random, steps: 20)

      var (half, halfOptimizer, halfRandom) = (Model(), make(), RandomSource(seed: 3))
      halfOptimizer.prepare(for: &half)
      train(&half, &halfOptimizer, &halfRandom, steps: cut)
      try folder.save(half, halfOptimizer, at: Progress(epoch: cut, random: halfRandom))

      var (resumed, resumedOptimizer) = (Model(), make())
      let progress = try folder.loadNewest(into: &resumed, &resumedOptimizer)
      var resumedRandom = try progress.random
      train(&resumed, &resumedOptimizer, &resumedRandom, steps: 20 - cut)
      #expect(bytes(of: resumed) == bytes(of: model), "\(name), cut after \(cut)")
      #expect(bytes(of: resumedOptimizer) == bytes(of: optimizer), "\(name), cut after \(cut)")
      #expect(resumedOptimizer.step == 20)
    }
    print("PROMISE D3 optimizer=\(name) cuts=3 different=0")
  }

  @Test("a training resumed from a file continues bit for bit, with every optimizer and a schedule")
  func resume() throws {
    let schedule = Schedule.cosine(from: 0.05, over: 20)
    try check("SGD") { SGD(schedule: schedule, momentum: 0.9) }
    try check("Adagrad") { Adagrad(schedule: schedule) }
    try check("RMSProp") { RMSProp(schedule: schedule) }
    try check("Adam") { Adam(schedule: schedule) }
    try check("AdamW") { AdamW(schedule: schedule) }
    try check("Adamax") { Adamax(schedule: schedule) }
    try check("NAdam") { NAdam(schedule: schedule) }
  }
}
