import Modules
import Tensors
import Testing

struct Line: Layer {
  var weight: Tensor
  var bias: Tensor
  var mean = Tensor([0.0], shape: [1])
  mutating func callAsFunction(_ x: Tensor) -> Tensor {
    if Mode.current == .training { mean = mean + x * weight }
    return x * weight + bias
  }
  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
    visitor.buffer("mean", &mean)
  }
}
@Test("basic")
func basic() {
  var model = Line(weight: Tensor([2.0], shape: [1]), bias: Tensor([1.0], shape: [1]))
  let (loss, gradients) = valueWithGradient(at: &model) { $0(Tensor([3.0], shape: [1])).sum() }
  #expect(loss.scalar == 7)
  #expect(gradients["weight"]?.scalars == [3])
  #expect(model.mean.scalars == [6])
  #expect(model.mean.trace == nil)
  #expect(model.weight.trace == nil)
}
