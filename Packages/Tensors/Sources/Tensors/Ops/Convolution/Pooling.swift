internal import TensorKernels

/// The largest pixel of every window of every channel.
///
/// Input [batch, channels, height, width] → output [batch, channels, rows, columns]. The gradient goes to the largest
/// pixel, the first of equals. Beyond the edges there is nothing to be found, not even a zero. A NaN wins.
@Sendable
public func maxPooling(_ x: Tensor, _ window: SlidingWindow) -> Tensor {
  Tensor.requireFloat("maxPooling", x)
  require(
    window.padding.height * 2 <= window.size.height && window.padding.width * 2 <= window.size.width
      && window.dilation == 1,
    "maxPooling: padding \(window.padding) of windows \(window.size): at most half of the window may lie outside, "
      + "and its pixels must be neighbours")
  var windows = window.kernelWindows(over: x.shape, for: "maxPooling")
  let pooled: Shape = [x.shape[0], x.shape[1], windows.rows * windows.columns]
  let places = Tensor(uninitialized: pooled, .int64)
  let positions = places.freshPointer.assumingMemoryBound(to: Int64.self)
  wabe_window_maximum(Int32(x.dtype.rawValue), &windows, x.pointer, positions)
  let planes = x.reshaped(to: [x.shape[0], x.shape[1], x.shape[2] * x.shape[3]])
  return planes.gathering(places, axis: -1).reshaped(to: [x.shape[0], x.shape[1], windows.rows, windows.columns])
}

/// The mean of every window of every channel.
///
/// Input [batch, channels, height, width] → output [batch, channels, rows, columns]. Zeros beyond the edges count, as
/// PyTorch does it unless told otherwise.
@Sendable
public func averagePooling(_ x: Tensor, _ window: SlidingWindow) -> Tensor {
  let count = window.count(in: x.shape, for: "averagePooling")
  return x.unfolded(window).mean(axis: 2).reshaped(to: [x.shape[0], x.shape[1], count.height, count.width])
}
