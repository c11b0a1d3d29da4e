internal import Tensors

// Windows that slide over images. A trace keeps what they saw, not how they were described.

extension SlidingWindow {
  /// The windows that an `unfolded` was called with, read off its gradient rule.
  static func unfolding(_ run: OnnxUse.Run) -> SlidingWindow? {
    let (image, windows) = (run.inputs[0].shape, run.output.shape)
    guard image.rank == 4, windows.rank == 4, windows.elementCount > 0 else { return nil }
    let (area, count) = (windows[2], windows[3])
    // A window that lies within the image shows the size and the dilation.
    for place in [count / 2] + Array(0..<count) {
      let pixels = self.pixels(of: place, in: run)
      guard pixels.count == area, let first = pixels.first else { continue }
      let columns = pixels.prefix { $0.row == first.row }.count
      let size = PixelSize(height: area / columns, width: columns)
      let down = size.height > 1 ? pixels[columns].row - first.row : 1
      let right = size.width > 1 ? pixels[1].column - first.column : 1
      let dilation = PixelSize(height: down, width: right)
      return described(size, dilation, place: place, at: first, run)
    }
    return nil
  }

  /// The pixels that a window saw, in its order; those beyond the edges are missing.
  private static func pixels(of place: Int, in run: OnnxUse.Run) -> [(row: Int, column: Int)] {
    let shape = run.output.shape
    let (area, count) = (shape[2], shape[3])
    var numbers = [Double](repeating: 0, count: area * count)
    for pixel in 0..<area { numbers[pixel * count + place] = Double(pixel + 1) }
    let plane = Tensor(numbers, shape: [1, 1, area, count]).cast(to: run.output.dtype)
    guard let seen = run.gradient(plane.broadcast(to: shape)) else { return [] }
    let width = seen.shape[3]
    let values = seen.reshaped(to: [-1, seen.shape[2] * width])[0].scalars
    let found = values.indices.filter { values[$0] > 0 }.sorted { values[$0] < values[$1] }
    return found.map { ($0 / width, $0 % width) }
  }

  /// Stride and padding, from the number of windows and where one of them lies; the rule itself says which is right.
  private static func described(
    _ size: PixelSize, _ dilation: PixelSize, place: Int, at pixel: (row: Int, column: Int), _ run: OnnxUse.Run
  ) -> SlidingWindow? {
    let (image, count) = (run.inputs[0].shape, run.output.shape[3])
    let seed = Tensor.arange(run.output.count, dtype: run.output.dtype).reshaped(to: run.output.shape)
    guard let expected = run.gradient(seed) else { return nil }
    let rows = AxisWindows.all(over: image[2], size: size.height, dilation: dilation.height)
    let columns = AxisWindows.all(over: image[3], size: size.width, dilation: dilation.width)
    var found: [(rank: Int, window: SlidingWindow)] = []
    for y in rows {
      for x in columns where y.count * x.count == count {
        guard place / x.count * y.stride - y.padding == pixel.row,
          place % x.count * x.stride - x.padding == pixel.column
        else { continue }
        let isUneven = (y.stride == x.stride ? 0 : 1) + (y.padding == x.padding ? 0 : 1)
        let window = SlidingWindow(
          size, stride: PixelSize(height: y.stride, width: x.stride),
          padding: PixelSize(height: y.padding, width: x.padding), dilation: dilation)
        found.append((isUneven * 10_000 + y.stride + x.stride + y.padding + x.padding, window))
      }
    }
    let pixels = PixelSize(height: image[2], width: image[3])
    return found.sorted { $0.rank < $1.rank }.first {
      seed.folded($0.window, into: pixels).isSame(as: expected)
    }?.window
  }

  /// Windows without dilation that give this many places, the likelier ones first.
  static func pooling(_ image: Shape, rows: Int, columns: Int) -> [SlidingWindow] {
    let down = AxisWindows.pooling(over: image[2], count: rows)
    let right = AxisWindows.pooling(over: image[3], count: columns)
    let pairs = down.flatMap { y in right.map { (y, $0) } }
    func rank(_ pair: (y: AxisWindows, x: AxisWindows)) -> Int {
      let isUneven = pair.y == pair.x ? 0 : 1
      let overlaps = [pair.y, pair.x].count { $0.size != $0.stride }
      return ((isUneven * 10 + overlaps) * 100 + pair.y.padding + pair.x.padding) * 1000 + pair.y.size + pair.x.size
    }
    return pairs.sorted { rank($0) < rank($1) }.map { y, x in
      SlidingWindow(
        PixelSize(height: y.size, width: x.size), stride: PixelSize(height: y.stride, width: x.stride),
        padding: PixelSize(height: y.padding, width: x.padding))
    }
  }

  /// The parameters of ONNX's Conv and pooling operations.
  var attributes: [(name: String, value: OnnxModel.Attribute)] {
    let pads = [padding.height, padding.width, padding.height, padding.width]
    return [
      ("kernel_shape", .integers([size.height, size.width])), ("strides", .integers([stride.height, stride.width])),
      ("pads", .integers(pads)),
    ]
  }

  /// The same for operations that know dilation.
  var dilatedAttributes: [(name: String, value: OnnxModel.Attribute)] {
    attributes + [("dilations", .integers([dilation.height, dilation.width]))]
  }
}

/// How windows may lie along one axis.
private struct AxisWindows: Equatable {
  var size: Int
  var stride: Int
  var padding: Int
  var count: Int

  static func all(over length: Int, size: Int, dilation: Int) -> [AxisWindows] {
    let span = (size - 1) * dilation
    return (0...max(span, 1)).flatMap { padding in
      (1...max(length, 1)).compactMap { stride in
        let room = length + 2 * padding - span - 1
        return room < 0 ? nil : AxisWindows(size: size, stride: stride, padding: padding, count: room / stride + 1)
      }
    }
  }

  static func pooling(over length: Int, count: Int) -> [AxisWindows] {
    (1...max(length, 1)).flatMap { size in
      (0...size / 2).flatMap { padding in
        (1...max(length, 1)).compactMap { stride in
          let room = length + 2 * padding - size
          // With a single place the stride shows nowhere.
          guard room >= 0, room / stride + 1 == count, count > 1 || stride == size else { return nil }
          return AxisWindows(size: size, stride: stride, padding: padding, count: count)
        }
      }
    }
  }
}
