/// A raster picture: one word per pixel, row by row from the top, as premultiplied alpha, red, green, blue.
public struct Image: Hashable, Sendable {
  /// The number of pixels in a row.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// The pixels, row by row from the top left.
  public var pixels: [UInt32]

  /// A picture of one colour.
  public init(width: Int, height: Int, color: Color = .clear) {
    self.init(width: width, height: height, pixels: Array(repeating: color.pixel, count: width * height))
  }

  /// A picture from its pixels; `pixels` must hold `width * height` words.
  public init(width: Int, height: Int, pixels: [UInt32]) {
    guard width >= 0 && height >= 0 && pixels.count == width * height else {
      fatalError("Image: \(width) × \(height) pixels need \(width * height) words, but \(pixels.count) were given")
    }
    self.width = width
    self.height = height
    self.pixels = pixels
  }

  /// A picture computed point by point from column and row.
  public init(width: Int, height: Int, _ color: (_ column: Int, _ row: Int) -> Color) {
    var pixels: [UInt32] = []
    pixels.reserveCapacity(width * height)
    for row in 0..<height {
      for column in 0..<width { pixels.append(color(column, row).pixel) }
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// A picture computed row by row on all processors; pixels that `row` does not set stay clear.
  public init(width: Int, height: Int, rows row: @Sendable (_ row: Int, _ pixels: inout MutableSpan<UInt32>) -> Void) {
    let pixels = [UInt32](unsafeUninitializedCapacity: width * height) { memory, count in
      // Unsafe only in name: the parts write to different rows, and all end before this does.
      nonisolated(unsafe) let memory = memory
      inParts(of: height, size: 16_384 / max(width, 1)) { part in
        for index in part {
          let words = UnsafeMutableBufferPointer(rebasing: memory[index * width..<(index + 1) * width])
          words.initialize(repeating: 0)
          var span = words.mutableSpan
          row(index, &span)
        }
      }
      count = width * height
    }
    self.init(width: width, height: height, pixels: pixels)
  }

  /// The pixel in a column (from the left) and row (from the top).
  public subscript(column: Int, row: Int) -> UInt32 {
    get { pixels[row * width + column] }
    set { pixels[row * width + column] = newValue }
  }

  /// The colour of a pixel, no longer premultiplied.
  public func color(_ column: Int, _ row: Int) -> Color {
    let pixel = self[column, row]
    let alpha = Double(pixel >> 24)
    guard alpha > 0 else { return .clear }
    return Color(
      red: Double(pixel >> 16 & 255) / alpha, green: Double(pixel >> 8 & 255) / alpha,
      blue: Double(pixel & 255) / alpha, alpha: alpha / 255)
  }

  /// The brightness of every pixel (0…255) by the weights of Rec. 601, row by row; equal to the stored value for gray
  /// files. For reading pictures as data.
  public var gray: [UInt8] {
    pixels.map { pixel in
      let weighted = 299 * (pixel >> 16 & 255) + 587 * (pixel >> 8 & 255) + 114 * (pixel & 255)
      return UInt8((weighted + 500) / 1000)
    }
  }
}
