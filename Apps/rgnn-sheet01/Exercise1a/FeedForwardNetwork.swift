import Wabe

/// A row of units: one row of weights per unit, as the exercise stores them, and one bias per unit.
struct Units: Module {
  /// [units, inputs].
  var weight: Tensor
  /// [units].
  var bias: Tensor

  /// Units with Glorot's even weights and no biases.
  init(_ inputs: Int, _ units: Int, using random: inout RandomSource) {
    let fans = Fans(inputs: inputs, outputs: units)
    weight = Initializer.glorotUniform([units, inputs], fans: fans, dtype: .float64, using: &random)
    bias = Tensor.zeros([units], dtype: .float64)
  }

  /// Units with given numbers.
  init(weight: Tensor, bias: Tensor) {
    self.weight = weight
    self.bias = bias
  }

  /// The weighted sums z = a Wᵀ + b: activations [batch, inputs] → [batch, units].
  func sums(_ activations: Tensor) -> Tensor { activations.matmul(weight, transposeB: true) + bias }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}

/// The net of exercise 1 (a): tanh, sigmoid, and one linear output, which is a logit.
struct FeedForwardNetwork: Module {
  /// 2 → hidden, followed by tanh.
  var first: Units
  /// hidden → hidden, followed by the sigmoid.
  var second: Units
  /// hidden → 1, the logit.
  var output: Units

  /// A net with random weights.
  init(hidden: Int, using random: inout RandomSource) {
    first = Units(2, hidden, using: &random)
    second = Units(hidden, hidden, using: &random)
    output = Units(hidden, 1, using: &random)
  }

  /// A net from its rows of units.
  init(first: Units, second: Units, output: Units) {
    self.first = first
    self.second = second
    self.output = output
  }

  /// What the forward pass keeps for the backward pass.
  struct Pass {
    /// The inputs, [batch, 2].
    let inputs: Tensor
    /// The weighted sums of the first row of units, and their activations tanh(z).
    let z1: Tensor, a1: Tensor
    /// The weighted sums of the second row of units, and their activations σ(z).
    let z2: Tensor, a2: Tensor
    /// The logits, [batch, 1].
    let logits: Tensor
  }

  /// The forward pass.
  func forward(_ inputs: Tensor) -> Pass {
    let z1 = first.sums(inputs)
    let a1 = tanh(z1)
    let z2 = second.sums(a1)
    let a2 = sigmoid(z2)
    return Pass(inputs: inputs, z1: z1, a1: a1, z2: z2, a2: a2, logits: output.sums(a2))
  }

  /// The error terms δ = ∂E/∂z of the three rows of units.
  struct Errors {
    let first: Tensor, second: Tensor, output: Tensor
  }

  /// Goes back through the net: δ₃ = σ(z₃) − y, δ₂ = (δ₃ W₃) ⊙ a₂ (1 − a₂), δ₁ = (δ₂ W₂) ⊙ (1 − a₁²).
  ///
  /// Two mistakes that students have made can be made here on purpose.
  func errors(_ pass: Pass, targets: Tensor, mistake: Mistake? = nil) -> Errors {
    let guess = mistake == .forgottenSigmoid ? pass.logits : sigmoid(pass.logits)
    let third = guess - targets
    let second = third.matmul(output.weight) * (pass.a2 - pass.a2 * pass.a2)
    let arriving = mistake == .shortcut ? third.matmul(self.second.weight[0..<1]) : second.matmul(self.second.weight)
    let first = arriving * (1 - pass.a1 * pass.a1)
    return Errors(first: first, second: second, output: third)
  }

  /// The derivatives ∂E/∂w = Σ δ a by all weights, summed over the batch, in a value shaped like the net itself.
  func gradients(_ pass: Pass, _ errors: Errors) -> FeedForwardNetwork {
    func units(_ error: Tensor, _ activations: Tensor) -> Units {
      Units(weight: error.matmul(activations, transposeA: true), bias: error.sum(axis: 0))
    }
    return FeedForwardNetwork(
      first: units(errors.first, pass.inputs), second: units(errors.second, pass.a1),
      output: units(errors.output, pass.a2))
  }

  /// A mistake in the backward pass that was found in students' programs.
  enum Mistake: CaseIterable {
    /// The error of the output is z − y: the sigmoid is missing.
    case forgottenSigmoid
    /// The first row of units takes the error of the output through one row of W₂, not the errors of the second row.
    case shortcut
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("first", &first)
    visitor.child("second", &second)
    visitor.child("output", &output)
  }
}

extension FeedForwardNetwork {
  /// The same net made of the framework's own layers, for export.
  var layers: Sequential {
    Sequential {
      Linear(rowPerUnit: first.weight, bias: first.bias)
      tanh
      Linear(rowPerUnit: second.weight, bias: second.bias)
      sigmoid
      Linear(rowPerUnit: output.weight, bias: output.bias)
    }
  }

  /// The small net 2-2-2-1 on which every number can be followed by hand, with its example.
  static let byHand = (
    network: FeedForwardNetwork(
      first: Units(
        weight: Tensor([[0.1, -0.2], [0.3, 0.4]], dtype: .float64), bias: Tensor([0.05, -0.05], dtype: .float64)),
      second: Units(
        weight: Tensor([[0.2, -0.1], [0.4, 0.3]], dtype: .float64), bias: Tensor([0.1, -0.1], dtype: .float64)),
      output: Units(weight: Tensor([[0.5, -0.6]], dtype: .float64), bias: Tensor([0.2], dtype: .float64))),
    input: Tensor([[0.5, -0.3]], dtype: .float64), target: Tensor([[1]], dtype: .float64)
  )
}
