public import Modules
public import Tensors

/// A relu whose slope below 0 is trained, one for all channels or one for each (He et al. 2015).
///
/// Input [batch, channels, ...] → output of the same shape. Called `PReLU` in PyTorch and Keras.
public struct ParametricReLU: Layer {
  /// The slopes, [1] or [channels].
  public var weight: Tensor

  /// Makes slopes that begin with the given value, PyTorch's if it is left out.
  public init(_ channels: Int = 1, slope: Double = 0.25, dtype: DType = .float32) {
    weight = .full([channels], slope, dtype: dtype)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    if weight.count == 1 { return parametricReLU(input, slopes: weight) }
    require(
      input.rank >= 2 && input.shape[1] == weight.count,
      "ParametricReLU: input \(input.shape): it must be [batch, \(weight.count), ...]")
    let ones = Array(repeating: 1, count: input.rank - 2)
    return parametricReLU(input, slopes: weight.reshaped(to: Shape([weight.count] + ones)))
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("weight", &weight) }
}
