import Modules
import Optimizers
import Tensors
import Testing

@Test("a frozen parameter does not move, whatever its decay")
func frozen() {
  var net = SmallNet()
  let before = net
  var optimizer = AdamW(learningRate: 0.1, weightDecay: 0.5)
  let (_, gradients) = valueWithGradient(at: &net, training: .except("b*")) { $0.loss() }
  optimizer.update(&net, with: gradients)
  #expect(net.b1 == before.b1 && net.b2 == before.b2)
  #expect(net.w1 != before.w1 && net.w2 != before.w2)
}

@Test("a parameter on which the loss does not depend stops the program with its path")
func forgotten() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    var net = SmallNet()
    var optimizer = Adam()
    let (_, gradients) = valueWithGradient(at: &net) { ($0.w1 * $0.w1).sum() + $0.b1.sum() }
    optimizer.update(&net, with: gradients)
  }
  let text = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
  #expect(text.contains("optimizer: the loss does not depend on w2, b2: use them in the forward pass"), "\(text)")
}

@Test("what is left out on purpose stays as it is, without decay")
func leftOut() {
  var net = SmallNet()
  let before = net
  var optimizer = AdamW(learningRate: 0.1, weightDecay: 0.5)
  let (_, gradients) = valueWithGradient(at: &net) { ($0.w1 * $0.w1).sum() + $0.b1.sum() }
  optimizer.update(&net, with: gradients.withoutUnused)
  #expect(net.w1 != before.w1 && net.b1 != before.b1)
  #expect(net.w2 == before.w2 && net.b2 == before.b2)
}

@Test("parameters can be treated by paths, and the last treatment holds")
func treatments() {
  var net = SmallNet()
  let before = net
  var optimizer = SGD(learningRate: 0.1)
  optimizer.treat(.only("w*"), learningRateFactor: 0)
  optimizer.treat(.only("w2"), learningRateFactor: 2)
  let (_, gradients) = valueWithGradient(at: &net) { $0.loss() }
  optimizer.update(&net, with: gradients)
  #expect(net.w1 == before.w1)
  let expected = before.w2 - (gradients["w2"] ?? before.w2) * 0.2
  #expect(net.w2.isClose(to: expected, relative: 1e-14, absolute: 1e-14))
}

@Test("a copy of an optimizer goes its own way")
func copies() {
  var (first, second) = (SmallNet(), SmallNet())
  var optimizer = Adam(learningRate: 0.01)
  func step(_ net: inout SmallNet, _ optimizer: inout Adam) {
    let (_, gradients) = valueWithGradient(at: &net) { $0.loss() }
    optimizer.update(&net, with: gradients)
  }
  step(&first, &optimizer)
  second = first
  var copy = optimizer
  step(&first, &optimizer)
  let once = first.values
  for _ in 0..<3 { step(&first, &optimizer) }
  step(&second, &copy)
  #expect(second.values == once)
  #expect(copy.step == 2 && optimizer.step == 5)
}

@Test("gradients are shortened to a length, or cut element by element")
func clipping() {
  var net = SmallNet()
  let (_, gradients) = valueWithGradient(at: &net) { $0.loss() }
  #expect(gradients.norm > 1)
  #expect(abs(gradients.clipped(toNorm: 1).norm - 1) < 1e-5)
  #expect(gradients.clipped(toNorm: 1e6).flattened == gradients.flattened)
  let largest = gradients.clipped(toValue: 0.01).flattened.scalars.map { abs($0) }.max()
  #expect(largest == 0.01)
}

@Test("another model needs another optimizer")
func otherModel() async {
  await #expect(processExitsWith: .failure) {
    var net = SmallNet()
    var optimizer = Adam()
    let (_, gradients) = valueWithGradient(at: &net) { $0.loss() }
    optimizer.update(&net, with: gradients)
    struct One: Module {
      var theta = Tensor([1], dtype: .float64)
      mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("theta", &theta) }
    }
    var one = One()
    let (_, other) = valueWithGradient(at: &one) { ($0.theta * 2).sum() }
    optimizer.update(&one, with: other)
  }
}
