import Tensors
import Testing

@Suite("Sorting")
struct SortingTests {
  @Test("sorting is stable and agrees with Swift's own", arguments: [1, 7, 48, 49, 300, 5000], DType.allCases)
  func agreement(size: Int, dtype: DType) {
    var random = RandomSource(seed: size)
    // Few different values, so that equal ones meet.
    let x = (Tensor.integers([size], in: 0..<20, using: &random) - (dtype == .uint8 ? 0 : 10)).cast(to: dtype)
    let values = x.scalars
    for descending in [false, true] {
      let order = x.argSorted(descending: descending).scalars(as: Int.self)
      let wanted = values.indices.sorted {
        values[$0] == values[$1] ? $0 < $1 : (values[$0] < values[$1]) != descending
      }
      #expect(order == wanted)
      #expect(x.sorted(descending: descending).scalars == wanted.map { values[$0] })
    }
  }

  @Test("real numbers of all sizes sort, with NaN last and both zeros equal", arguments: [DType.float32, .float64])
  func extremes(dtype: DType) {
    let x = Tensor([Double.nan, 0, -0.0, .infinity, -1e-40, -.infinity, 3e38, -.nan, 1e-40, -3]).cast(to: dtype)
    #expect(x.argSorted().scalars == [5, 9, 4, 1, 2, 8, 6, 3, 0, 7])
    #expect(x.argSorted(descending: true).scalars == [0, 7, 3, 6, 8, 1, 2, 4, 9, 5])
  }

  @Test("any axis can be sorted", arguments: -3..<3)
  func axes(axis: Int) {
    var random = RandomSource(seed: 2)
    let x = Tensor.normal([4, 60, 5], using: &random)
    let y = x.sorted(axis: axis)
    let last = y.movingAxis(axis, to: -1)
    let size = last.shape[2]
    let differences = last[.ellipsis, 1...] - last[.ellipsis, ..<(size - 1)]
    #expect(differences.scalars.allSatisfy { $0 >= 0 })
    #expect(y.flattened().sorted() == x.flattened().sorted())
    #expect(x.gathering(x.argSorted(axis: axis), axis: axis) == y)
  }

  @Test("many rows sort alike, however they are shared between threads")
  func manyRows() {
    var random = RandomSource(seed: 4)
    let x = Tensor.normal([300, 500], using: &random)
    let y = x.sorted()
    for row in [0, 77, 299] { #expect(y[row].scalars == x[row].scalars.sorted()) }
  }

  @Test("topK gives the largest first, and their places")
  func topK() {
    let x = Tensor([[3, 9, 1, 9], [4, 0, 2, 8]])
    let (values, indices) = x.topK(2)
    #expect(values == Tensor([[9, 9], [8, 4]]))
    #expect(indices == Tensor([[1, 3], [3, 0]], dtype: .int64))
    #expect(x.topK(1, axis: 0).values == Tensor([[4, 9, 2, 9]]))
  }

  @Test("unique lists each value once, in order")
  func unique() {
    #expect(Tensor([[3, 1], [3, 2]]).unique() == Tensor([1, 2, 3]))
    #expect(Tensor([Double.nan, 1, .nan]).unique().count == 2)
  }
}
