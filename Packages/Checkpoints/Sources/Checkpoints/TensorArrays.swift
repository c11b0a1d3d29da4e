public import Files
public import Tensors

/// A tensor's memory as a file writes it, without a copy.
struct TensorBytes: ByteSource {
  let tensor: Tensor

  var byteCount: Int { tensor.byteCount }

  func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try tensor.withUnsafeBytes(body)
  }
}

extension NamedArray {
  /// A tensor under a name; it shares the tensor's memory.
  public init(_ tensor: Tensor, name: String) {
    self.init(
      name: name, type: ElementType(tensor.dtype), shape: Array(tensor.shape), bytes: TensorBytes(tensor: tensor))
  }

  /// The array as a tensor of its own.
  ///
  /// - Parameter path: where the array comes from, for messages.
  public func tensor(path: String) throws(LoadError) -> Tensor {
    guard let dtype = type.dtype, shape.count <= Shape.maximumRank else {
      throw .forbidden(path: path, object: name, feature: "\(type.rawValue) \(shape)")
    }
    var tensor: Tensor
    do throws(MemoryError) { tensor = try Tensor.allocate(Shape(shape), dtype: dtype) } catch {
      throw .tooLarge(path: path, bytes: bytes.byteCount, limit: 0)
    }
    tensor.withUnsafeMutableBytes { target in bytes.withBytes { target.copyMemory(from: $0) } }
    return tensor
  }
}

extension ElementType {
  /// The type of a tensor's elements.
  public init(_ dtype: DType) {
    switch dtype {
    case .float32: self = .float32
    case .float64: self = .float64
    case .int32: self = .int32
    case .int64: self = .int64
    case .uint8: self = .uint8
    case .bool: self = .bool
    }
  }

  /// The tensor's type; nil for types that tensors do not have.
  var dtype: DType? {
    switch self {
    case .float32: .float32
    case .float64: .float64
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .bool: .bool
    case .float16, .bfloat16: nil
    }
  }
}
