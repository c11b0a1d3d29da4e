import Checkpoints
import Exporters
import Files
import Layers
import Modules
import Tensors

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
  let pair = [NamedArray(inputs, name: "input"), NamedArray(model.predict(inputs), name: "output")]
  try NumpyFile.write(pair, to: "\(folder)/\(name).traced.npz")
}

/// Every model whose graph is found by running it.
func writeTracedModels(_ numbers: inout Numbers, in folder: String) throws {
  var random = RandomSource(seed: 11)
  let rows = Tensor.normal([100, 4], using: &random) * 2
  let images = Tensor.normal([100, 1, 10, 9], using: &random)
  let series = Tensor.normal([100, 6, 3], using: &random)
  func write(_ model: some Layer, _ inputs: Tensor, _ name: String) throws {
    try writeTraced(model, inputs: inputs, as: name, in: folder)
  }
  try write(
    LastTime(LSTM(3, 5, layers: 2, bidirectional: true, using: &random), Linear(10, 2, using: &random)), series,
    "lstm-last")
  try write(Mixer(using: &random), Tensor.normal([100, 3, 5], using: &random), "by-hand")
  try write(Mixture(&numbers), rows, "mixture")
  try write(Activations(), rows, "activations")
  try write(
    Sequential {
      Conv2D(1, 4, kernel: 3, padding: 2, dilation: 2, using: &random)
      GroupNorm(groups: 2, 4)
      ParametricReLU(4)
      Conv2D(4, 8, kernel: 1, groups: 4, using: &random)
      MaxPool2D(3, stride: 2, padding: 1)
      Conv2D(8, 2, kernel: 3, stride: 2, groups: 2, using: &random)
    }, images, "convolution-groups")
}

/// The networks in every format that holds networks, with what they compute.
func writeNetworks(in folder: String) throws {
  var random = RandomSource(seed: 12)
  for network in Network.all(using: &random) {
    let name = "\(folder)/\(network.name)"
    try writeTraced(network.model, inputs: network.inputs, as: network.name, in: folder)
    try SafetensorsFile(network.model).write(to: name + ".safetensors")
    let keras = try KerasModel(network.model, inputShape: Array(network.inputs.shape.dropFirst()))
    try keras.write(to: name + ".keras")
    try keras.writeWeights(to: name + ".weights.h5")
  }
}

/// Reads what other libraries wrote for the same networks, and compares what they computed with it.
func readNetworks(in folder: String) throws -> Bool {
  var random = RandomSource(seed: 13)
  var isGood = true
  for network in Network.all(using: &random) {
    for (ending, kind) in [(".back.safetensors", "safetensors"), (".back.weights.h5", "keras weights")] {
      var model = network.model
      let path = "\(folder)/\(network.name)\(ending)"
      if kind == "safetensors" {
        try SafetensorsFile.load(path, into: &model)
      } else {
        try KerasModel.loadWeights(path, into: &model, inputShape: Array(network.inputs.shape.dropFirst()))
      }
      let arrays = try NumpyFile.readArrays(from: "\(path).npz")
      guard let inputs = try arrays.first(where: { $0.name == "input" })?.tensor(path: path),
        let expected = try arrays.first(where: { $0.name == "output" })?.tensor(path: path)
      else { throw LoadError.notFound(path: "\(path).npz") }
      let worst = abs(model.predict(inputs) - expected).max().scalar
      isGood = isGood && worst <= 1e-6
      print("INTEROP \(kind) read, \(network.name) worst=\(worst) \(worst <= 1e-6 ? "ok" : "FAILED")")
    }
  }
  return isGood
}

/// A checkpoint with everything in it; `Scripts/fixtures/checkpoint_golden` keeps one for each version of the format.
func writeCheckpoint(_ numbers: inout Numbers, in folder: String) throws {
  var progress = Progress(epoch: 3, step: 120, score: 0.25, random: RandomSource(seed: 7))
  try progress.keep([0.5, 0.25], as: "curve")
  try Checkpoint.save(Perceptron(&numbers), to: "\(folder)/golden.h5", at: progress)
}
