import Tensors
import Testing

@Suite("Literals and values")
struct LiteralTests {
  @Test("a literal makes float32, and truth values make bool")
  func naturalTypes() {
    #expect(Tensor([1.0, 2.0]).dtype == .float32)
    #expect(Tensor([1, 2]).dtype == .float32)
    #expect(Tensor([true, false]).dtype == .bool)
    #expect(Tensor(3.5).dtype == .float32)
    #expect(Tensor(3).dtype == .float32)
    let implied: Tensor = [[1, 2, 3], [4, 5, 6]]
    #expect(implied.shape == [2, 3])
    #expect(implied.dtype == .float32)
  }

  @Test("a literal keeps double precision on its way to float64")
  func doublePrecision() {
    #expect(Tensor([[0.1, 0.2]], dtype: .float64).scalars == [0.1, 0.2])
    #expect(Tensor([[0.1, 0.2]], dtype: .float64).shape == [1, 2])
    #expect(Tensor(0.1, dtype: .float64).scalar == 0.1)
  }

  @Test("a literal keeps every digit of a 64-bit integer")
  func largeIntegers() {
    let large = Tensor([9_007_199_254_740_993, -9_223_372_036_854_775_808], dtype: .int64)
    #expect(large.scalars(as: Int.self) == [9_007_199_254_740_993, .min])
    #expect(Tensor(7, dtype: .int64).scalars(as: Int.self) == [7])
  }

  @Test("an array keeps its type")
  func arrays() {
    let doubles: [Double] = [0.1, 0.2]
    let integers = [1, 2, 3]
    #expect(Tensor(doubles).dtype == .float64)
    #expect(Tensor(integers).dtype == .int64)
    #expect(Tensor([doubles, doubles]).shape == [2, 2])
    #expect(Tensor([doubles, doubles]).dtype == .float64)
    #expect(Tensor(doubles[0]).dtype == .float64)
    #expect(Tensor(doubles[0] * .pi / 180, dtype: .float32).dtype == .float32)
  }

  @Test("lists may be nested to any depth and may be empty")
  func depths() {
    #expect(Tensor([[[[1], [2]]]]).shape == [1, 1, 2, 1])
    #expect(Tensor([]).shape == [0])
    #expect(Tensor([[], []]).shape == [2, 0])
    #expect(Tensor([-1, 2.5, -0.0]).scalars == [-1, 2.5, 0])
  }
}
