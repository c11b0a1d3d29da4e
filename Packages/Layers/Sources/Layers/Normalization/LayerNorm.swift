public import Modules
public import Tensors

/// Gives every example mean 0 and variance 1 over its last axes, then a trained mean and deviation (Ba et al. 2016).
///
/// y = (x − μ) / √(σ² + ε) · weight + bias. Input [..., features] → output of the same shape. Called `LayerNorm` in
/// PyTorch and `LayerNormalization` in Keras, where ε is 0.001.
public struct LayerNorm: Layer {
  /// γ, shaped like the normalized axes.
  public var weight: Tensor
  /// β, shaped like the normalized axes.
  public var bias: Tensor
  /// ε, added to the variance.
  public let epsilon: Double

  /// Makes a layer for inputs whose last axes have the given sizes.
  public init(_ sizes: Int..., epsilon: Double = 1e-5, dtype: DType = .float32) {
    require(!sizes.isEmpty && epsilon >= 0, "LayerNorm: it needs at least one size and no negative epsilon")
    weight = .ones(Shape(sizes), dtype: dtype)
    bias = .zeros(Shape(sizes), dtype: dtype)
    self.epsilon = epsilon
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let rank = weight.rank
    require(
      Shape(input.shape.suffix(rank)) == weight.shape,
      "LayerNorm: input \(input.shape): its last axes must be \(weight.shape)")
    return standardized(input, in: .lastAxes(rank), epsilon: epsilon).output * weight + bias
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}

/// Gives every group of channels of every example mean 0 and variance 1, then a trained mean and deviation per channel
/// (Wu, He 2018).
///
/// Input [batch, channels, ...] → output of the same shape. Called `GroupNorm` in PyTorch; with one group per channel it
/// is `InstanceNorm`.
public struct GroupNorm: Layer {
  /// γ, [channels].
  public var weight: Tensor
  /// β, [channels].
  public var bias: Tensor
  /// The number of groups.
  public let groups: Int
  /// ε, added to the variance.
  public let epsilon: Double

  /// Makes a layer for channels that are divided into groups of the same size.
  public init(groups: Int, _ channels: Int, epsilon: Double = 1e-5, dtype: DType = .float32) {
    require(
      groups > 0 && channels % groups == 0 && epsilon >= 0,
      "GroupNorm: \(channels) channels cannot be divided into \(groups) groups: choose a divisor")
    weight = .ones([channels], dtype: dtype)
    bias = .zeros([channels], dtype: dtype)
    self.groups = groups
    self.epsilon = epsilon
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    let channels = weight.count
    require(
      input.rank >= 2 && input.shape[1] == channels,
      "GroupNorm: input \(input.shape): it must be [batch, \(channels), ...]")
    let grouped = input.reshaped(to: [input.shape[0], groups, input.count / Swift.max(input.shape[0] * groups, 1)])
    let normalized = standardized(grouped, in: .lastAxes(1), epsilon: epsilon).output.reshaped(like: input)
    let column = Shape([channels] + Array(repeating: 1, count: input.rank - 2))
    return normalized * weight.reshaped(to: column) + bias.reshaped(to: column)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}
