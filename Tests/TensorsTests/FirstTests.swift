import Tensors
import Testing

@Test("a row is added to every row of a matrix")
func rowAddition() {
  let sum = Tensor([Float(1), 2, 3, 4], shape: [2, 2]) + Tensor([Float(10), 20])
  #expect(sum.scalars == [11, 22, 13, 24])
  #expect(tanh(sum.sum(axis: 0) * 0).scalars == [0, 0])
}
