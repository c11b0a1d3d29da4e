public import Modules
public import Tensors

/// The two linear maps of a recurrent cell, one from the input and one from the cell's own last output.
///
/// The columns of all gates stand beside each other. Each map has a bias, of which one could be spared except in a GRU;
/// both are there because PyTorch's files have both.
public struct GateWeights: Module {
  /// [inputs, gates · hidden].
  public var inputWeight: Tensor
  /// [hidden, gates · hidden].
  public var recurrentWeight: Tensor
  /// [gates · hidden], unless there is none.
  public var inputBias: Tensor?
  /// [gates · hidden], unless there is none.
  public var recurrentBias: Tensor?

  /// The size of the cell's output.
  public var hidden: Int { recurrentWeight.shape[0] }

  init(
    _ inputs: Int, _ hidden: Int, gates: Int, bias: Bool, dtype: DType, using random: inout RandomSource
  ) {
    // All four by the size of the output, as PyTorch does it.
    let fans = Fans(inputs: hidden, outputs: gates * hidden)
    let make = Initializer.standard
    inputWeight = make([inputs, gates * hidden], fans: fans, dtype: dtype, using: &random)
    recurrentWeight = make([hidden, gates * hidden], fans: fans, dtype: dtype, using: &random)
    if bias {
      inputBias = make([gates * hidden], fans: fans, dtype: dtype, using: &random)
      recurrentBias = make([gates * hidden], fans: fans, dtype: dtype, using: &random)
    }
  }

  /// What the inputs of all times contribute, in one product: [batch, time, inputs] → [batch, time, gates · hidden].
  func project(_ inputs: Tensor) -> Tensor { linear(inputs, inputWeight, inputBias) }

  /// What the last output contributes: [batch, hidden] → [batch, gates · hidden].
  func recur(_ output: Tensor) -> Tensor { linear(output, recurrentWeight, recurrentBias) }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("inputWeight", &inputWeight)
    visitor.parameter("recurrentWeight", &recurrentWeight)
    visitor.parameter("inputBias", &inputBias)
    visitor.parameter("recurrentBias", &recurrentBias)
  }
}
