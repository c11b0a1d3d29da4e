import Experiments
import Wabe

/// The network of exercise 7.1: two inputs, three ReLU units, two sigmoid outputs.
struct SmallNet: Layer {
  /// W₁ and b₁.
  var hidden: Linear
  /// W₂ and b₂.
  var output: Linear

  /// The parameters that the sheet gives, a row per unit.
  init() {
    hidden = Linear(
      rowPerUnit: Tensor([[0.1, 0.4], [0.2, 0.5], [0.3, 0.6]], dtype: .float64),
      bias: Tensor([0.1, 0.2, 0.3], dtype: .float64))
    output = Linear(
      rowPerUnit: Tensor([[0.7, 0.2, 0.1], [0.5, 0.3, 0.4]], dtype: .float64),
      bias: Tensor([0.1, 0.2], dtype: .float64))
  }

  /// The outputs before the sigmoid.
  func logits(_ x: Tensor) -> Tensor { output(relu(hidden(x))) }

  func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(logits(x)) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("hidden", &hidden)
    visitor.child("output", &output)
  }

  /// The input of the exercise, as a batch of one.
  static let input = Tensor([[0.5, 0.2]], dtype: .float64)
  /// The true labels.
  static let target = Tensor([[1, 0]], dtype: .float64)

  /// The weights of both layers with a row per unit, as drawings want them.
  var rows: [[[Double]]] { [hidden, output].map { $0.weight.transposed.unstacked().map(\.scalars) } }

  /// The biases of both layers.
  var biases: [[Double]] { [hidden, output].map { $0.bias?.scalars ?? [] } }
}

/// Numbers between parentheses.
func list(_ values: Tensor, _ digits: Int = 6) -> String {
  "(" + values.flattened().scalars.map { $0.text(digits) }.joined(separator: ", ") + ")"
}
