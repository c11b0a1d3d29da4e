internal import TensorKernels

extension Tensor {
  /// The matrix product.
  ///
  /// With the matrices [n, k] and [k, m] the result is [n, m]; further leading axes are matched by NumPy's broadcasting
  /// rules, one product for each position. A tensor with one axis counts as a row on the left and as a column on the
  /// right, and that axis is missing from the result. The flags multiply with the transposed matrices without copying
  /// them: `a.matmul(b, transposeA: true)` is aᵀ · b.
  ///
  /// The gradient G of the result gives G · bᵀ for this tensor and thisᵀ · G for the other one.
  public func matmul(_ other: Tensor, transposeA: Bool = false, transposeB: Bool = false) -> Tensor {
    Tensor.requireSameType("matmul", self, other)
    if rank == 2 && other.rank == 2 { return matrixProduct(other, transposeA, transposeB) }
    return generalProduct(other, transposeA, transposeB)
  }

  private func matrixProduct(_ other: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> Tensor {
    let sizes = ProductSizes(shape, other.shape, transposeA, transposeB)
    let y = Tensor(uninitialized: Shape(sizes.rows, sizes.columns), dtype)
    var product = sizes.product(pointer, other.pointer, y.freshPointer)
    wabe_multiply(Int32(dtype.rawValue), &product)
    guard trace != nil || other.trace != nil else { return y }
    return y.recordedProduct(self, other, transposeA, transposeB)
  }

  /// Notes a product of matrices, whose rule needs no transposed copies either.
  private func recordedProduct(_ a: Tensor, _ b: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> Tensor {
    let shapes = (a.shape, b.shape)
    return recorded("matmul", from: a, b) { a, b, _ in
      .each { gradient, input in
        if input == 0 {
          let own =
            transposeA
            ? b.matmul(gradient, transposeA: transposeB, transposeB: true)
            : gradient.matmul(b, transposeB: !transposeB)
          return own.summed(to: shapes.0)
        }
        let own =
          transposeB
          ? gradient.matmul(a, transposeA: true, transposeB: transposeA)
          : a.matmul(gradient, transposeA: !transposeA)
        return own.summed(to: shapes.1)
      }
    }
  }

  @inline(never)
  private func generalProduct(_ other: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> Tensor {
    require(
      rank > 0 && other.rank > 0,
      "matmul: \(shape) × \(other.shape): a tensor without axes is no matrix: multiply with *")
    if rank == 1 {
      let row = reshaped(to: [1, count]).matmul(other, transposeB: transposeB)
      return row.reshaped(to: row.shape.removing(axis: other.rank == 1 ? 0 : row.rank - 2))
    }
    if other.rank == 1 {
      let column = matmul(other.reshaped(to: [other.count, 1]), transposeA: transposeA)
      return column.reshaped(to: column.shape.removing(axis: column.rank - 1))
    }
    if other.rank == 2 && !transposeA {  // one product of many rows
      let rows = reshaped(to: [Shape(shape.dropLast()).elementCount, shape[rank - 1]])
      let flat = rows.matmul(other, transposeB: transposeB)
      return flat.reshaped(to: shape.replacing(axis: rank - 1, with: flat.shape[1]))
    }
    return batchedProduct(other, transposeA, transposeB)
  }

  private func batchedProduct(_ other: Tensor, _ transposeA: Bool, _ transposeB: Bool) -> Tensor {
    let sizes = ProductSizes(shape, other.shape, transposeA, transposeB)
    let leading = (Shape(shape.dropLast(2)), Shape(other.shape.dropLast(2)))
    guard let batch = leading.0.broadcast(with: leading.1) else {
      fatalError(
        "matmul: \(shape) × \(other.shape): the leading axes \(leading.0) and \(leading.1) do not fit together: "
          + "counted from the last axis, sizes must be equal or 1")
    }
    let y = Tensor(uninitialized: Shape(Array(batch) + [sizes.rows, sizes.columns]), dtype)
    if y.count > 0 {
      var product = sizes.product(pointer, other.pointer, y.freshPointer)
      var nest = Nest(result: batch, leading.0, leading.1).kernelNest
      wabe_multiply_batch(Int32(dtype.rawValue), &product, &nest)
    }
    guard trace != nil || other.trace != nil else { return y }
    return y.recordedProduct(self, other, transposeA, transposeB)
  }
}

/// The sizes of the matrices in a product, found from the shapes of the operands.
struct ProductSizes {
  let rows: Int
  let columns: Int
  let inner: Int
  let transposeA: Bool
  let transposeB: Bool

  /// Stops the program where the inner sizes differ.
  @inline(__always)
  init(_ a: Shape, _ b: Shape, _ transposeA: Bool, _ transposeB: Bool, for operation: String = "matmul") {
    rows = a[transposeA ? a.rank - 1 : a.rank - 2]
    inner = a[transposeA ? a.rank - 2 : a.rank - 1]
    columns = b[transposeB ? b.rank - 2 : b.rank - 1]
    self.transposeA = transposeA
    self.transposeB = transposeB
    let other = b[transposeB ? b.rank - 1 : b.rank - 2]
    if inner != other { ProductSizes.stop(operation, a, b, transposeA, transposeB, inner, other) }
  }

  @inline(never)
  private static func stop(
    _ operation: String, _ a: Shape, _ b: Shape, _ transposeA: Bool, _ transposeB: Bool, _ inner: Int, _ other: Int
  ) -> Never {
    let left = "\(a)" + (transposeA ? "ᵀ" : "")
    let right = "\(b)" + (transposeB ? "ᵀ" : "")
    fatalError(
      "\(operation): \(left) × \(right): the inner sizes \(inner) and \(other) differ: "
        + "the columns of the left matrix must be as many as the rows of the right one")
  }

  /// The product as the kernels take it, with nothing added.
  @inline(__always)
  func product(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ c: UnsafeMutableRawPointer) -> wabe_product {
    wabe_product(
      rows: rows, columns: columns, inner: inner, transpose_a: transposeA, transpose_b: transposeB, a: a, b: b, c: c,
      bias: nil, activation: Int32(WABE_NO_ACTIVATION))
  }
}
