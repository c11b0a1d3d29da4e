import Tensors
import Testing

@Suite("Creation and equality")
struct CreationTests {
  @Test("ε is the distance from 1 to the next number", arguments: [DType.float32, .float64])
  func epsilon(dtype: DType) {
    let sums = Tensor.ones([2], dtype: dtype) + Tensor([dtype.epsilon, dtype.epsilon / 2]).cast(to: dtype)
    #expect((sums - 1).scalars == [dtype.epsilon, 0])
  }

  @Test("constants come in every type", arguments: DType.allCases)
  func constants(dtype: DType) {
    #expect(Tensor.zeros([2, 2], dtype: dtype).scalars == [0, 0, 0, 0])
    #expect(Tensor.ones([3], dtype: dtype).scalars == [1, 1, 1])
    #expect(Tensor.eye(2, columns: 3, dtype: dtype).scalars == [1, 0, 0, 0, 1, 0])
    #expect(Tensor.full(like: Tensor.zeros([2], dtype: dtype), 1) == Tensor.ones([2], dtype: dtype))
    #expect(Tensor.ones(like: Tensor.zeros([2, 1], dtype: dtype)).shape == [2, 1])
  }

  @Test("large constants are written whole", arguments: [DType.float32, .float64, .uint8])
  func largeConstants(dtype: DType) {
    let x = Tensor.full([5_000_003], 7, dtype: dtype)
    #expect(x.scalars.allSatisfy { $0 == 7 })
  }

  @Test("ranges count up or down, and leave their end out")
  func ranges() {
    #expect(Tensor.arange(4) == Tensor([0, 1, 2, 3]))
    #expect(Tensor.arange(3, dtype: .int64) == Tensor([0, 1, 2], dtype: .int64))
    #expect(Tensor.arange(from: 1, to: 2, by: 0.25) == Tensor([1, 1.25, 1.5, 1.75]))
    #expect(Tensor.arange(from: 3, to: 0, by: -1, dtype: .int32) == Tensor([3, 2, 1], dtype: .int32))
    #expect(Tensor.arange(from: 1, to: 0).count == 0)
  }

  @Test("linspace has exact ends and is symmetric", arguments: [2, 3, 7, 101])
  func linspace(count: Int) {
    let x = Tensor.linspace(from: -0.3, to: 0.3, count: count, dtype: .float64)
    #expect(x[0].scalar == -0.3)
    #expect(x[-1].scalar == 0.3)
    #expect((x + x.flipped(axis: 0)).scalars.allSatisfy { $0.magnitude < 1e-16 })
    #expect(Tensor.linspace(from: 5, to: 9, count: 1) == Tensor([5]))
  }

  @Test("equality is of type, shape and values")
  func equality() {
    #expect(Tensor([1, 2]) == Tensor([1, 2]))
    #expect(Tensor([1, 2]) != Tensor([1, 3]))
    #expect(Tensor([1, 2]) != Tensor([[1, 2]]))
    #expect(Tensor([1, 2]) != Tensor([1, 2], dtype: .float64))
    #expect(Tensor([0.0]) == Tensor([-0.0]))
    #expect(!Tensor([0.0]).hasSameBits(as: Tensor([-0.0])))
    let nan = Tensor([.nan])
    #expect(nan != nan)
    #expect(nan.hasSameBits(as: nan))
    #expect(Tensor.zeros([0]) == Tensor.zeros([0]))
  }

  @Test("closeness allows a small difference, but no other infinity or NaN")
  func closeness() {
    let x = Tensor([1, -2, 0, .infinity])
    #expect(x.isClose(to: Tensor([1.000009, -2, 1e-9, .infinity])))
    #expect(!x.isClose(to: Tensor([1.00002, -2, 0, .infinity])))
    #expect(!x.isClose(to: -Tensor([-1, 2, 0, .infinity])))
    #expect(!x.isClose(to: Tensor([1, -2, 0, 3e38])))
    #expect(!Tensor([3e38, 1]).isClose(to: Tensor([.infinity, 1])))
    #expect(!Tensor([.nan]).isClose(to: Tensor([.nan])))
    #expect(Tensor([.nan]).isClose(to: Tensor([.nan]), equalNaN: true))
  }
}
