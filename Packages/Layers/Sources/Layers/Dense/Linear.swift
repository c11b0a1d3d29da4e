public import Modules
public import Tensors

/// A linear map with a bias: y = x W + b.
///
/// Input [..., inputs] → output [..., outputs]. The weight is stored as [inputs, outputs], a column per unit; PyTorch
/// stores its transpose. Called `Linear` in PyTorch and `Dense` in Keras.
public struct Linear: Layer {
  /// W, [inputs, outputs].
  public var weight: Tensor
  /// b, [outputs], unless the map has none.
  public var bias: Tensor?

  /// Makes a map with random parameters; without a bias initializer it has no bias.
  ///
  /// The default is PyTorch's: both evenly between ±1 / √inputs.
  public init(
    _ inputs: Int, _ outputs: Int, weight: Initializer = .standard, bias: Initializer? = .standard,
    dtype: DType = .float32, using random: inout RandomSource
  ) {
    let fans = Fans(inputs: inputs, outputs: outputs)
    self.weight = weight([inputs, outputs], fans: fans, dtype: dtype, using: &random)
    self.bias = bias.map { $0([outputs], fans: fans, dtype: dtype, using: &random) }
  }

  /// Makes a map from its parameters, the weight with a column per unit: [inputs, outputs].
  public init(weight: Tensor, bias: Tensor? = nil) {
    require(
      weight.rank == 2 && (bias.map { $0.shape == [weight.shape[1]] } ?? true),
      "Linear: weight \(weight.shape) and bias \(bias?.shape ?? []): they must be [inputs, outputs] and [outputs]")
    self.weight = weight
    self.bias = bias
  }

  /// Makes a map from its parameters, the weight with a row per unit: [outputs, inputs], as PyTorch stores it.
  public init(rowPerUnit weight: Tensor, bias: Tensor? = nil) {
    require(
      weight.rank == 2, "Linear: weight \(weight.shape): it must be [outputs, inputs]")
    self.init(weight: weight.transposed, bias: bias)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor { linear(input, weight, bias) }

  /// The output after an activation that is computed in the same pass, with the same bits as one after the other.
  public func callAsFunction(_ input: Tensor, activation: LinearActivation) -> Tensor {
    linear(input, weight, bias, activation: activation)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}
