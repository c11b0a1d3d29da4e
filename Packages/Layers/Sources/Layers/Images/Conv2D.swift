public import Modules
public import Tensors

/// A convolution: the same small linear map at every place of an image.
///
/// Input [batch, inputs, height, width] → output [batch, outputs, rows, columns] with
/// rows = (height + 2 padding − dilation (kernel − 1) − 1) / stride + 1, rounded down. Called `Conv2d` in PyTorch, whose
/// order of axes this is; Keras has channels last.
public struct Conv2D: Layer {
  /// The kernels, [outputs, inputs / groups, height, width].
  public var weight: Tensor
  /// [outputs], unless there is none.
  public var bias: Tensor?
  /// How far it is from one window to the next.
  public let stride: PixelSize
  /// How many pixels of zeros there are beyond each edge.
  public let padding: PixelSize
  /// How far it is from one pixel of a window to the next.
  public let dilation: PixelSize
  /// Into how many groups the channels are divided that do not see each other.
  public let groups: Int

  /// Makes a convolution with random parameters; without a bias initializer it has no bias.
  ///
  /// The default is PyTorch's: both evenly between ±1 / √(inputs / groups · kernel height · kernel width).
  public init(
    _ inputs: Int, _ outputs: Int, kernel: PixelSize, stride: PixelSize = 1, padding: PixelSize = 0,
    dilation: PixelSize = 1, groups: Int = 1, weight: Initializer = .standard, bias: Initializer? = .standard,
    dtype: DType = .float32, using random: inout RandomSource
  ) {
    require(
      groups > 0 && inputs % groups == 0 && outputs % groups == 0,
      "Conv2D: \(inputs) inputs and \(outputs) outputs cannot be divided into \(groups) groups: choose a common divisor"
    )
    let shape: Shape = [outputs, inputs / groups, kernel.height, kernel.width]
    let area = kernel.height * kernel.width
    let fans = Fans(inputs: shape[1] * area, outputs: outputs * area)
    let made = weight(shape, fans: fans, dtype: dtype, using: &random)
    self.init(
      weight: made, bias: bias.map { $0([outputs], fans: fans, dtype: dtype, using: &random) }, stride: stride,
      padding: padding, dilation: dilation, groups: groups)
  }

  /// Makes a convolution from its parameters.
  public init(
    weight: Tensor, bias: Tensor? = nil, stride: PixelSize = 1, padding: PixelSize = 0, dilation: PixelSize = 1,
    groups: Int = 1
  ) {
    require(
      weight.rank == 4 && (bias.map { $0.shape == [weight.shape[0]] } ?? true),
      "Conv2D: weight \(weight.shape) and bias \(bias?.shape ?? []): they must be "
        + "[outputs, inputs / groups, height, width] and [outputs]")
    self.weight = weight
    self.bias = bias
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
    self.groups = groups
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    convolution(input, weight, bias, stride: stride, padding: padding, dilation: dilation, groups: groups)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
  }
}
