import Wabe

/// y = σ(W₂ h(W₁ x + b₁) + b₂), the network of the exercise, with a hidden activation h of choice.
///
/// Input [batch, D] → output [batch, K].
struct TwoLayerNetwork: Layer {
  var hidden: Linear
  var output: Linear
  let activation: @Sendable (Tensor) -> Tensor

  func callAsFunction(_ x: Tensor) -> Tensor { sigmoid(logits(x)) }

  /// The output before its σ.
  func logits(_ x: Tensor) -> Tensor { output(activation(hidden(x))) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("hidden", &hidden)
    visitor.child("output", &output)
  }

  /// A network with σ as hidden activation, and parameters of a spread that uses its curved part.
  init(
    inputs: Int, hidden: Int, outputs: Int, deviation: Double, dtype: DType = .float64, using random: inout RandomSource
  ) {
    let spread = Initializer.normal(deviation: deviation)
    self.hidden = Linear(inputs, hidden, weight: spread, bias: spread, dtype: dtype, using: &random)
    output = Linear(hidden, outputs, weight: spread, bias: spread, dtype: dtype, using: &random)
    activation = { sigmoid($0) }
  }

  init(hidden: Linear, output: Linear, activation: @escaping @Sendable (Tensor) -> Tensor) {
    self.hidden = hidden
    self.output = output
    self.activation = activation
  }

  /// The network with tanh as hidden activation that computes the same function as this one, whose h is σ.
  ///
  /// σ(a) = ½ + ½ tanh(a / 2): the halving goes into W₁ and b₁, the factor ½ into W₂, and ½ times the sum of each
  /// output's weights into its bias.
  var tanhTwin: TwoLayerNetwork {
    TwoLayerNetwork(
      hidden: Linear(weight: hidden.weight / 2, bias: hidden.bias.map { $0 / 2 }),
      output: Linear(weight: output.weight / 2, bias: output.bias.map { $0 + output.weight.sum(axis: 0) / 2 }),
      activation: { tanh($0) })
  }
}
