// The closure of valueWithGradient runs while the model is being changed, so that a second access to the variable is
// an error of the program, which the compiler must find: error: overlapping accesses to 'model'
import Modules
import Tensors

struct Scale: Layer {
  var factor = Tensor([2])
  func callAsFunction(_ x: Tensor) -> Tensor { x * factor }
  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("factor", &factor) }
}

func train(on x: Tensor) -> Tensor {
  var model = Scale()
  #if MISTAKE
  let (loss, _) = valueWithGradient(at: &model) { _ in model(x).sum() }
  #else
  let (loss, _) = valueWithGradient(at: &model) { model in model(x).sum() }
  #endif
  return loss
}
