internal import TensorKernels

/// A height and a width, counted in pixels.
///
/// A single number means a square: `Conv2D(1, 16, kernel: 3, …)`.
public struct PixelSize: Sendable, Equatable, ExpressibleByIntegerLiteral {
  /// The number of rows.
  public var height: Int
  /// The number of columns.
  public var width: Int

  /// A rectangle.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// A square.
  public init(_ side: Int) { self.init(height: side, width: side) }

  public init(integerLiteral side: Int) { self.init(side) }
}

extension PixelSize: CustomStringConvertible {
  public var description: String { "\(height)×\(width)" }
}

/// Windows that slide over images, as in convolution and pooling.
///
/// Beyond the edges of an image there are zeros.
public struct SlidingWindow: Sendable, Equatable {
  /// The number of pixels that a window sees.
  public var size: PixelSize
  /// How far it is from one window to the next.
  public var stride: PixelSize
  /// How far windows reach beyond each edge.
  public var padding: PixelSize
  /// How far it is from one pixel of a window to the next.
  public var dilation: PixelSize

  /// Describes windows; without a stride they lie next to each other at every pixel.
  public init(_ size: PixelSize, stride: PixelSize = 1, padding: PixelSize = 0, dilation: PixelSize = 1) {
    let positive = [size, stride, dilation].allSatisfy { $0.height > 0 && $0.width > 0 }
    require(
      positive && padding.height >= 0 && padding.width >= 0,
      "window: size \(size), stride \(stride), dilation \(dilation) must be positive and padding \(padding) not negative"
    )
    self.size = size
    self.stride = stride
    self.padding = padding
    self.dilation = dilation
  }

  /// How many windows there are below and beside each other in images [batch, channels, height, width].
  public func count(in shape: Shape, for operation: String) -> PixelSize {
    require(
      shape.rank == 4, "\(operation): images have the shape [batch, channels, height, width], not \(shape)")
    let rows = places(shape[2], size.height, stride.height, padding.height, dilation.height)
    let columns = places(shape[3], size.width, stride.width, padding.width, dilation.width)
    guard let rows, let columns else {
      fatalError(
        "\(operation): a window of \(size) (dilation \(dilation)) does not fit into images \(shape) with a padding of "
          + "\(padding): use larger images, a smaller window or more padding")
    }
    return PixelSize(height: rows, width: columns)
  }

  private func places(_ length: Int, _ size: Int, _ stride: Int, _ padding: Int, _ dilation: Int) -> Int? {
    let (span, spanOverflow) = (size - 1).multipliedReportingOverflow(by: dilation)
    let (room, roomOverflow) = padding.multipliedReportingOverflow(by: 2)
    let (whole, wholeOverflow) = length.addingReportingOverflow(room)
    guard !spanOverflow, !roomOverflow, !wholeOverflow, whole > span else { return nil }
    return (whole - span - 1) / stride + 1
  }

  /// Whether every window sees one pixel and every pixel is seen by one window.
  var isTrivial: Bool { size == 1 && stride == 1 && padding == 0 }

  /// The same as the kernels take it.
  func kernelWindows(over shape: Shape, for operation: String) -> wabe_windows {
    let count = count(in: shape, for: operation)
    return wabe_windows(
      planes: shape[0] * shape[1], height: shape[2], width: shape[3], rows: count.height, columns: count.width,
      window_height: size.height, window_width: size.width, stride_y: stride.height, stride_x: stride.width,
      dilation_y: dilation.height, dilation_x: dilation.width, padding_y: padding.height, padding_x: padding.width)
  }
}
