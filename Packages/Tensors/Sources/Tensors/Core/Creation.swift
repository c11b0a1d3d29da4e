internal import TensorKernels

extension Tensor {
  /// A tensor of zeros.
  public static func zeros(_ shape: Shape, dtype: DType = .float32) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    var zero: UInt8 = 0
    wabe_fill(Int32(1), &zero, y.freshPointer, y.byteCount)
    return y
  }

  /// A tensor of ones.
  public static func ones(_ shape: Shape, dtype: DType = .float32) -> Tensor { full(shape, 1, dtype: dtype) }

  /// A tensor whose elements are all the same number.
  public static func full(_ shape: Shape, _ value: Double, dtype: DType = .float32) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    if dtype == .float32 {  // the gradient that every way back starts from
      var value = Float(value)
      wabe_fill(Int32(dtype.byteCount), &value, y.freshPointer, y.count)
      return y
    }
    let element = element(value, dtype, for: "full")
    wabe_fill(Int32(dtype.byteCount), element.pointer, y.freshPointer, y.count)
    return y
  }

  /// Zeros of another tensor's shape and type.
  public static func zeros(like other: Tensor) -> Tensor { zeros(other.shape, dtype: other.dtype) }

  /// Ones of another tensor's shape and type.
  public static func ones(like other: Tensor) -> Tensor { ones(other.shape, dtype: other.dtype) }

  /// The same number everywhere, in another tensor's shape and type.
  public static func full(like other: Tensor, _ value: Double) -> Tensor {
    full(other.shape, value, dtype: other.dtype)
  }

  /// A matrix with ones on its diagonal and zeros elsewhere; without `columns` it is square.
  public static func eye(_ rows: Int, columns: Int? = nil, dtype: DType = .float32) -> Tensor {
    let columns = columns ?? rows
    var y = zeros([rows, columns], dtype: dtype)
    let length = Swift.min(rows, columns)
    guard length > 0 else { return y }
    let one = element(1, dtype, for: "eye")
    StridedCopy(sizes: [length], reading: [0], writing: [columns + 1]).run(
      dtype, from: one.pointer, to: y.mutablePointer())
    return y
  }

  /// The numbers 0, 1, 2, … below `count`.
  public static func arange(_ count: Int, dtype: DType = .float32) -> Tensor {
    require(count >= 0, "arange: there are no \(count) numbers: give a count of at least 0")
    return evenlySpaced("arange", count: count, from: 0, by: 1, dtype)
  }

  /// The numbers `start`, `start + step`, … before `end`, which itself is left out.
  public static func arange(
    from start: Double, to end: Double, by step: Double = 1, dtype: DType = .float32
  ) -> Tensor {
    let count = ((end - start) / step).rounded(.up)
    require(
      step != 0 && count.isFinite && count < 0x1p62,
      "arange: the numbers from \(start) to \(end) in steps of \(step) cannot be counted: give finite bounds and a step"
    )
    return evenlySpaced("arange", count: Swift.max(Int(count), 0), from: start, by: step, dtype)
  }

  /// `count` evenly spaced numbers of which the first is `start` and the last is `end`.
  public static func linspace(
    from start: Double, to end: Double, count: Int, dtype: DType = .float32
  ) -> Tensor {
    require(count >= 0, "linspace: there are no \(count) numbers: give a count of at least 0")
    require(dtype.isFloatingPoint, "linspace: \(dtype) has no fractions: make float32 and convert with cast(to:)")
    let steps = Double(Swift.max(count - 1, 1))
    // From whichever end is nearer, so that both ends are exact and the numbers lie symmetrically.
    return generated([count], dtype) { index in
      let k = Double(index)
      return 2 * k <= steps ? start + (end - start) * (k / steps) : end - (end - start) * ((steps - k) / steps)
    }
  }

  private static func evenlySpaced(
    _ name: String, count: Int, from start: Double, by step: Double, _ dtype: DType
  ) -> Tensor {
    if dtype.isFloatingPoint { return generated([count], dtype) { start + Double($0) * step } }
    require(
      start == start.rounded() && step == step.rounded(),
      "\(name): \(dtype) has no fractions: use float32 or whole numbers for \(start) and \(step)")
    return generated([count], .float64) { start + Double($0) * step }.cast(to: dtype)
  }

  /// A tensor of real numbers, computed one by one from their positions.
  private static func generated(_ shape: Shape, _ dtype: DType, _ value: (Int) -> Double) -> Tensor {
    let y = Tensor(uninitialized: shape, dtype)
    if dtype == .float32 {
      let elements = y.freshPointer.assumingMemoryBound(to: Float.self)
      for index in 0..<y.count { elements[index] = Float(value(index)) }
    } else {
      let elements = y.freshPointer.assumingMemoryBound(to: Double.self)
      for index in 0..<y.count { elements[index] = value(index) }
    }
    return y
  }

  /// A tensor that holds one number, which must be a value of the type.
  private static func element(_ value: Double, _ dtype: DType, for name: String) -> Tensor {
    let fits = value == value.rounded() && value.magnitude < 0x1p62 && dtype.holds(Int(value))
    require(dtype.isFloatingPoint || fits, "\(name): \(value) is not a value of \(dtype): choose another dtype")
    return Tensor([value]).cast(to: dtype)
  }
}
