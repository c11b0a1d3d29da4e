#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Numbers as text for people: the minus sign is U+2212, exponents are raised, no digits are invented.
public enum NumberText {
  /// The number `mantissa · 10^exponent`, exactly: plain up to six digits, else as 2.5×10⁷.
  static func decimal(_ mantissa: Int, exponent: Int) -> String {
    guard mantissa != 0 else { return "0" }
    let sign = mantissa < 0 ? "−" : ""
    var digits = String(mantissa.magnitude)
    var exponent = exponent
    while digits.hasSuffix("0") {
      digits.removeLast()
      exponent += 1
    }
    let leading = digits.count - 1 + exponent
    if leading >= 6 || leading < -4 {
      var text = String(digits.removeFirst())
      if !digits.isEmpty { text += "." + digits }
      return sign + (text == "1" ? "" : text + "×") + "10" + superscript(leading)
    }
    if exponent >= 0 { return sign + digits + String(repeating: "0", count: exponent) }
    let padded = String(repeating: "0", count: max(0, 1 - exponent - digits.count)) + digits
    let point = padded.index(padded.endIndex, offsetBy: exponent)
    return sign + padded[..<point] + "." + padded[point...]
  }

  /// A number with all its `decimals` places: `fixed(0.5, decimals: 2)` is "0.50".
  public static func fixed(_ value: Double, decimals: Int) -> String {
    guard value.isFinite else { return special(value) }
    let scaled = (abs(value) * pow(10, Double(decimals))).rounded()
    guard scaled < 1e15 else { return short(value) }
    var digits = String(Int(scaled))
    if digits.count <= decimals { digits = String(repeating: "0", count: decimals + 1 - digits.count) + digits }
    let sign = value < 0 && scaled > 0 ? "−" : ""
    guard decimals > 0 else { return sign + digits }
    let point = digits.index(digits.endIndex, offsetBy: -decimals)
    return sign + digits[..<point] + "." + digits[point...]
  }

  /// How many decimals all the numbers need to be told apart to three digits of the largest; at most four.
  public static func decimals(of values: [Double]) -> Int {
    let finite = values.filter(\.isFinite)
    let largest = finite.map { abs($0) }.max() ?? 0
    guard largest > 0 else { return 0 }
    let most = min(max(2 - Int(log10(largest).rounded(.down)), 0), 4)
    for decimals in 0..<most {
      let power = pow(10, Double(decimals))
      if finite.allSatisfy({ abs(($0 * power).rounded() - $0 * power) < 1e-9 * power }) { return decimals }
    }
    return most
  }

  /// A number rounded to so many significant digits, without trailing zeros: 0.0123 and 4.5×10⁻⁷.
  public static func short(_ value: Double, digits: Int = 3) -> String {
    guard value.isFinite else { return special(value) }
    guard value != 0 else { return "0" }
    let exponent = Int(log10(abs(value)).rounded(.down)) - digits + 1
    // Dividing by a power of ten is exact where multiplying by its inverse is not; a power beyond 10³⁰⁰ would overflow.
    let scaled =
      exponent >= 0
      ? value / pow(10, Double(exponent))
      : exponent >= -300 ? value * pow(10, Double(-exponent)) : value * 1e300 * pow(10, Double(-exponent - 300))
    return decimal(Int(scaled.rounded()), exponent: exponent)
  }

  /// 10 raised to a whole power, as 10⁻³.
  public static func powerOfTen(_ exponent: Int) -> String {
    exponent == 0 ? "1" : exponent == 1 ? "10" : "10" + superscript(exponent)
  }

  /// A whole number in raised digits.
  public static func superscript(_ number: Int) -> String {
    let raised = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return String(String(number).map { $0 == "-" ? "⁻" : raised[$0.wholeNumberValue ?? 0] })
  }

  /// A whole number in lowered digits, for indices.
  public static func subscripted(_ number: Int) -> String {
    let lowered = Array("₀₁₂₃₄₅₆₇₈₉")
    return String(String(number).map { $0 == "-" ? "₋" : lowered[$0.wholeNumberValue ?? 0] })
  }

  private static func special(_ value: Double) -> String { value.isNaN ? "nan" : value < 0 ? "−∞" : "∞" }
}
