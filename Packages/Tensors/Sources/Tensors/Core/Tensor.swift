internal import TensorKernels

/// An array of numbers with any number of axes.
///
/// A tensor is a value: a copy never changes with the original. Copies share memory until one of them is written.
/// Elements lie in row-major order without gaps. Called `ndarray` in NumPy and `Tensor` in PyTorch.
public struct Tensor: Sendable {
  var storage: Storage

  /// The link to the record of how this tensor came about, if something records it.
  public var trace: Trace?

  init(_ storage: Storage) {
    self.storage = storage
    trace = nil
  }

  /// Makes a tensor whose elements are still arbitrary; whoever calls this writes all of them.
  init(uninitialized shape: Shape, _ dtype: DType) { self.init(Storage(uninitialized: shape, dtype)) }

  /// A tensor of zeros, or an error where the memory cannot be had.
  ///
  /// Code that takes a shape from a file or from a user calls this instead of `zeros`.
  public static func allocate(_ shape: Shape, dtype: DType) throws(MemoryError) -> Tensor {
    let storage = try Storage(checking: shape, dtype)
    storage.base.initializeMemory(as: UInt8.self, repeating: 0, count: storage.byteCount)
    return Tensor(storage)
  }

  /// The size of each axis.
  public var shape: Shape { @inline(__always) get { storage.shape } }
  /// The type of the elements.
  public var dtype: DType { @inline(__always) get { storage.dtype } }
  /// The number of elements.
  public var count: Int { @inline(__always) get { storage.shape.elementCount } }
  /// The number of axes.
  public var rank: Int { @inline(__always) get { storage.shape.rank } }
  /// The size of the elements in bytes.
  public var byteCount: Int { storage.byteCount }

  /// The same numbers, without any link to how they came about: gradients stop here.
  public var detached: Tensor { Tensor(storage) }

  /// The same memory read in another way; the result is not recorded.
  func viewed(offset: Int = 0, as shape: Shape) -> Tensor {
    Tensor(Storage(viewing: storage, offset: offset, as: shape))
  }
}

// MARK: - Memory

extension Tensor {
  /// The first element. The tensor must outlive the use: call this only on parameters and `let`s.
  var pointer: UnsafeRawPointer { UnsafeRawPointer(storage.base) }

  /// The first element of a tensor that nothing else refers to, as `init(uninitialized:_:)` gives it.
  var freshPointer: UnsafeMutableRawPointer { storage.base }

  /// The first element, for writing: other tensors that share the memory keep their values.
  mutating func mutablePointer() -> UnsafeMutableRawPointer {
    makeUnique()
    return storage.base
  }

  /// Whether nothing else refers to this tensor's memory, so that it may be written.
  var isUnique: Bool {
    mutating get { isKnownUniquelyReferenced(&storage) && storage.owner == nil }
  }

  /// Gives this tensor memory of its own unless it already has.
  mutating func makeUnique() {
    if isUnique { return }
    wabe_count_copy()
    let copy = Storage(uninitialized: shape, dtype)
    copy.base.copyMemory(from: pointer, byteCount: byteCount)
    storage = copy
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
