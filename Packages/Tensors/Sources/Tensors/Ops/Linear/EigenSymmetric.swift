internal import TensorKernels

extension Tensor {
  /// The eigenvalues of a symmetric matrix in ascending order and its eigenvectors, one per column.
  ///
  /// They are computed in float64 from ½ (a + aᵀ): a = vectors · diag(values) · vectorsᵀ. Called `eigh` in NumPy. With v
  /// the vectors, the gradient g of the values gives v · diag(g) · vᵀ. The gradient of the vectors exists only where
  /// all eigenvalues differ, and their signs are arbitrary.
  public func eigenSymmetric() throws(LinearAlgebraError) -> (values: Tensor, vectors: Tensor) {
    let size = squareSize(for: "eigenSymmetric")
    let matrix = cast(to: .float64)
    try matrix.requireFinite(for: "eigenSymmetric")
    let vectors = matrix.symmetricCopy()
    let values = Tensor(uninitialized: [size], .float64)
    let done = wabe_eigen_symmetric(
      size, vectors.freshPointer.assumingMemoryBound(to: Double.self),
      values.freshPointer.assumingMemoryBound(to: Double.self))
    if !done { throw .notConverged(operation: "eigenSymmetric", size: size) }
    guard trace != nil else { return (values.cast(to: dtype), vectors.cast(to: dtype)) }
    let recordedValues = values.recorded("eigenvalues", from: matrix) { matrix, _ in
      .each { gradient, _ in
        let vectors = matrix.eigen(known: (values, vectors)).vectors
        return (vectors * gradient).matmul(vectors, transposeB: true)
      }
    }
    let recordedVectors = vectors.recorded("eigenvectors", from: matrix) { matrix, vectors in
      .each { gradient, _ in
        let values = matrix.eigen(known: (values, vectors)).values
        let inner = vectors.matmul(gradient, transposeA: true) * reciprocalGaps(values)
        let own = vectors.matmul(inner).matmul(vectors, transposeB: true)
        let turned = vectors.matmul(inner, transposeB: true).matmul(vectors, transposeB: true)
        return (own + turned) * 0.5
      }
    }
    return (recordedValues.cast(to: dtype), recordedVectors.cast(to: dtype))
  }

  /// What is known of a matrix without record; where the backward pass is itself recorded, a recorded repetition.
  private func eigen(known: (values: Tensor, vectors: Tensor)) -> (values: Tensor, vectors: Tensor) {
    if trace == nil { return known }
    do {
      return try eigenSymmetric()
    } catch {
      fatalError("gradient of eigenSymmetric: \(error)")
    }
  }
}

/// 1 / (valueⱼ − valueᵢ) in row i and column j, and 0 on the diagonal.
private func reciprocalGaps(_ values: Tensor) -> Tensor {
  let size = values.count
  let sorted = values.scalars
  require(
    zip(sorted, sorted.dropFirst()).allSatisfy { $0 < $1 },
    "gradient of eigenSymmetric: two eigenvalues are equal, so the vectors have no gradient: use the values alone")
  let identity = Tensor.identity(size)
  let gaps = values.reshaped(to: [1, size]) - values.reshaped(to: [size, 1])
  return (1 - identity) / (gaps + identity)
}
