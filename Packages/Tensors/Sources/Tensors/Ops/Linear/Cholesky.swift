internal import TensorKernels

extension Tensor {
  /// The lower triangle l with a = l · lᵀ, for a symmetric positive definite matrix a.
  ///
  /// It is computed in float64 from ½ (a + aᵀ), so that a matrix which rounding made unsymmetric does no harm. With Φ
  /// the lower triangle with half its diagonal, the gradient G of l gives the symmetric part of l⁻ᵀ · Φ(lᵀ · G) · l⁻¹.
  public func cholesky() throws(LinearAlgebraError) -> Tensor {
    let size = squareSize(for: "cholesky")
    let matrix = cast(to: .float64)
    try matrix.requireFinite(for: "cholesky")
    let factor = matrix.symmetricCopy()
    let done = wabe_factor_cholesky(size, factor.freshPointer.assumingMemoryBound(to: Double.self))
    if done < size { throw .notPositiveDefinite(operation: "cholesky", size: size, corner: done + 1) }
    let recorded = factor.recorded("cholesky", from: matrix) { _, factor in
      .each { gradient, _ in
        let inverse = factor.inverseOfFactor()
        let inner = factor.matmul(gradient, transposeA: true) * lowerTriangleWithHalfDiagonal(size)
        let own = inverse.matmul(inner, transposeA: true).matmul(inverse)
        let turned = inverse.matmul(inner, transposeA: true, transposeB: true).matmul(inverse)
        return (own + turned) * 0.5
      }
    }
    return recorded.cast(to: dtype)
  }

  /// The inverse of a Cholesky factor, which always has one.
  private func inverseOfFactor() -> Tensor {
    do {
      return try inverse()
    } catch {
      fatalError("gradient of cholesky: \(error)")
    }
  }

  /// ½ (a + aᵀ) of this square float64 matrix, without a record.
  func symmetricCopy() -> Tensor {
    let size = shape[0]
    let copy = Tensor(uninitialized: shape, dtype)
    withUnsafeBytes { bytes in
      let from = bytes.bindMemory(to: Double.self)
      let to = copy.freshPointer.assumingMemoryBound(to: Double.self)
      for i in 0..<size {
        for j in 0..<size { to[i * size + j] = 0.5 * from[i * size + j] + 0.5 * from[j * size + i] }
      }
    }
    return copy
  }
}

private func lowerTriangleWithHalfDiagonal(_ size: Int) -> Tensor {
  let values = (0..<size * size).map { index -> Double in
    let (row, column) = index.quotientAndRemainder(dividingBy: size)
    return row > column ? 1 : row == column ? 0.5 : 0
  }
  return Tensor(values, shape: [size, size])
}
