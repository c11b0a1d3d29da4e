import Wabe

/// The network of the sheet: a layer of rectified units and a linear output, which together should add.
struct AdditionNet: Layer {
  /// u, [inputs, units], and c, [units].
  var hidden: Linear
  /// v, [units, outputs], and d, [outputs].
  var output: Linear
  /// What the hidden units do with their sums.
  var activation: @Sendable (Tensor) -> Tensor = { relu($0) }

  /// The parameters that the sheet prints. Its matrix has a row per unit: it is uᵀ.
  static var printed: AdditionNet {
    AdditionNet(
      hidden: Linear(
        rowPerUnit: Tensor([[-0.7, 0.2], [0.9, 0.5]], dtype: .float64), bias: Tensor([-0.4, 0.1], dtype: .float64)),
      output: Linear(rowPerUnit: Tensor([[-0.2, 0.6]], dtype: .float64), bias: Tensor([0.8], dtype: .float64)))
  }

  /// A network of any size that begins at random, as PyTorch's does.
  static func random(
    inputs: Int = 2, units: Int, outputs: Int = 1, using random: inout RandomSource
  ) -> AdditionNet {
    AdditionNet(
      hidden: Linear(inputs, units, dtype: .float64, using: &random),
      output: Linear(units, outputs, dtype: .float64, using: &random))
  }

  func callAsFunction(_ x: Tensor) -> Tensor { output(activation(hidden(x))) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("hidden", &hidden)
    visitor.child("output", &output)
  }
}

extension AdditionNet {
  /// The weights of both layers with a row per unit, as drawings want them.
  var rows: [[[Double]]] {
    [hidden, output].map { layer in
      layer.weight.transposed.unstacked().map(\.scalars)
    }
  }

  /// The biases of both layers.
  var biases: [[Double]] { [hidden, output].map { $0.bias?.scalars ?? [] } }

  /// The number of parameters.
  var parameterCount: Int { state.reduce(0) { $0 + $1.value.count } }
}

/// The example of the sheet, x₁ = x₂ = 1, as a batch of one.
let exampleInput = Tensor([[1, 1]], dtype: .float64)
/// What the network should answer to it.
let exampleTarget = Tensor([[2]], dtype: .float64)
