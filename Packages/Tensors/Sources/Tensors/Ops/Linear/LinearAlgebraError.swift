/// Why a matrix cannot be solved or factored: something about its numbers, which a program cannot know beforehand.
public enum LinearAlgebraError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The matrix has no inverse; `rank` of its columns were found to be independent.
  case singular(operation: String, size: Int, rank: Int)
  /// The matrix is not positive definite; the square of this size in its upper left corner is the first that is not.
  case notPositiveDefinite(operation: String, size: Int, corner: Int)
  /// The matrix holds a number that is infinite or not a number.
  case notFinite(operation: String)
  /// The iteration did not come to an end.
  case notConverged(operation: String, size: Int)

  public var description: String {
    switch self {
    case .singular(let operation, let size, let rank):
      "\(operation): the \(size) × \(size) matrix is singular: elimination ended after \(rank) columns. "
        + "Check for repeated or zero rows, or add a small multiple of the identity"
    case .notPositiveDefinite(let operation, let size, let corner):
      "\(operation): the \(size) × \(size) matrix is not positive definite: its leading \(corner) × \(corner) part "
        + "is not. Add a multiple of the identity, or use solve"
    case .notFinite(let operation):
      "\(operation): the matrix holds infinite numbers or NaN"
    case .notConverged(let operation, let size):
      "\(operation): the \(size) × \(size) matrix did not become diagonal"
    }
  }
}

extension Tensor {
  /// The size of this square matrix of real numbers; stops the program where it is something else.
  func squareSize(for operation: String) -> Int {
    require(
      rank == 2 && shape[0] == shape[1],
      "\(operation): \(shape) is not a square matrix: it needs as many rows as columns")
    require(dtype.isFloatingPoint, "\(operation): \(dtype) has no fractions: convert with cast(to: .float64)")
    return shape[0]
  }

  /// Throws where an element of this float64 tensor is infinite or not a number.
  func requireFinite(for operation: String) throws(LinearAlgebraError) {
    if !withUnsafeBytes({ $0.bindMemory(to: Double.self).allSatisfy(\.isFinite) }) {
      throw .notFinite(operation: operation)
    }
  }

  /// The identity matrix in float64.
  static func identity(_ size: Int) -> Tensor {
    Tensor((0..<size * size).map { $0 / size == $0 % size ? 1.0 : 0.0 }, shape: [size, size])
  }

  /// A copy of this float64 tensor that kernels may write, without a record.
  func copied() -> Tensor {
    let copy = Tensor(uninitialized: shape, dtype)
    copy.freshPointer.copyMemory(from: pointer, byteCount: byteCount)
    return copy
  }
}
