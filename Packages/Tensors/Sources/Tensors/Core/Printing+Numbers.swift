/// Turns the elements of a tensor into words of the same width.
enum NumberFormat {
  static func words(_ tensor: Tensor, digits: Int) -> [String] {
    let words: [String] =
      switch tensor.dtype {
      case .float32, .float64: reals(tensor.scalars, digits)
      case .int64: tensor.scalars(as: Int.self).map(String.init)
      case .int32: tensor.scalars(as: Int32.self).map(String.init)
      case .uint8: tensor.scalars(as: UInt8.self).map(String.init)
      case .bool: tensor.scalars(as: Bool.self).map(String.init)
      }
    let width = words.map(\.count).max() ?? 0
    return words.map { String(repeating: " ", count: width - $0.count) + $0 }
  }

  /// Real numbers with the same number of decimals, or all with exponents where their sizes differ too much.
  private static func reals(_ values: [Double], _ digits: Int) -> [String] {
    let sizes = values.lazy.filter { $0.isFinite && $0 != 0 }.map(\.magnitude)
    let largest = sizes.max() ?? 0
    let smallest = sizes.min() ?? 0
    let whole = values.allSatisfy { !$0.isFinite || ($0 == $0.rounded() && $0.magnitude < 1e8) }
    if whole { return values.map { word($0) { fixed($0, 0) + "." } } }
    if largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1e5 {
      return values.map { word($0) { scientific($0, digits) } }
    }
    // More decimals where the largest number begins late, and no zeros that all numbers end in.
    var decimals = largest < 1 ? digits - 1 - exponent(of: largest) : digits
    let finite = values.filter(\.isFinite)
    while decimals > 1, finite.allSatisfy({ fixed($0, decimals).hasSuffix("0") }) { decimals -= 1 }
    return values.map { word($0) { fixed($0, decimals) } }
  }

  private static func word(_ value: Double, _ finite: (Double) -> String) -> String {
    value.isNaN ? "nan" : value.isInfinite ? (value < 0 ? "-inf" : "inf") : finite(value)
  }

  /// The position of the first digit: 0 from 1 to below 10, 1 from 10 to below 100.
  private static func exponent(of size: Double) -> Int {
    var size = size
    var exponent = 0
    while size >= 10 {
      size /= 10
      exponent += 1
    }
    while size < 1 {
      size *= 10
      exponent -= 1
    }
    return exponent
  }

  /// A number below 10^8 in size with a fixed number of decimals.
  private static func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let digits = String(Int((value.magnitude * scale).rounded(.toNearestOrEven)))
    let padded = String(repeating: "0", count: Swift.max(0, decimals + 1 - digits.count)) + digits
    let sign = value.sign == .minus ? "-" : ""
    if decimals == 0 { return sign + padded }
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }

  /// A number with one digit before the point and an exponent.
  private static func scientific(_ value: Double, _ digits: Int) -> String {
    if value == 0 { return fixed(value, digits - 1) + "e+00" }
    var power = exponent(of: value.magnitude)
    // In two steps, since 10^−324 alone would be 0.
    let scaled = value.magnitude / tenTo(power / 2) / tenTo(power - power / 2)
    var mantissa = fixed(scaled, digits - 1)
    if mantissa.hasPrefix("10") {
      power += 1
      mantissa = fixed(scaled / 10, digits - 1)
    }
    let size = String(abs(power))
    let sign = value.sign == .minus ? "-" : ""
    return "\(sign)\(mantissa)e\(power < 0 ? "-" : "+")\(size.count < 2 ? "0" : "")\(size)"
  }

  private static func tenTo(_ power: Int) -> Double {
    (0..<abs(power)).reduce(1.0) { scale, _ in power < 0 ? scale / 10 : scale * 10 }
  }
}
