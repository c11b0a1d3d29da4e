internal import Tensors

extension Double {
  /// The number with five significant digits, for people.
  var shortText: String {
    guard isFinite, self != 0 else { return self == 0 ? "0" : "\(self)" }
    var scale = 1.0
    var size = magnitude
    while size >= 100_000 && scale > 1e-300 {
      size /= 10
      scale /= 10
    }
    while size < 10_000 && scale < 1e300 {
      size *= 10
      scale *= 10
    }
    let rounded = (self * scale).rounded() / scale
    let text = "\(rounded)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Tensor {
  /// Up to four numbers, or else their range.
  var shortText: String {
    guard dtype.isFloatingPoint || count <= 4 else { return "\(dtype)\(shape)" }
    let numbers = scalars
    if numbers.count == 1 { return numbers[0].shortText }
    if numbers.count <= 4 { return "[" + numbers.map(\.shortText).joined(separator: " ") + "]" }
    let low = numbers.min() ?? 0
    let high = numbers.max() ?? 0
    return "\(low.shortText) … \(high.shortText)"
  }
}
