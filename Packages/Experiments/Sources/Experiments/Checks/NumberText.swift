#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Double {
  /// The number with so many significant digits, in the shorter of the two usual forms.
  public func text(_ digits: Int = 6) -> String { formatted("%.*g", digits) }

  /// The number with so many digits after the point.
  public func fixed(_ digits: Int) -> String { formatted("%.*f", digits) }

  /// The number with a power of ten and so many digits after the point.
  public func scientific(_ digits: Int = 2) -> String { formatted("%.*e", digits) }

  private func formatted(_ format: String, _ digits: Int) -> String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "−∞" : "∞" }
    // The longest number has 309 digits before the point.
    let text = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 400) { buffer in
      let length = withVaList([Int32(Swift.min(digits, 60)), self]) {
        vsnprintf(buffer.baseAddress, buffer.count, format, $0)
      }
      return String(decoding: buffer[..<Int(length)].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
    return text.hasPrefix("-") ? "−" + text.dropFirst() : text
  }
}
