public import Modules
public import Tensors

/// The largest pixel of every window of every channel.
///
/// Input [batch, channels, height, width] → output [batch, channels, rows, columns]. Called `MaxPool2d` in PyTorch.
public struct MaxPool2D: Layer {
  /// Where the windows lie.
  public let window: SlidingWindow

  /// Describes the windows; without a stride they lie beside each other without overlapping.
  public init(_ size: PixelSize, stride: PixelSize? = nil, padding: PixelSize = 0) {
    window = SlidingWindow(size, stride: stride ?? size, padding: padding)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor { maxPooling(input, window) }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

/// The mean of every window of every channel, in which zeros beyond the edges count.
///
/// Input [batch, channels, height, width] → output [batch, channels, rows, columns]. Called `AvgPool2d` in PyTorch.
public struct AveragePool2D: Layer {
  /// Where the windows lie.
  public let window: SlidingWindow

  /// Describes the windows; without a stride they lie beside each other without overlapping.
  public init(_ size: PixelSize, stride: PixelSize? = nil, padding: PixelSize = 0) {
    window = SlidingWindow(size, stride: stride ?? size, padding: padding)
  }

  public func callAsFunction(_ input: Tensor) -> Tensor { averagePooling(input, window) }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}
