internal import TensorKernels

extension Tensor {
  /// Applies a kernel to every element and one number: `f(x, number)`.
  @inline(__always)
  static func binary(
    _ name: String, _ kernel: Int, _ x: Tensor, _ number: Double, rule: UnaryRule
  ) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    withScalar(number, x.dtype, for: name) { pointer in
      wabe_zip(Int32(kernel), Int32(x.dtype.rawValue), x.pointer, 1, pointer, 0, y.freshPointer, x.count)
    }
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule)
  }

  /// Applies a kernel to one number and every element: `f(number, x)`.
  @inline(__always)
  static func binary(
    _ name: String, _ kernel: Int, _ number: Double, _ x: Tensor, rule: UnaryRule
  ) -> Tensor {
    let y = Tensor(uninitialized: x.shape, x.dtype)
    withScalar(number, x.dtype, for: name) { pointer in
      wabe_zip(Int32(kernel), Int32(x.dtype.rawValue), pointer, 0, x.pointer, 1, y.freshPointer, x.count)
    }
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule)
  }

  /// Calls `body` with a number stored as an element of the given type.
  @inline(__always)
  static func withScalar(_ number: Double, _ dtype: DType, for name: String, _ body: (UnsafeRawPointer) -> Void) {
    if dtype == .float32 {
      Swift.withUnsafeBytes(of: Float(number)) { body($0.baseAddress.unsafelyUnwrapped) }
    } else if dtype == .float64 {
      Swift.withUnsafeBytes(of: number) { body($0.baseAddress.unsafelyUnwrapped) }
    } else {
      Swift.withUnsafeBytes(of: integerBits(number, dtype, for: name)) { body($0.baseAddress.unsafelyUnwrapped) }
    }
  }

  /// The little-endian bytes of a whole number in an integer type.
  private static func integerBits(_ number: Double, _ dtype: DType, for name: String) -> Int64 {
    let bits: Int64? =
      switch dtype {
      case .int32: Int32(exactly: number).map(Int64.init)
      case .int64: Int64(exactly: number)
      case .uint8: UInt8(exactly: number).map(Int64.init)
      case .bool: number == 0 || number == 1 ? Int64(number) : nil
      case .float32, .float64: nil
      }
    guard let bits else {
      fatalError("\(name): \(number) is not a value of \(dtype): convert the tensor with cast(to: .float32)")
    }
    return bits
  }
}
