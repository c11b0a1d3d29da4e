import Tensors
import Testing

/// The largest absolute element.
private func largest(_ x: Tensor) -> Double { x.scalars.map(abs).max() ?? 0 }

private func identity(_ size: Int) -> Tensor {
  Tensor((0..<size * size).map { i -> Double in i / size == i % size ? 1 : 0 }, shape: [size, size])
}

/// Symmetric, with eigenvalues of at least 1.
private func positive(_ size: Int) -> Tensor {
  let root = scattered([size, size], .float64, seed: size)
  return root.matmul(root, transposeB: true) + identity(size)
}

private func symmetric(_ size: Int) -> Tensor {
  let a = scattered([size, size], .float64, seed: size + 7)
  return a.matmul(identity(size), transposeA: true) + a
}

private let sizes = [0, 1, 2, 3, 7, 48, 49, 97, 150]

@Suite struct LinearAlgebraTests {
  @Test("solutions satisfy their equations to rounding", arguments: sizes)
  func solutions(size: Int) throws {
    let a = scattered([size, size], .float64, seed: size + 1)
    let b = scattered([size, 3], .float64, seed: size + 2)
    let x = try a.solve(b)
    // Backward stability: the residual is small against |a| |x|, whatever the condition.
    #expect(largest(a.matmul(x) - b) <= 1e-14 * Double(size + 1) * max(1, largest(x)))
    let column = try a.solve(scattered([size], .float64, seed: 5))
    #expect(column.shape == [size])
  }

  @Test("a badly conditioned matrix still gives a small residual")
  func hilbert() throws {
    let a = Tensor((0..<144).map { index -> Double in 1 / Double(index / 12 + index % 12 + 1) }, shape: [12, 12])
    let b = scattered([12, 1], .float64, seed: 3)
    let x = try a.solve(b)
    #expect(largest(x) > 1e10)  // the condition number is about 1.7e16
    #expect(largest(a.matmul(x) - b) <= 1e-14 * largest(x))
  }

  @Test("the inverse times the matrix is the identity", arguments: [1, 2, 5, 60])
  func inverses(size: Int) throws {
    let a = positive(size)
    #expect(largest(try a.inverse().matmul(a) - identity(size)) < 1e-11)
  }

  @Test(
    "determinants of known matrices",
    arguments: [
      ([1, 2, 3, 4], 2, -2), ([0, 1, 1, 0], 2, -1), ([2, 0, 0, 0, 0, 3, 0, 5, 0], 3, -30), ([1, 2, 2, 4], 2, 0),
      ([], 0, 1),
    ] as [([Double], Int, Double)])
  func determinants(values: [Double], size: Int, expected: Double) throws {
    let determinant = try Tensor(values, shape: [size, size]).determinant()
    #expect(determinant.shape == [])
    #expect(abs(determinant.scalar - expected) < 1e-13)
  }

  @Test("the Cholesky factor of a known matrix", arguments: [DType.float32, .float64])
  func knownCholesky(dtype: DType) throws {
    let a = Tensor([4.0, 12, -16, 12, 37, -43, -16, -43, 98], shape: [3, 3], dtype: .float64).cast(to: dtype)
    let factor = try a.cholesky()
    #expect(factor.dtype == dtype)
    #expect(factor.scalars == [2, 0, 0, 6, 1, 0, -8, 5, 3])
  }

  @Test("a Cholesky factor times its transpose is the matrix", arguments: sizes)
  func cholesky(size: Int) throws {
    let a = positive(size)
    let factor = try a.cholesky()
    #expect(largest(factor.matmul(factor, transposeB: true) - a) <= 1e-14 * Double(size + 1) * (1 + largest(a)))
  }

  @Test("eigenvectors diagonalize their matrix and are orthonormal", arguments: sizes)
  func eigenvectors(size: Int) throws {
    let a = symmetric(size)
    let (values, vectors) = try a.eigenSymmetric()
    #expect(largest(a.matmul(vectors) - vectors * values) <= 1e-14 * Double(size + 1) * 4)
    #expect(largest(vectors.matmul(vectors, transposeA: true) - identity(size)) <= 1e-14 * Double(size + 1))
    #expect(values.scalars == values.scalars.sorted())
  }

  @Test("the eigenvalues of the second difference are 2 − 2 cos(kπ / (n + 1))", arguments: [2, 3, 20, 101])
  func secondDifference(size: Int) throws {
    let a = Tensor(
      (0..<size * size).map { index -> Double in
        let distance = abs(index / size - index % size)
        return distance == 0 ? 2 : distance == 1 ? -1 : 0
      }, shape: [size, size])
    let values = try a.eigenSymmetric().values.scalars
    // cos x = 1 − 2 sin² (x / 2), and Chebyshev's recurrence gives cos (k x) without a library.
    for (k, value) in values.enumerated() {
      #expect(abs(chebyshev(size, at: 1 - value / 2)) < 1e-9 * Double(size * size), "eigenvalue \(k)")
    }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(abs(values.reduce(0, +) - 2 * Double(size)) < 1e-11 * Double(size))
  }

  /// The Chebyshev polynomial of the second kind, whose zeros are cos(kπ / (n + 1)).
  private func chebyshev(_ degree: Int, at x: Double) -> Double {
    var (before, now) = (1.0, 2 * x)
    for _ in 1..<degree { (before, now) = (now, 2 * x * now - before) }
    return now
  }

  @Test("a matrix of low rank beside much smaller noise becomes diagonal", arguments: [1e-18, 1e-15, 1e-12, 1e-9])
  func lowRank(noise: Double) throws {
    // The Hessian of a network beside a saddle point looks like this: one block of rank 9 per unit, and hardly else.
    let (units, inputs, outputs) = (5, 50, 10)
    let (width, size) = (inputs + outputs, units * (inputs + outputs))
    let block = scattered([inputs, 9], .float64, seed: 1).matmul(scattered([9, outputs], .float64, seed: 2)).scalars
    var numbers = (scattered([size, size], .float64, seed: 3) * noise).scalars
    for unit in 0..<units {
      for (place, value) in block.enumerated() {
        let row = unit * width + place / outputs
        let column = unit * width + inputs + place % outputs
        numbers[row * size + column] += value
        numbers[column * size + row] += value
      }
    }
    let drawn = Tensor(numbers, shape: [size, size])
    let a = (drawn + drawn.transposed) * 0.5
    let (values, vectors) = try a.eigenSymmetric()
    #expect(largest(a.matmul(vectors) - vectors * values) <= 1e-12 * largest(a))
    #expect(values.scalars.filter { abs($0) > 1e-6 * largest(a) }.count == 18 * units)
  }

  @Test("equal, zero and widely spread eigenvalues")
  func degenerate() throws {
    #expect(try identity(5).eigenSymmetric().values.scalars == [1, 1, 1, 1, 1])
    #expect(try (identity(4) * 0).eigenSymmetric().values.scalars == [0, 0, 0, 0])
    let ones = Tensor([Double](repeating: 1, count: 36), shape: [6, 6])
    let values = try ones.eigenSymmetric().values.scalars
    #expect(abs(values[5] - 6) < 1e-14 && values[..<5].allSatisfy { abs($0) < 1e-14 })
    let spread = try Tensor([1e-150, 0, 0, 1e150], shape: [2, 2], dtype: .float64).eigenSymmetric().values.scalars
    #expect(spread == [1e-150, 1e150])
  }

  @Test("matrices that have no solution say why")
  func errors() {
    let singular = Tensor([1.0, 2, 2, 4], shape: [2, 2], dtype: .float64)
    #expect(throws: LinearAlgebraError.singular(operation: "solve", size: 2, rank: 1)) {
      try singular.solve(Tensor([1.0, 1] as [Double]))
    }
    #expect(throws: LinearAlgebraError.singular(operation: "inverse", size: 2, rank: 1)) { try singular.inverse() }
    let indefinite = Tensor([1.0, 2, 2, 1], shape: [2, 2], dtype: .float64)
    #expect(throws: LinearAlgebraError.notPositiveDefinite(operation: "cholesky", size: 2, corner: 2)) {
      try indefinite.cholesky()
    }
    let broken = Tensor([1, .nan, .nan, 1], shape: [2, 2], dtype: .float64)
    #expect(throws: LinearAlgebraError.notFinite(operation: "eigenSymmetric")) { try broken.eigenSymmetric() }
    #expect(throws: LinearAlgebraError.notFinite(operation: "solve")) {
      try broken.solve(Tensor([1.0, 1] as [Double]))
    }
  }

  @Test("gradient rules agree with central differences")
  func gradients() throws {
    let a = positive(4)
    let b = scattered([4, 2], .float64, seed: 8)
    #expect(gradientError([a, b]) { try! $0[0].solve($0[1]) } < 1e-8)
    #expect(gradientError([a, identity(4)]) { try! $0[0].solve($0[1]) } < 1e-8)
    #expect(gradientError([a]) { try! $0[0].determinant() } < 1e-6)
    #expect(gradientError([a]) { try! $0[0].cholesky() } < 1e-8)
    let distinct = symmetric(4)
    #expect(gradientError([distinct]) { try! $0[0].eigenSymmetric().values } < 1e-8)
    #expect(gradientError([distinct]) { try! $0[0].eigenSymmetric().vectors } < 1e-7)
  }
}
