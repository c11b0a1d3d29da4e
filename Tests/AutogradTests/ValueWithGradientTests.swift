import Autograd
import Tensors
import Testing

@Test("the gradient of a sum of squares is twice the input")
func squares() {
  let x = Tensor([1.0, -2, 3], shape: [3])
  let (value, gradient) = valueWithGradient(at: x) { ($0 * $0).sum() }
  #expect(value.scalar == 14)
  #expect(gradient.scalars == [2, -4, 6])
}
@Test("hessian")
func hessians() {
  let x = Tensor([1.0, -2, 3], shape: [3])
  #expect(hessian(of: { ($0 * $0 * $0).sum() }, at: x).scalars == [6, 0, 0, 0, -12, 0, 0, 0, 18])
}
