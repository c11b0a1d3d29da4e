internal import TensorKernels

extension Tensor {
  /// Applies a kernel to every element and one number: `f(x, number)`.
  @inline(__always)
  static func binary(
    _ name: String, _ kernel: Int, _ x: Tensor, _ number: Double, rule: @autoclosure () -> UnaryRule
  ) -> Tensor {
    let y = combined(name, kernel, x, number, numberFirst: false)
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule())
  }

  /// Applies a kernel to one number and every element: `f(number, x)`.
  @inline(__always)
  static func binary(
    _ name: String, _ kernel: Int, _ number: Double, _ x: Tensor, rule: @autoclosure () -> UnaryRule
  ) -> Tensor {
    let y = combined(name, kernel, x, number, numberFirst: true)
    guard x.trace != nil else { return y }
    return y.recorded(name, from: x, unary: rule())
  }

  @inline(__always)
  private static func combined(
    _ name: String, _ kernel: Int, _ x: Tensor, _ number: Double, numberFirst: Bool
  ) -> Tensor {
    requireValue(number, of: x.dtype, for: name)
    let y = Tensor(uninitialized: x.shape, x.dtype)
    wabe_zip_number(
      Int32(kernel), Int32(x.dtype.rawValue), x.pointer, number, numberFirst, y.freshPointer, y.count)
    return y
  }

  /// Stops the program unless the number is a value of the type; floats take every number, rounded.
  @inline(__always)
  static func requireValue(_ number: Double, of dtype: DType, for name: String) {
    if dtype.isFloatingPoint { return }
    requireWholeValue(number, of: dtype, for: name)
  }

  @inline(never)
  private static func requireWholeValue(_ number: Double, of dtype: DType, for name: String) {
    require(dtype != .bool, "\(name): truth values are no numbers: convert with cast(to:)")
    let fits =
      switch dtype {
      case .int32: Int32(exactly: number) != nil
      case .int64: Int64(exactly: number) != nil
      default: UInt8(exactly: number) != nil
      }
    require(fits, "\(name): \(number) is not a value of \(dtype): convert the tensor with cast(to: .float32)")
  }

  /// A tensor without axes that holds one number, or a truth value given as 0 or 1.
  static func number(_ number: Double, _ dtype: DType, for name: String) -> Tensor {
    if dtype == .bool {
      require(number == 0 || number == 1, "\(name): \(number) is no truth value: give 0 or 1")
    } else {
      requireValue(number, of: dtype, for: name)
    }
    let result = Tensor(uninitialized: [], .float64)
    result.freshPointer.storeBytes(of: number, as: Double.self)
    return result.cast(to: dtype)
  }
}
