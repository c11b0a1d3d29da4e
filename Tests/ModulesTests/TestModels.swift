import Modules
import Tensors

/// x W + b, written as a user would.
struct Dense: Layer {
  var weight: Tensor
  var bias: Tensor

  init(_ inputs: Int, _ outputs: Int, dtype: DType = .float64) {
    let numbers = (0..<inputs * outputs).map { Double(($0 * 7 + 3) % 11) / 11 - 0.45 }
    weight = Tensor(numbers, shape: [inputs, outputs]).cast(to: dtype)
    bias = Tensor((0..<outputs).map { Double($0) / 10 - 0.1 }).cast(to: dtype)
  }

  func callAsFunction(_ x: Tensor) -> Tensor { x.matmul(weight) + bias }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}

/// A layer without parameters.
struct Squash: Layer {
  func callAsFunction(_ x: Tensor) -> Tensor { tanh(x) }
  mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

/// Subtracts a running mean, which training changes on the way forward.
struct Centre: Layer {
  var mean: Tensor

  mutating func callAsFunction(_ x: Tensor) -> Tensor {
    if Mode.current == .training { mean = mean * 0.5 + x.sum(axis: 0) * (0.5 / Double(x.shape[0])) }
    return x - mean
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.buffer("mean", &mean) }
}

/// Layers one after the other.
struct Chain: LayerChain {
  var layers: [any Layer]

  mutating func callAsFunction(_ x: Tensor) -> Tensor {
    var x = x
    for index in layers.indices { x = layers[index](x) }
    return x
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    for index in layers.indices { visitor.child("\(index)", &layers[index]) }
  }
}

/// A model of two parts, as in the architecture's example.
struct Classifier: Layer {
  var hidden = Dense(2, 3)
  var output = Dense(3, 1)

  func callAsFunction(_ x: Tensor) -> Tensor { output(tanh(hidden(x))) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("hidden", &hidden)
    visitor.child("output", &output)
  }
}

/// Four points for the models above.
enum Points {
  static let inputs = Tensor([0.5, -0.3, -0.7, 0.9, 0.2, 0.4, -0.1, -0.8], shape: [4, 2], dtype: .float64)
  static let targets = Tensor([1.0, 0, 1, 0], shape: [4, 1], dtype: .float64)

  static func loss(_ outputs: Tensor) -> Tensor { square(outputs - targets).sum() / 4 }
}
