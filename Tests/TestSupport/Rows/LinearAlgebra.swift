import Tensors

extension OpTable {
  /// An operation on a square matrix that says by an error where it is impossible; here it never is.
  private static func algebra(
    _ name: String, _ inputs: Inputs = square, _ tolerance: Tolerance = .roundings(64),
    _ body: @escaping @Sendable ([Tensor]) throws(LinearAlgebraError) -> Tensor
  ) -> OpRow {
    OpRow(name, inputs, tolerance, extremes: .refused) { inputs in
      do {
        return try body(inputs)
      } catch {
        fatalError("op table: \(name): \(error)")
      }
    }
  }

  private static let square = Inputs.cases("signed[3,3]", "signed[1,1]", "signed[5,5]", large: "signed[40,40]")

  private static func identity(_ x: Tensor) -> Tensor { Tensor.eye(x.shape[0], dtype: x.dtype) }

  /// Far from singular.
  private static func shifted(_ x: Tensor) -> Tensor { x + 16 * identity(x) }

  /// Symmetric and positive definite.
  private static func positive(_ x: Tensor) -> Tensor { x.matmul(x, transposeB: true) + identity(x) }

  private static func symmetric(_ x: Tensor) -> Tensor { (x + x.transposed) / 2 }

  static let linearAlgebra: [OpRow] = [
    algebra(
      "solve",
      .cases(
        "signed[3,3] signed[3,2]", "signed[3,3] signed[3]", "signed[1,1] signed[1]", "signed[5,5] signed[5,1]",
        large: "signed[40,40] signed[40,30]")
    ) { inputs throws(LinearAlgebraError) in try shifted(inputs[0]).solve(inputs[1]) },
    algebra("inverse") { inputs throws(LinearAlgebraError) in try shifted(inputs[0]).inverse() },
    algebra("determinant") { inputs throws(LinearAlgebraError) in try shifted(inputs[0]).determinant() },
    algebra("cholesky") { inputs throws(LinearAlgebraError) in try positive(inputs[0]).cholesky() },
    algebra("eigenvalues") { inputs throws(LinearAlgebraError) in
      try symmetric(inputs[0]).eigenSymmetric().values
    },
    // A function of the matrix does not depend on the signs of its eigenvectors.
    algebra("function of eigenvalues") { inputs throws(LinearAlgebraError) in
      let (values, vectors) = try symmetric(inputs[0]).eigenSymmetric()
      return (vectors * tanh(values)).matmul(vectors, transposeB: true)
    },
  ]
}
