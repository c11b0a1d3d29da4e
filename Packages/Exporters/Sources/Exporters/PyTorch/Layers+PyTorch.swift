public import Layers

// Layers that are missing here have PyTorch's names and orientation: Conv2D, LayerNorm, GroupNorm, Embedding and
// ParametricReLU.

extension Linear: PyTorchNamed {
  /// The weight has a row per unit.
  public var pytorchTensors: [PyTorchTensor] { [PyTorchTensor("weight", as: "weight", isTransposed: true)] }
}

extension BatchNorm: PyTorchNamed {
  /// The running statistics; PyTorch also counts batches, which matters only where it averages over all of them.
  public var pytorchTensors: [PyTorchTensor] {
    [
      PyTorchTensor("runningMean", as: "running_mean"), PyTorchTensor("runningVariance", as: "running_var"),
      PyTorchTensor(onlyThere: "num_batches_tracked"),
    ]
  }
}

extension Dropout: PyTorchNamed {
  /// PyTorch has one random source for everything.
  public var pytorchTensors: [PyTorchTensor] { [PyTorchTensor(onlyHere: "randomState")] }
}

extension Recurrent: PyTorchNamed {
  /// The weights of all layers and directions side by side, with a row per unit; the gates are in the same order.
  public var pytorchTensors: [PyTorchTensor] {
    cells.indices.flatMap { cell -> [PyTorchTensor] in
      let layer = isBidirectional ? cell / 2 : cell
      let ending = "_l\(layer)" + (isBidirectional && cell % 2 == 1 ? "_reverse" : "")
      return [
        PyTorchTensor("cells.\(cell).inputWeight", as: "weight_ih" + ending, isTransposed: true),
        PyTorchTensor("cells.\(cell).recurrentWeight", as: "weight_hh" + ending, isTransposed: true),
        PyTorchTensor("cells.\(cell).inputBias", as: "bias_ih" + ending),
        PyTorchTensor("cells.\(cell).recurrentBias", as: "bias_hh" + ending),
      ]
    }
  }
}
