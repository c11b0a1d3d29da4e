/// The type of a tensor's elements, chosen at run time.
public enum DType: UInt8, Sendable, CaseIterable {
  /// IEEE single precision, the usual type for training.
  case float32
  /// IEEE double precision, for gradient checks and exact experiments.
  case float64
  /// 32-bit signed integers.
  case int32
  /// 64-bit signed integers, the type of indices and class labels.
  case int64
  /// Bytes, as in images.
  case uint8
  /// Truth values, one byte each, as comparisons give them.
  case bool

  /// The size of one element in bytes.
  public var byteCount: Int {
    switch self {
    case .float32, .int32: 4
    case .float64, .int64: 8
    case .uint8, .bool: 1
    }
  }

  /// Whether gradients exist for this type.
  public var isFloatingPoint: Bool { self == .float32 || self == .float64 }

  /// The distance from 1 to the next larger number: 2⁻²³ for float32, 2⁻⁵² for float64.
  ///
  /// The unit in which rounding errors are counted; called `finfo(dtype).eps` in NumPy and PyTorch.
  public var epsilon: Double {
    require(isFloatingPoint, "epsilon: between two numbers of \(self) there is nothing to round")
    return self == .float32 ? Double(Float.ulpOfOne) : Double.ulpOfOne
  }
}

extension DType: CustomStringConvertible {
  public var description: String {
    switch self {
    case .float32: "float32"
    case .float64: "float64"
    case .int32: "int32"
    case .int64: "int64"
    case .uint8: "uint8"
    case .bool: "bool"
    }
  }
}

/// A Swift type whose values a tensor can hold.
public protocol TensorScalar: Sendable, BitwiseCopyable {
  /// The element type of tensors made of such values.
  static var dtype: DType { get }
}

extension Float: TensorScalar {
  public static var dtype: DType { .float32 }
}
extension Double: TensorScalar {
  public static var dtype: DType { .float64 }
}
extension Int32: TensorScalar {
  public static var dtype: DType { .int32 }
}
extension Int64: TensorScalar {
  public static var dtype: DType { .int64 }
}
extension Int: TensorScalar {
  public static var dtype: DType { .int64 }
}
extension UInt8: TensorScalar {
  public static var dtype: DType { .uint8 }
}
extension Bool: TensorScalar {
  public static var dtype: DType { .bool }
}
