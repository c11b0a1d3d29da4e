/// How tensors become text: aligned columns, one line for each row, large tensors by their corners.
public struct TensorFormat: Sendable {
  /// The number of significant digits, fewer where fewer say the same.
  public var digits = 4
  /// From this many elements on only the corners are shown.
  public var threshold = 1000
  /// How many elements are shown at either end of an axis that is shortened.
  public var edge = 3
  /// The length of a line at which a row is broken.
  public var lineLength = 80

  /// The usual format: four digits, corners beyond 1000 elements, lines of 80 characters.
  public init() {}
}

extension Tensor: CustomStringConvertible {
  /// The values, with shape and type in front: rows under each other, large tensors by their corners.
  public var description: String { described(with: TensorFormat()) }

  /// The values in a format of your own.
  public func described(with format: TensorFormat) -> String {
    let head = "Tensor \(dtype) \(shape)"
    if count == 0 { return head + ": empty" }
    let page = PrintedTensor(self, format)
    return rank == 0 ? "\(head): \(page.words[0])" : "\(head)\n\(page.text)"
  }
}

extension Tensor: CustomDebugStringConvertible {
  public var debugDescription: String { description }
}

/// The elements of a tensor that are shown, as words of equal width.
private struct PrintedTensor {
  let words: [String]
  private let sizes: [Int]
  private let shown: [Int]
  private let format: TensorFormat

  init(_ tensor: Tensor, _ format: TensorFormat) {
    self.format = format
    sizes = Array(tensor.shape)
    let shortens = tensor.count > format.threshold
    shown = sizes.map { shortens && $0 > 2 * format.edge ? 2 * format.edge : $0 }
    var corners = tensor.detached
    for (axis, size) in sizes.enumerated() where shown[axis] < size {
      let ends = Array(0..<format.edge) + Array((size - format.edge)..<size)
      corners = corners.taking(ends, axis: axis)
    }
    words = NumberFormat.words(corners, digits: format.digits)
  }

  /// All rows, with brackets.
  var text: String {
    var next = 0
    return lines(axis: 0, next: &next).joined(separator: "\n")
  }

  private func lines(axis: Int, next: inout Int) -> [String] {
    let shortened = shown[axis] < sizes[axis]
    if axis == sizes.count - 1 {
      var row = Array(words[next..<(next + shown[axis])])
      next += shown[axis]
      if shortened { row.insert("…", at: format.edge) }
      return broken(row, indent: axis + 1)
    }
    var result: [String] = []
    for index in 0..<shown[axis] {
      if shortened && index == format.edge { result.append(" …") }
      // Matrices of a stack are set apart by an empty line.
      if index > 0 && sizes.count - axis > 2 { result.append("") }
      result += lines(axis: axis + 1, next: &next).map { $0.isEmpty ? "" : " " + $0 }
    }
    result[0] = "[" + result[0].dropFirst()
    result[result.count - 1] += "]"
    return result
  }

  /// One row with brackets, broken where it is too long.
  private func broken(_ words: [String], indent: Int) -> [String] {
    var lines: [String] = []
    var line = "["
    for (index, word) in words.enumerated() {
      if index > 0 && line.count + word.count + indent + 1 > format.lineLength {
        lines.append(line)
        line = " " + word
      } else {
        line += index == 0 ? word : "  " + word
      }
    }
    return lines + [line + "]"]
  }
}
