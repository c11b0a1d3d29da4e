import Tensors
import Testing

@Suite("Indexing by tensors")
struct IndexingTests {
  @Test("taking looks slices up along an axis")
  func taking() {
    let x = counting([3, 2])
    #expect(x.taking([2, 0, 2]) == Tensor([[4, 5], [0, 1], [4, 5]]))
    #expect(x.taking([1], axis: 1) == Tensor([[1], [3], [5]]))
    #expect(x.taking(Tensor([[0, -1]], dtype: .int32)).shape == [1, 2, 2])
    #expect(x.taking(Tensor([[0, -1]], dtype: .int32))[0, 1].scalars == [4, 5])
    #expect(x.taking(Tensor(1, dtype: .int64)).shape == [2])
  }

  @Test("gathering reads one element for every index, as plain loops do", arguments: 0..<3)
  func gathering(axis: Int) {
    var random = RandomSource(seed: 5)
    let x = counting([3, 4, 5], dtype: .float64)
    let shape = Shape(x.shape.enumerated().map { $0 == axis ? 6 : $1 })
    let indices = Tensor.integers(shape, in: -x.shape[axis]..<x.shape[axis], using: &random)
    let y = x.gathering(indices, axis: axis)
    for i in 0..<shape[0] {
      for j in 0..<shape[1] {
        for k in 0..<shape[2] {
          var place = [i, j, k]
          place[axis] = Int(indices[i, j, k].scalar)
          #expect(y[i, j, k].scalar == x[place[0], place[1], place[2]].scalar)
        }
      }
    }
  }

  @Test("adding and taking are adjoint: ⟨add(u), v⟩ = ⟨u, take(v)⟩", arguments: 0..<20)
  func adjoint(seed: Int) {
    var random = RandomSource(seed: seed)
    let axis = seed % 3
    let v = Tensor.normal([4, 3, 5], dtype: .float64, using: &random)
    let zeros = Tensor.zeros(like: v)

    let rows = Tensor.integers([7], in: 0..<v.shape[axis], using: &random)
    let taken = v.taking(rows, axis: axis)
    let u = Tensor.normal(taken.shape, dtype: .float64, using: &random)
    let left = (zeros.adding(u, at: rows, axis: axis) * v).sum()
    #expect(left.isClose(to: (u * taken).sum(), relative: 1e-12))

    let shape = Shape(v.shape.enumerated().map { $0 == axis ? 6 : $1 })
    let places = Tensor.integers(shape, in: 0..<v.shape[axis], using: &random)
    let gathered = v.gathering(places, axis: axis)
    let w = Tensor.normal(shape, dtype: .float64, using: &random)
    let scattered = (zeros.scatterAdding(w, at: places, axis: axis) * v).sum()
    #expect(scattered.isClose(to: (w * gathered).sum(), relative: 1e-12))
  }

  @Test("large lookups and their inverse agree with plain loops")
  func largeLookups() {
    var random = RandomSource(seed: 9)
    let table = Tensor.normal([50, 33], using: &random)
    let ids = Tensor.integers([9000], in: 0..<50, using: &random)
    let plain = ids.scalars(as: Int.self)
    let rows = table.taking(ids).scalars(as: Float.self)
    let source = table.scalars(as: Float.self)
    #expect(rows == plain.flatMap { source[($0 * 33)..<($0 * 33 + 33)] })
    let updates = Tensor.normal([9000, 33], using: &random)
    let added = Tensor.zeros([50, 33]).adding(updates, at: ids).scalars(as: Float.self)
    var expected = Array(repeating: Float(0), count: 50 * 33)
    let values = updates.scalars(as: Float.self)
    for (row, id) in plain.enumerated() {
      for column in 0..<33 { expected[id * 33 + column] += values[row * 33 + column] }
    }
    #expect(added == expected)
  }

  @Test("a mask chooses elements or rows")
  func masks() {
    let x = Tensor([[1, -2], [-3, 4]])
    #expect(x.selecting(where: x .> 0) == Tensor([1, 4]))
    #expect(x.selecting(where: Tensor([false, true])) == Tensor([[-3, 4]]))
    #expect(x.selecting(where: x .> 9).shape == [0])
    #expect((x .> 0).truePositions().scalars == [0, 3])
  }

  @Test("one-hot rows name classes", arguments: DType.allCases)
  func oneHot(dtype: DType) {
    let rows = Tensor([[2, 0]], dtype: .int64).oneHot(classes: 3, dtype: dtype)
    #expect(rows.shape == [1, 2, 3])
    #expect(rows.dtype == dtype)
    #expect(rows.scalars == [0, 0, 1, 1, 0, 0])
  }

  @Test("diagonals are read and written at any offset", arguments: -4...4)
  func diagonals(offset: Int) {
    let x = counting([2, 3, 4])
    let y = x.diagonal(offset: offset)
    let places = (0..<3).filter { (0..<4).contains($0 + offset) }
    #expect(y.shape == [2, places.count])
    let first: [Double] = places.map { Double($0 * 5 + offset) }
    #expect(y.scalars == first + first.map { $0 + 12 })
    let vector = Tensor([[1, 2, 3]])
    let matrix = vector.diagonalMatrix(offset: offset)
    #expect(matrix.shape == [1, 3 + abs(offset), 3 + abs(offset)])
    #expect(matrix.diagonal(offset: offset) == vector)
    #expect(matrix.sum().scalar == 6)
  }

  @Test("triangles keep one side of a diagonal", arguments: -4...4)
  func triangles(offset: Int) {
    let x = counting([2, 3, 4]) + 1
    let (upper, lower) = (x.upperTriangle(offset: offset), x.lowerTriangle(offset: offset - 1))
    #expect(upper + lower == x)
    for row in 0..<3 {
      for column in 0..<4 { #expect((upper[1, row, column].scalar != 0) == (column - row >= offset)) }
    }
  }
}
