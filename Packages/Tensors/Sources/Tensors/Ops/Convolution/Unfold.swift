internal import TensorKernels

extension Tensor {
  /// What every window sees of an image.
  ///
  /// Input [batch, channels, height, width] → output [batch, channels, pixels of a window, windows]. Called
  /// `torch.nn.functional.unfold` in PyTorch, which merges the second and third axis. The gradient is `folded`.
  public func unfolded(_ window: SlidingWindow) -> Tensor {
    Tensor.requireFloat("unfolded", self)
    var windows = window.kernelWindows(over: shape, for: "unfolded")
    let y = Tensor(
      uninitialized: [shape[0], shape[1], window.size.height * window.size.width, windows.rows * windows.columns],
      dtype)
    if y.count > 0 { wabe_unfold(Int32(dtype.rawValue), &windows, pointer, y.freshPointer) }
    let size = PixelSize(height: shape[2], width: shape[3])
    return y.recorded("unfolded", from: self) { _, _ in
      .each { gradient, _ in gradient.folded(window, into: size) }
    }
  }

  /// Images in which every pixel is the sum of what windows saw there: the opposite of `unfolded`.
  ///
  /// Input [batch, channels, pixels of a window, windows] → output [batch, channels, height, width]. The gradient is
  /// `unfolded`.
  public func folded(_ window: SlidingWindow, into size: PixelSize) -> Tensor {
    Tensor.requireFloat("folded", self)
    require(rank == 4, "folded: windows have the shape [batch, channels, pixels, windows], not \(shape)")
    let images: Shape = [shape[0], shape[1], size.height, size.width]
    var windows = window.kernelWindows(over: images, for: "folded")
    require(
      shape[2] == window.size.height * window.size.width && shape[3] == windows.rows * windows.columns,
      "folded: \(shape): images of \(size) have \(windows.rows * windows.columns) windows of \(window.size) pixels")
    let y = Tensor(uninitialized: images, dtype)
    wabe_fold(Int32(dtype.rawValue), &windows, pointer, y.freshPointer)
    return y.recorded("folded", from: self) { _, _ in .each { gradient, _ in gradient.unfolded(window) } }
  }
}
