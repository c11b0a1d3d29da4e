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
