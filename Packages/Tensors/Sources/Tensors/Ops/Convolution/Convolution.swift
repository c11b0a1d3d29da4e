/// The sum of products of every window of an image with the weights, plus a bias per output channel.
///
/// Input [batch, channels, height, width], weight [outputs, channels / groups, height, width], bias [outputs] → output
/// [batch, outputs, rows, columns]. With groups, each group of outputs sees only its own group of channels. Called
/// `torch.nn.functional.conv2d` in PyTorch; strictly it is a correlation, since the weights are not turned around.
///
/// The windows are laid out as the columns of a matrix, so that all the work is one matrix product per image.
public func convolution(
  _ x: Tensor, _ weight: Tensor, _ bias: Tensor? = nil, stride: PixelSize = 1, padding: PixelSize = 0,
  dilation: PixelSize = 1, groups: Int = 1
) -> Tensor {
  require(
    x.rank == 4 && weight.rank == 4,
    "convolution: input \(x.shape), weight \(weight.shape): both need four axes, "
      + "[batch, channels, height, width] and [outputs, channels / groups, height, width]")
  let (batch, channels, outputs) = (x.shape[0], x.shape[1], weight.shape[0])
  require(
    groups > 0 && channels % groups == 0 && outputs % groups == 0 && weight.shape[1] == channels / groups,
    "convolution: input \(x.shape), weight \(weight.shape), \(groups) groups: the weight must have "
      + "channels / groups channels, and the groups must divide \(channels) channels and \(outputs) outputs")
  require(
    bias.map { $0.shape == [outputs] } ?? true,
    "convolution: \(outputs) outputs need a bias of shape [\(outputs)], not \(bias?.shape ?? [])")
  let size = PixelSize(height: weight.shape[2], width: weight.shape[3])
  let window = SlidingWindow(size, stride: stride, padding: padding, dilation: dilation)
  let count = window.count(in: x.shape, for: "convolution")
  let (places, inner) = (count.height * count.width, weight.shape[1] * size.height * size.width)
  let columns = (window.isTrivial ? x : x.unfolded(window)).reshaped(to: [batch, groups, inner, places])
  let products = weight.reshaped(to: [groups, outputs / groups, inner]).matmul(columns)
  let y = products.reshaped(to: [batch, outputs, count.height, count.width])
  guard let bias else { return y }
  return y + bias.reshaped(to: [outputs, 1, 1])
}
