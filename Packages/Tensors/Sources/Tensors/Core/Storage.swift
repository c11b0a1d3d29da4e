internal import TensorKernels

/// The memory of one or several tensors, aligned to 64 bytes.
///
/// It is written only while a single tensor refers to it; that rule, kept by `Tensor.makeUnique`, is what makes the
/// unchecked conformance true.
final class Storage: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  /// Takes memory whose contents are arbitrary, or stops the program where there is not enough.
  init(byteCount: Int) {
    guard let base = wabe_allocate(byteCount) else {
      fatalError("memory: \(byteCount) bytes for a tensor could not be had: use smaller batches or free other tensors")
    }
    self.base = base
    self.byteCount = byteCount
  }

  /// Takes over memory that `wabe_allocate` gave.
  init(adopting base: UnsafeMutableRawPointer, byteCount: Int) {
    self.base = base
    self.byteCount = byteCount
  }

  deinit { wabe_free(base, byteCount) }
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
