public import Modules
public import Tensors

/// Gives every feature mean 0 and variance 1 over the batch, then a trained mean and deviation (Ioffe, Szegedy 2015).
///
/// y = (x − μ) / √(σ² + ε) · weight + bias. Input [batch, features] or [batch, features, ...] → output of the same
/// shape; further axes count as examples, so that it serves images as well. In training μ and σ² are those of the batch
/// (σ² divided by the number of examples); in inference running ones are used, which each batch in training moves by
/// `momentum`: running ← (1 − momentum) · running + momentum · batch, with σ² divided by the number less one. A batch of
/// one number per feature comes out as the bias, with gradient 0, and has no variance that the running one could move to.
///
/// Called `BatchNorm1d` and `BatchNorm2d` in PyTorch, whose conventions these are. Keras has ε = 0.001, counts momentum
/// the other way (0.99) and divides the running variance by the number.
public struct BatchNorm: Layer {
  /// γ, [features].
  public var weight: Tensor
  /// β, [features].
  public var bias: Tensor
  /// The mean that is used in inference, [features].
  public var runningMean: Tensor
  /// The variance that is used in inference, [features].
  public var runningVariance: Tensor
  /// ε, added to the variance.
  public let epsilon: Double
  /// How far running statistics move to those of a batch.
  public let momentum: Double

  /// Makes a layer that leaves what has mean 0 and variance 1 as it is.
  public init(_ features: Int, epsilon: Double = 1e-5, momentum: Double = 0.1, dtype: DType = .float32) {
    require(
      epsilon >= 0 && momentum >= 0 && momentum <= 1,
      "BatchNorm: epsilon \(epsilon) must not be negative and momentum \(momentum) must be from 0 to 1")
    weight = .ones([features], dtype: dtype)
    bias = .zeros([features], dtype: dtype)
    runningMean = .zeros([features], dtype: dtype)
    runningVariance = .ones([features], dtype: dtype)
    self.epsilon = epsilon
    self.momentum = momentum
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    let features = weight.count
    require(
      input.rank >= 2 && input.shape[1] == features,
      "BatchNorm: input \(input.shape): it must be [batch, \(features)] or [batch, \(features), ...]")
    let column = Shape([features] + Array(repeating: 1, count: input.rank - 2))
    guard Mode.current == .training else {
      let scale = weight / sqrt(runningVariance + epsilon)
      let shift = bias - runningMean * scale
      return input * scale.reshaped(to: column) + shift.reshaped(to: column)
    }
    require(input.count > 0, "BatchNorm: input \(input.shape) has no examples to take the mean of")
    let (normalized, mean, variance) = standardized(input, in: .channel(axis: 1), epsilon: epsilon)
    follow(mean, variance, count: input.count / features)
    return normalized * weight.reshaped(to: column) + bias.reshaped(to: column)
  }

  /// Moves the running statistics to those of a batch with `count` numbers per feature.
  private mutating func follow(_ mean: Tensor, _ variance: Tensor, count: Int) {
    runningMean = runningMean * (1 - momentum) + mean.reshaped(like: runningMean) * momentum
    guard count > 1 else { return }
    let sample = variance.reshaped(like: runningVariance) * (Double(count) / Double(count - 1))
    runningVariance = runningVariance * (1 - momentum) + sample * momentum
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
    visitor.buffer("runningMean", &runningMean)
    visitor.buffer("runningVariance", &runningVariance)
  }
}
