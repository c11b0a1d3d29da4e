internal import TensorKernels

extension Tensor {
  /// Solves a · x = b for x, where this tensor is the square matrix a.
  ///
  /// b is one column [n] or several [n, m], and x has its shape. The work is done in float64 by LU factorization with
  /// partial pivoting. The gradient G of x gives a⁻ᵀ · G for b and −(a⁻ᵀ · G) · xᵀ for a.
  public func solve(_ b: Tensor) throws(LinearAlgebraError) -> Tensor {
    Tensor.requireSameType("solve", self, b)
    let size = squareSize(for: "solve")
    require(
      (b.rank == 1 || b.rank == 2) && b.shape[0] == size,
      "solve: \(shape) and \(b.shape): the right-hand side must have \(size) rows")
    let columns = b.rank == 1 ? b.reshaped(to: [size, 1]) : b
    let factors = try LU(of: cast(to: .float64), for: "solve").checked()
    let x = factors.solution(of: columns.cast(to: .float64), transposed: false)
    return x.cast(to: dtype).reshaped(to: b.shape)
  }

  /// The inverse matrix, computed in float64; to solve equations, `solve` is faster and more exact.
  ///
  /// The gradient G of the inverse y gives −yᵀ · G · yᵀ.
  public func inverse() throws(LinearAlgebraError) -> Tensor {
    let size = squareSize(for: "inverse")
    let factors = try LU(of: cast(to: .float64), for: "inverse").checked()
    return factors.solution(of: .identity(size), transposed: false).cast(to: dtype)
  }

  /// The determinant of a square matrix, a tensor without axes; 0 where the matrix is singular.
  ///
  /// It is computed in float64. The gradient is the determinant times the transposed inverse, so a singular matrix stops
  /// the backward pass.
  public func determinant() throws(LinearAlgebraError) -> Tensor {
    _ = squareSize(for: "determinant")
    let factors = try LU(of: cast(to: .float64), for: "determinant")
    let value = Tensor([factors.determinant], shape: [])
    let recorded = value.recorded("determinant", from: factors.matrix) { a, y in
      .each { gradient, _ in
        let factors = a.factored(for: "gradient of determinant")
        return gradient * y * factors.solution(of: .identity(a.shape[0]), transposed: true)
      }
    }
    return recorded.cast(to: dtype)
  }

  /// The factors of a matrix that is known to have an inverse; stops the program where it has none.
  fileprivate func factored(for operation: String) -> LU {
    do {
      return try LU(of: self, for: operation).checked()
    } catch {
      fatalError("\(error)")
    }
  }
}

/// A float64 matrix as lower times upper triangle, with the exchanges of rows that led there.
private struct LU: Sendable {
  /// The matrix, perhaps with a record.
  let matrix: Tensor
  private let factors: Tensor
  private let exchanged: [Int]
  private let rank: Int
  private let operation: String

  init(of matrix: Tensor, for operation: String) throws(LinearAlgebraError) {
    try matrix.requireFinite(for: operation)
    let size = matrix.shape[0]
    let factors = matrix.copied()
    var exchanged = [Int](repeating: 0, count: size)
    rank = exchanged.withUnsafeMutableBytes { bytes in
      wabe_factor_lu(
        size, factors.freshPointer.assumingMemoryBound(to: Double.self),
        bytes.assumingMemoryBound(to: Int.self).baseAddress)
    }
    self.matrix = matrix
    self.factors = factors
    self.exchanged = exchanged
    self.operation = operation
  }

  /// Throws where the matrix has no inverse.
  func checked() throws(LinearAlgebraError) -> LU {
    if rank < exchanged.count { throw .singular(operation: operation, size: exchanged.count, rank: rank) }
    return self
  }

  var determinant: Double {
    let size = exchanged.count
    if rank < size { return 0 }
    return factors.withUnsafeBytes { bytes in
      let values = bytes.bindMemory(to: Double.self)
      return (0..<size).reduce(1) { $0 * values[$1 * (size + 1)] * (exchanged[$1] == $1 ? 1 : -1) }
    }
  }

  /// x with a x = b, or aᵀ x = b. The rules of a recorded solution use the same factors unless they are recorded too.
  func solution(of b: Tensor, transposed: Bool) -> Tensor {
    let x = b.copied()
    let size = exchanged.count
    exchanged.withUnsafeBytes { bytes in
      wabe_solve_lu(
        size, factors.pointer.assumingMemoryBound(to: Double.self), bytes.bindMemory(to: Int.self).baseAddress,
        transposed,
        b.shape[1], x.freshPointer.assumingMemoryBound(to: Double.self))
    }
    let plain = LU(matrix: matrix.detached, of: self)
    return x.recorded("solve", from: matrix, b) { a, _, x in
      let factors = LU(matrix: a, of: plain)
      return .each { gradient, input in
        let turned = factors.solution(of: gradient, transposed: !transposed)
        if input == 1 { return turned }
        return transposed ? -x.matmul(turned, transposeB: true) : -turned.matmul(x, transposeB: true)
      }
    }
  }

  /// The same factors, of a matrix with another record.
  private init(matrix: Tensor, of other: LU) {
    self.matrix = matrix
    factors = other.factors
    exchanged = other.exchanged
    rank = other.rank
    operation = other.operation
  }
}
