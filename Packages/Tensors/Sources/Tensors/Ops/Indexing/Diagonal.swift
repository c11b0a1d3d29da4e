internal import TensorKernels

extension Tensor {
  /// The diagonal of a matrix, or of each matrix of a batch: y[…, i] = x[…, i, i + offset].
  ///
  /// The gradient becomes the diagonal of a matrix of zeros.
  public func diagonal(offset: Int = 0) -> Tensor {
    let place = Diagonal(of: shape, offset: offset, for: "diagonal")
    let y = Tensor(uninitialized: Shape(place.batch + [place.length]), dtype)
    place.copy(to: y.shape).run(dtype, from: pointer + place.start * dtype.byteCount, to: y.freshPointer)
    let shape = shape
    return y.recorded("diagonal", from: self) { _, _ in
      .each { gradient, _ in gradient.onDiagonal(of: shape, offset: offset) }
    }
  }

  /// A square matrix with these elements on a diagonal and zeros elsewhere, for each vector of a batch.
  ///
  /// The gradient is the diagonal of the gradient.
  public func diagonalMatrix(offset: Int = 0) -> Tensor {
    require(rank >= 1, "diagonalMatrix: a tensor without axes has no diagonal elements: reshape it to [1]")
    let size = shape[rank - 1] + abs(offset)
    return onDiagonal(of: Shape(Array(shape.dropLast()) + [size, size]), offset: offset)
  }

  /// Zeros of the given shape with this tensor's vectors on a diagonal.
  private func onDiagonal(of whole: Shape, offset: Int) -> Tensor {
    let place = Diagonal(of: whole, offset: offset, for: "diagonal")
    let y = Tensor.zeros(whole, dtype: dtype)
    place.copy(from: shape).run(dtype, from: pointer, to: y.freshPointer + place.start * dtype.byteCount)
    return y.recorded("diagonalMatrix", from: self) { _, _ in
      .each { gradient, _ in gradient.diagonal(offset: offset) }
    }
  }

  /// The elements on and above a diagonal, with zeros below. So is the gradient.
  public func upperTriangle(offset: Int = 0) -> Tensor { triangle("upperTriangle", keepUpper: true, offset) }

  /// The elements on and below a diagonal, with zeros above. So is the gradient.
  public func lowerTriangle(offset: Int = 0) -> Tensor { triangle("lowerTriangle", keepUpper: false, offset) }

  private func triangle(_ name: String, keepUpper: Bool, _ offset: Int) -> Tensor {
    require(rank >= 2, "\(name): \(shape) is no matrix: it needs two axes")
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let y = Tensor(uninitialized: shape, dtype)
    let batch = rows == 0 || columns == 0 ? 0 : count / rows / columns
    wabe_triangle(Int32(dtype.byteCount), keepUpper, offset, batch, rows, columns, pointer, y.freshPointer)
    return y.recorded(name, from: self) { _, _ in
      .each { gradient, _ in gradient.triangle(name, keepUpper: keepUpper, offset) }
    }
  }
}

/// Where a diagonal lies in matrices of a shape.
private struct Diagonal {
  let batch: [Int]
  let length: Int
  /// The first element.
  let start: Int
  /// The distance between neighbours along each axis of the batch, and along the diagonal.
  let steps: [Int]

  init(of shape: Shape, offset: Int, for name: String) {
    require(shape.rank >= 2, "\(name): \(shape) is no matrix: it needs two axes")
    let (rows, columns) = (shape[shape.rank - 2], shape[shape.rank - 1])
    batch = Array(shape.dropLast(2))
    length = Swift.max(0, offset >= 0 ? Swift.min(rows, columns - offset) : Swift.min(rows + offset, columns))
    start = length == 0 ? 0 : offset >= 0 ? offset : -offset * columns
    steps = Array(shape.steps.dropLast(2)) + [columns + 1]
  }

  func copy(to vectors: Shape) -> StridedCopy { StridedCopy(sizes: vectors, reading: steps, writing: vectors.steps) }
  func copy(from vectors: Shape) -> StridedCopy { StridedCopy(sizes: vectors, reading: vectors.steps, writing: steps) }
}
