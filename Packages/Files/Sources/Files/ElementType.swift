/// The kind of number that an array in a file is made of.
public enum ElementType: String, Sendable, CaseIterable {
  /// IEEE 754 numbers of 32 and 64 bits.
  case float32, float64
  /// IEEE 754 numbers of 16 bits, and the upper half of a float32; only read and converted, never computed with.
  case float16, bfloat16
  /// Signed integers.
  case int32, int64
  /// Bytes.
  case uint8
  /// Truth values, one byte each: 0 or 1.
  case bool

  /// How many bytes one element takes.
  public var byteCount: Int {
    switch self {
    case .bool, .uint8: 1
    case .float16, .bfloat16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  /// Whether NaN and infinity exist in this type.
  public var isFloatingPoint: Bool {
    switch self {
    case .float16, .bfloat16, .float32, .float64: true
    case .int32, .int64, .uint8, .bool: false
    }
  }

  /// The bytes of an array of this shape, or nil when a size is negative or the product does not fit an `Int`.
  public func byteCount(of shape: [Int]) -> Int? {
    var product = byteCount
    var hasZero = false
    for size in shape {
      if size < 0 { return nil }
      if size == 0 {
        hasZero = true
        continue
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: size)
      if overflow { return nil }
      product = next
    }
    return hasZero ? 0 : product
  }
}
