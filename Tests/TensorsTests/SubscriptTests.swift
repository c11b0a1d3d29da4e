import Tensors
import Testing

/// 0, 1, 2, … in the given shape.
func counting(_ shape: Shape, dtype: DType = .float32) -> Tensor {
  Tensor.arange(shape.elementCount, dtype: dtype).reshaped(to: shape)
}

@Suite("Subscripts")
struct SubscriptTests {
  let x = counting([4, 3])

  @Test("numbers take their axis away, ranges keep it")
  func numbersAndRanges() {
    #expect(x[2].scalars == [6, 7, 8])
    #expect(x[2].shape == [3])
    #expect(x[2, 1].scalar == 7)
    #expect(x[1..<3].shape == [2, 3])
    #expect(x[.all, 0].scalars == [0, 3, 6, 9])
    #expect(x[.all, 1..<3].scalars == [1, 2, 4, 5, 7, 8, 10, 11])
    #expect(x[1...2, 0...0].scalars == [3, 6])
    #expect(x[2...].scalars == [6, 7, 8, 9, 10, 11])
    #expect(x[..<2, ...1].scalars == [0, 1, 3, 4])
    #expect(x[2..<2].shape == [0, 3])
  }

  @Test("negative numbers count from the end")
  func negativeNumbers() {
    #expect(x[-1].scalars == [9, 10, 11])
    #expect(x[-1, -3].scalar == 9)
    #expect(x[..<(-1)].shape == [3, 3])
    #expect(x[(-2)...].scalars == x[2...].scalars)
    #expect(x[-2..<0].scalars == x[2...].scalars)
    #expect(x[-2...(-1)].scalars == x[2...].scalars)
  }

  @Test("strides go forwards and backwards")
  func strides() {
    #expect(x[.stride(by: 2), 0].scalars == [0, 6])
    #expect(x[.stride(by: -1), 0].scalars == [9, 6, 3, 0])
    #expect(x[.stride(from: 3, to: 0, by: -2), 1].scalars == [10, 4])
    #expect(x[.stride(from: 1, to: -1, by: 1), 2].scalars == [5, 8])
    #expect(x[.stride(from: 0, to: 3, by: -1)].shape == [0, 3])
  }

  @Test("new axes and the ellipsis stand where they are written")
  func axes() {
    let y = counting([2, 3, 4])
    #expect(y[.newAxis, 0].shape == [1, 3, 4])
    #expect(y[.ellipsis, .newAxis].shape == [2, 3, 4, 1])
    #expect(y[.ellipsis, 0].scalars == y[.all, .all, 0].scalars)
    #expect(y[1, .ellipsis, 3].scalars == [15, 19, 23])
    #expect(y[0, 0, 0, .ellipsis].shape == [])
  }

  @Test("parts without gaps share memory, and writing to one leaves the other")
  func sharing() {
    let address = { (tensor: Tensor) in tensor.withUnsafeBytes { UInt(bitPattern: $0.baseAddress) } }
    var row = x[1]
    #expect(address(row) == address(x) + 12)
    #expect(address(x[1, 1..<3]) == address(x) + 16)
    row[0] = Tensor(100)
    #expect(x[1, 0].scalar == 3)
    #expect(row.scalars == [100, 4, 5])
  }

  @Test("a part can be assigned to, and the value is broadcast")
  func assignment() {
    var y = x
    y[.all, 1] = Tensor(-1)
    #expect(y.scalars == [0, -1, 2, 3, -1, 5, 6, -1, 8, 9, -1, 11])
    y[.stride(by: 2)] = Tensor([7, 8, 9])
    #expect(y.scalars == [7, 8, 9, 3, -1, 5, 7, 8, 9, 9, -1, 11])
    y[.stride(by: -1), 0] = Tensor([1, 2, 3, 4])
    #expect(y[.all, 0].scalars == [4, 3, 2, 1])
    #expect(x.scalars == counting([4, 3]).scalars)
    y[0..<0] = Tensor(5)
    #expect(y[0, 0].scalar == 4)
  }

  @Test("what was set is what is read, and all else stays", arguments: 0..<200)
  func setThenGet(seed: Int) {
    var random = RandomSource(seed: seed)
    let shape = Shape((0..<3).map { _ in random.nextInteger(in: 1..<6) })
    let indices: [AxisSelection] = shape.map { size in
      let step = [-3, -2, -1, 1, 2, 3][random.nextInteger(in: 0..<6)]
      return .stride(from: random.nextInteger(in: 0..<size), by: step)
    }
    let whole = Tensor.normal(shape, using: &random)
    var changed = whole
    let part = whole[indices[0], indices[1], indices[2]]
    let values = Tensor.normal(part.shape, using: &random)
    changed[indices[0], indices[1], indices[2]] = values
    #expect(changed[indices[0], indices[1], indices[2]] == values)
    changed[indices[0], indices[1], indices[2]] = part
    #expect(changed == whole)
  }

  @Test("every type can be sliced and assigned to", arguments: DType.allCases)
  func types(dtype: DType) {
    var y = Tensor.zeros([3, 3], dtype: dtype)
    y[.all, 1] = Tensor.ones([3], dtype: dtype)
    #expect(y.scalars == [0, 1, 0, 0, 1, 0, 0, 1, 0])
    #expect(y[.stride(by: -2), .all].transposed.scalars == [0, 0, 1, 1, 0, 0])
  }
}
