import Layers
import Modules
import Tensors

/// A recurrent network that is read at its last time, and a linear map from there.
struct LastTime<Cell: RecurrentCell>: Layer {
  var recurrent: Recurrent<Cell>
  var head: Linear

  init(_ recurrent: Recurrent<Cell>, _ head: Linear) {
    self.recurrent = recurrent
    self.head = head
  }

  func callAsFunction(_ x: Tensor) -> Tensor { head(recurrent(x)[.all, -1]) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("recurrent", &recurrent)
    visitor.child("head", &head)
  }
}

/// A model written by hand, with a residual branch, normalization over features and a sum over times.
struct Mixer: Layer {
  var entry: Linear
  var block: Residual
  var norm: LayerNorm
  var scale: Tensor

  init(using random: inout RandomSource) {
    entry = Linear(5, 8, using: &random)
    block = Residual {
      LayerNorm(8)
      Linear(8, 16, using: &random)
      gelu
      Linear(16, 8, using: &random)
    }
    norm = LayerNorm(3, 8)
    scale = Tensor.uniform([8], from: 0.5, to: 1.5, using: &random)
  }

  mutating func callAsFunction(_ x: Tensor) -> Tensor {
    let h = norm(block(entry(x)))
    let first = h[.all, 0] * scale
    let rest = h[.all, 1..<3, .stride(from: 0, to: 8, by: 2)].padded([(0, 0), (1, 0), (2, 2)], value: 0.5)
    let energy = h.norm(axis: 2) + h.logSumExp(axis: 1, keepDims: true).populationVariance(axis: 2)
    return Tensor.concatenate([first, rest.max(axis: 1), energy, -h.flipped(axis: 1)[.all, 0]], axis: 1)
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("entry", &entry)
    visitor.child("block", &block)
    visitor.child("norm", &norm)
    visitor.parameter("scale", &scale)
  }
}

/// Every function that is offered as an activation and has no limits that an example may miss, side by side.
struct Activations: Layer {
  func callAsFunction(_ x: Tensor) -> Tensor {
    let functions: [@Sendable (Tensor) -> Tensor] = [
      relu, tanh, sigmoid, softplus, leakyReLU, elu, { celu($0, scale: 1.5) }, selu, hardTanh, hardSigmoid, hardSwish,
      silu, gelu, mish, softsign, gaussian, softmax, logSoftmax, identity, square, sin, cos, erf, abs,
    ]
    return .concatenate(functions.map { $0(x) }, axis: 1)
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

/// A batch normalization as after training: with statistics that are not those it began with.
func trainedNorm(_ features: Int, using random: inout RandomSource) -> BatchNorm {
  var norm = BatchNorm(features)
  norm.weight = .uniform([features], from: 0.5, to: 1.5, using: &random)
  norm.bias = .uniform([features], from: -1, to: 1, using: &random)
  norm.runningMean = .uniform([features], from: -1, to: 1, using: &random)
  norm.runningVariance = .uniform([features], from: 0.5, to: 2, using: &random)
  return norm
}

/// The networks that every format is proved with; `Scripts/interop` builds the same ones with other libraries.
struct Network {
  let name: String
  var model: Sequential
  /// A hundred inputs.
  let inputs: Tensor

  /// The same networks with the numbers of another random source.
  static func all(using random: inout RandomSource) -> [Network] {
    let rows = Tensor.normal([100, 4], using: &random) * 2
    let images = Tensor.normal([100, 2, 10, 9], using: &random)
    let series = Tensor.normal([100, 6, 3], using: &random)
    let words = Tensor((0..<700).map { Int64($0 * $0 % 11) }, shape: [100, 7])
    return [
      Network(name: "perceptron", model: perceptron(using: &random), inputs: rows),
      Network(name: "batch-norm", model: normalized(using: &random), inputs: rows),
      Network(name: "layer-norm", model: layerNormalized(using: &random), inputs: rows),
      Network(name: "convolution", model: convolutional(using: &random), inputs: images),
      Network(name: "lstm", model: sequence(LSTM(3, 5, using: &random), 30, using: &random), inputs: series),
      Network(
        name: "lstm-both-ways",
        model: sequence(LSTM(3, 5, layers: 2, bidirectional: true, using: &random), 60, using: &random), inputs: series),
      Network(name: "gru", model: sequence(GRU(3, 5, using: &random), 30, using: &random), inputs: series),
      Network(name: "rnn", model: sequence(RNN(3, 5, using: &random), 30, using: &random), inputs: series),
      Network(name: "embedding", model: embedded(using: &random), inputs: words),
    ]
  }

  private static func perceptron(using random: inout RandomSource) -> Sequential {
    Sequential {
      Linear(4, 8, using: &random)
      tanh
      Linear(8, 3, using: &random)
      softmax
    }
  }

  private static func normalized(using random: inout RandomSource) -> Sequential {
    Sequential {
      Linear(4, 16, using: &random)
      trainedNorm(16, using: &random)
      relu
      Dropout(0.5, using: &random)
      Linear(16, 3, bias: nil, using: &random)
    }
  }

  private static func layerNormalized(using random: inout RandomSource) -> Sequential {
    var norm = LayerNorm(6)
    norm.weight = .uniform([6], from: 0.5, to: 1.5, using: &random)
    norm.bias = .uniform([6], from: -1, to: 1, using: &random)
    return Sequential {
      Linear(4, 6, using: &random)
      norm
      gelu
      Linear(6, 3, using: &random)
    }
  }

  private static func convolutional(using random: inout RandomSource) -> Sequential {
    Sequential {
      Conv2D(2, 6, kernel: 3, padding: 1, using: &random)
      relu
      MaxPool2D(2)
      Conv2D(6, 8, kernel: PixelSize(height: 3, width: 2), bias: nil, using: &random)
      trainedNorm(8, using: &random)
      tanh
      AveragePool2D(2, stride: 1)
      Flatten()
      Linear(32, 5, using: &random)
    }
  }

  private static func sequence(
    _ layer: some Layer, _ features: Int, using random: inout RandomSource
  ) -> Sequential {
    Sequential {
      layer
      Flatten()
      Linear(features, 2, using: &random)
    }
  }

  private static func embedded(using random: inout RandomSource) -> Sequential {
    Sequential {
      Embedding(11, 6, using: &random)
      Flatten()
      Linear(42, 3, using: &random)
    }
  }
}
