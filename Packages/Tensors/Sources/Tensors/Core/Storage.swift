internal import TensorKernels

/// The memory of a tensor, aligned to 64 bytes, and how it is to be read.
///
/// A view (a reshaped tensor, a slice) has a storage of its own that points into the memory of its owner. Shape and
/// element type live here and not in `Tensor`, so that a tensor is four words that copy for the price of a reference.
///
/// The memory is written only while a single tensor refers to it; that rule, kept by `Tensor.makeUnique`, is what makes
/// the unchecked conformance true.
final class Storage: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let shape: Shape
  let dtype: DType
  /// Whose memory this is, where it is not its own.
  let owner: Storage?

  /// Takes memory whose contents are arbitrary, or stops the program where there is not enough.
  init(uninitialized shape: Shape, _ dtype: DType) {
    let (bytes, overflow) = shape.elementCount.multipliedReportingOverflow(by: dtype.byteCount)
    guard !overflow, let base = wabe_allocate(bytes) else {
      fatalError("memory: a \(dtype) tensor of shape \(shape) does not fit: use smaller batches or free other tensors")
    }
    self.base = base
    self.shape = shape
    self.dtype = dtype
    owner = nil
  }

  /// Takes memory whose contents are arbitrary, or throws where there is not enough.
  init(checking shape: Shape, _ dtype: DType) throws(MemoryError) {
    guard let count = shape.elementCountIfRepresentable else {
      throw .tooLarge(shape: Array(shape), dtype: dtype)
    }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: dtype.byteCount)
    guard !overflow else { throw .tooLarge(shape: Array(shape), dtype: dtype) }
    guard let base = wabe_allocate(bytes) else { throw .cannotAllocate(bytes: bytes) }
    self.base = base
    self.shape = shape
    self.dtype = dtype
    owner = nil
  }

  /// Reads the memory of another storage as `shape`, beginning `offset` elements in.
  init(viewing other: Storage, offset: Int = 0, as shape: Shape) {
    base = other.base + offset * other.dtype.byteCount
    self.shape = shape
    dtype = other.dtype
    owner = other.owner ?? other
  }

  deinit {
    if owner == nil { wabe_free(base, shape.elementCount * dtype.byteCount) }
  }

  var byteCount: Int { shape.elementCount * dtype.byteCount }

  /// Whether two tensors have the same shape; the shapes are compared where they are, without copying them.
  @inline(__always)
  func hasSameShape(as other: Storage) -> Bool {
    self === other || Shape.areEqual(shape, other.shape)
  }
}

/// What can go wrong where memory is asked for on behalf of a file or a user.
public enum MemoryError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The shape has more bytes than this machine can address.
  case tooLarge(shape: [Int], dtype: DType)
  /// The system did not give this much memory.
  case cannotAllocate(bytes: Int)

  public var description: String {
    switch self {
    case .tooLarge(let shape, let dtype): "a \(dtype) tensor of shape \(shape) has more bytes than can be addressed"
    case .cannotAllocate(let bytes): "\(bytes) bytes of memory could not be had"
    }
  }
}
