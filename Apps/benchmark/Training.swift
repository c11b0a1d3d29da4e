internal import Layers
internal import Losses
internal import Modules
internal import Optimizers
internal import Tensors

/// One step of training through the public interface, exactly as a program writes it.
var trainingWorkloads: [Workload] {
  [
    step("step-64x32", "MLP 2-32-32-1, batch 64, Adam", widths: [2, 32, 32, 1], batch: 64),
    step("step-1000x32", "the same, batch 1000", widths: [2, 32, 32, 1], batch: 1000),
    step("step-128x512", "MLP 784-512-512-1, batch 128, Adam", widths: [784, 512, 512, 1], batch: 128),
    Workload(name: "step-addition", unit: .microseconds, work: "net 2-2-1 ReLU, squared error, SGD, batch 1") {
      var random = RandomSource(seed: 1)
      var model = Sequential {
        Linear(2, 2, using: &random)
        relu
        Linear(2, 1, using: &random)
      }
      var optimizer = SGD(learningRate: 1e-3)
      let inputs = Tensor([[0.3, 0.4]])
      let targets = Tensor([[0.7]])
      return {
        let (_, gradients) = valueWithGradient(at: &model) {
          squaredError(predictions: $0(inputs), targets: targets)
        }
        optimizer.update(&model, with: gradients)
      }
    },
    Workload(name: "allocations", unit: .count, work: "blocks of tensor memory taken in one step-64x32") {
      memoryCounts().allocations
    },
    Workload(name: "copies", unit: .count, work: "copies of shared tensor memory in one step-64x32") {
      memoryCounts().copies
    },
  ]
}

private func step(_ name: String, _ work: String, widths: [Int], batch: Int) -> Workload {
  Workload(name: name, unit: .microseconds, work: work) { trainingStep(widths: widths, batch: batch) }
}

/// One step of an MLP with tanh: the mean cross-entropy of logits, its gradient, Adam.
func trainingStep(widths: [Int], batch: Int) -> () -> Void {
  var random = RandomSource(seed: 1)
  var model = Sequential {
    for (inputs, outputs) in zip(widths, widths.dropFirst()).dropLast() {
      Linear(inputs, outputs, using: &random)
      tanh
    }
    Linear(widths[widths.count - 2], widths[widths.count - 1], using: &random)
  }
  var optimizer = Adam(learningRate: 1e-3)
  let inputs = Tensor.uniform([batch, widths[0]], from: -1, to: 1, using: &random)
  let targets = Tensor.bernoulli([batch, 1], probability: 0.5, using: &random)
  return {
    let (_, gradients) = valueWithGradient(at: &model) {
      binaryCrossEntropy(logits: $0(inputs), targets: targets)
    }
    optimizer.update(&model, with: gradients)
  }
}

/// How often one step-64x32 takes and copies tensor memory, once it is warm.
private func memoryCounts() -> (allocations: Double, copies: Double) {
  let step = trainingStep(widths: [2, 32, 32, 1], batch: 64)
  for _ in 0..<3 { step() }
  let before = MemoryCounts.current
  for _ in 0..<100 { step() }
  let after = MemoryCounts.current
  return (Double(after.allocations - before.allocations) / 100, Double(after.copies - before.copies) / 100)
}
