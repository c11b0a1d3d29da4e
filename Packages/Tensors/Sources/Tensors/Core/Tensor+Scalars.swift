extension Tensor {
  /// Makes a tensor from the elements of an array in row-major order; without a shape it has one axis.
  ///
  /// The array's element type decides the tensor's: `[Float]` gives float32, `[Double]` float64, `[Int]` int64.
  @_disfavoredOverload
  public init<Scalar: TensorScalar>(_ scalars: [Scalar], shape: Shape? = nil) {
    let shape = shape ?? [scalars.count]
    require(
      shape.elementCount == scalars.count,
      "Tensor: shape \(shape) has \(shape.elementCount) elements, but the array has \(scalars.count)")
    self.init(uninitialized: shape, Scalar.dtype)
    let bytes = freshPointer
    scalars.withUnsafeBytes { bytes.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(bytes), byteCount: $0.count) }
  }

  /// The elements in row-major order, as values of the given type, which must be the tensor's own.
  public func scalars<Scalar: TensorScalar>(as type: Scalar.Type) -> [Scalar] {
    require(dtype == Scalar.dtype, "scalars: the tensor holds \(dtype), not \(Scalar.dtype): convert with cast(to:)")
    return withUnsafeBytes { Array($0.bindMemory(to: Scalar.self)) }
  }

  /// The elements in row-major order as `Double`s, whatever the element type.
  public var scalars: [Double] {
    dtype == .float64 ? scalars(as: Double.self) : detached.cast(to: .float64).scalars(as: Double.self)
  }

  /// The value of a tensor with exactly one element, as a `Double`.
  public var scalar: Double {
    require(count == 1, "scalar: a tensor of shape \(shape) has \(count) elements, not one: reduce it or use scalars")
    let first = pointer
    switch dtype {
    case .float32: return Double(first.load(as: Float.self))
    case .float64: return first.load(as: Double.self)
    case .int32: return Double(first.load(as: Int32.self))
    case .int64: return Double(first.load(as: Int64.self))
    case .uint8: return Double(first.load(as: UInt8.self))
    case .bool: return first.load(as: Bool.self) ? 1 : 0
    }
  }
}
