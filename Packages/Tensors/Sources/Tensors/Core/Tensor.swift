internal import TensorKernels

/// An array of numbers with any number of axes.
///
/// A tensor is a value: a copy never changes with the original. Copies share memory until one of them is written.
/// Elements lie in row-major order without gaps. Called `ndarray` in NumPy and `Tensor` in PyTorch.
public struct Tensor: Sendable {
  var storage: Storage
  /// Where the first element lies in the storage, in elements.
  var offset: Int

  /// The size of each axis.
  public internal(set) var shape: Shape
  /// The type of the elements.
  public let dtype: DType
  /// The link to the record of how this tensor came about, if something records it.
  public var trace: Trace?

  init(storage: Storage, offset: Int = 0, shape: Shape, dtype: DType) {
    self.storage = storage
    self.offset = offset
    self.shape = shape
    self.dtype = dtype
    trace = nil
  }

  /// Makes a tensor whose elements are still arbitrary; whoever calls this writes all of them.
  init(uninitialized shape: Shape, _ dtype: DType) {
    self.init(storage: Storage(byteCount: Tensor.byteCount(shape, dtype)), shape: shape, dtype: dtype)
  }

  private static func byteCount(_ shape: Shape, _ dtype: DType) -> Int {
    let (bytes, overflow) = shape.elementCount.multipliedReportingOverflow(by: dtype.byteCount)
    require(!overflow, "shape: a \(dtype) tensor of shape \(shape) has more bytes than can be addressed")
    return bytes
  }

  /// A tensor of zeros, or an error where the memory cannot be had.
  ///
  /// Code that takes a shape from a file or from a user calls this instead of `zeros`.
  public static func allocate(_ shape: Shape, dtype: DType) throws(MemoryError) -> Tensor {
    guard let count = shape.elementCountIfRepresentable else { throw .tooLarge(shape: Array(shape), dtype: dtype) }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.byteCount)
    guard !overflow else { throw .tooLarge(shape: Array(shape), dtype: dtype) }
    guard let base = wabe_allocate(bytes) else { throw .cannotAllocate(bytes: bytes) }
    base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    return Tensor(storage: Storage(adopting: base, byteCount: bytes), shape: shape, dtype: dtype)
  }

  /// The number of elements.
  public var count: Int { shape.elementCount }
  /// The number of axes.
  public var rank: Int { shape.rank }
  /// The size of the elements in bytes.
  public var byteCount: Int { shape.elementCount * dtype.byteCount }

  /// The same numbers, without any link to how they came about: gradients stop here.
  public var detached: Tensor {
    guard trace != nil else { return self }
    var copy = self
    copy.trace = nil
    return copy
  }
}

// MARK: - Memory

extension Tensor {
  /// The first element. The tensor must outlive the use: call this only on parameters and `let`s.
  var pointer: UnsafeRawPointer { UnsafeRawPointer(storage.base + offset * dtype.byteCount) }

  /// The first element of a tensor that nothing else refers to, as `init(uninitialized:_:)` gives it.
  var freshPointer: UnsafeMutableRawPointer { storage.base + offset * dtype.byteCount }

  /// The first element, for writing: other tensors that share the memory keep their values.
  mutating func mutablePointer() -> UnsafeMutableRawPointer {
    makeUnique()
    return storage.base + offset * dtype.byteCount
  }

  /// Gives this tensor memory of its own unless it already has.
  mutating func makeUnique() {
    guard !isKnownUniquelyReferenced(&storage) else { return }
    wabe_count_copy()
    let copy = Storage(byteCount: byteCount)
    copy.base.copyMemory(from: pointer, byteCount: byteCount)
    storage = copy
    offset = 0
  }

  /// Calls `body` with the bytes of all elements in row-major order.
  public func withUnsafeBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let result = try body(UnsafeRawBufferPointer(start: pointer, count: byteCount))
    withExtendedLifetime(storage) {}
    return result
  }

  /// Calls `body` with the bytes of all elements for writing; the tensor no longer counts as recorded.
  public mutating func withUnsafeMutableBytes<Result, Failure: Error>(
    _ body: (UnsafeMutableRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    trace = nil
    let result = try body(UnsafeMutableRawBufferPointer(start: mutablePointer(), count: byteCount))
    withExtendedLifetime(storage) {}
    return result
  }
}
