import Checkpoints
import Exporters
import Files
import Modules
import Tensors

/// A perceptron as a user writes one.
struct Perceptron: Layer {
  var hidden: Tensor
  var bias: Tensor
  var output: Tensor

  init(_ numbers: inout Numbers) {
    hidden = Tensor(numbers.next(32), shape: [4, 8])
    bias = Tensor(numbers.next(8))
    output = Tensor(numbers.next(24), shape: [8, 3])
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    softmax(linear(linear(x, hidden, bias, activation: .tanh), output))
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("hidden", &hidden)
    visitor.parameter("bias", &bias)
    visitor.parameter("output", &output)
  }
}

/// Normalization with running statistics, written out, and a mixture of other operations.
struct Mixture: Layer {
  var weight: Tensor
  var mean: Tensor
  var variance: Tensor

  init(_ numbers: inout Numbers) {
    weight = Tensor(numbers.next(24), shape: [6, 4])
    mean = Tensor(numbers.next(4))
    variance = Tensor(numbers.next(4).map { $0 * $0 + 0.1 })
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    let normalized = (x - mean) / sqrt(variance + 1e-5)
    let mixed = relu(normalized.matmul(weight, transposeB: true)) * 0.5 + sigmoid(x.sum(axis: 1, keepDims: true))
    let groups = mixed.reshaped(to: [-1, 2, 3])
    return groups.mean(axis: 2) - softplus(groups.max(axis: 2)) * 2 + 1 / (square(groups).sum(axis: 2) + 1)
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.buffer("mean", &mean)
    visitor.buffer("variance", &variance)
  }
}

/// Exports a model and what it computes on 100 inputs.
func writeTraced(_ model: some Layer, inputs: Tensor, as name: String, in folder: String) throws {
  try OnnxModel(tracing: model, on: inputs, name: name).write(to: "\(folder)/\(name).onnx")
  let output = model.predict(inputs)
  let pair = [("input", inputs), ("output", output)].map { name, tensor in
    NamedArray(
      name: name, type: .float32, shape: Array(tensor.shape), elements: tensor.scalars(as: Float.self))
  }
  try NumpyFile.write(pair, to: "\(folder)/\(name).traced.npz")
}

/// Every model whose graph is found by running it.
func writeTracedModels(_ numbers: inout Numbers, in folder: String) throws {
  let inputs = Tensor(numbers.next(400).map { 3 * $0 }, shape: [100, 4])
  try writeTraced(Perceptron(&numbers), inputs: inputs, as: "perceptron", in: folder)
  try writeTraced(Mixture(&numbers), inputs: inputs, as: "mixture", in: folder)
}

/// A checkpoint with everything in it; `Scripts/fixtures/checkpoint_golden` keeps one for each version of the format.
func writeCheckpoint(_ numbers: inout Numbers, in folder: String) throws {
  var progress = Progress(epoch: 3, step: 120, score: 0.25, random: RandomSource(seed: 7))
  try progress.keep([0.5, 0.25], as: "curve")
  try Checkpoint.save(Perceptron(&numbers), to: "\(folder)/golden.h5", at: progress)
}
