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
  }
}
