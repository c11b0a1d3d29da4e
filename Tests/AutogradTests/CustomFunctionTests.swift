import Autograd
import Tensors
import Testing

/// y = x W + b, with its own backward rule, as in sheet 01, exercise 2.
struct LinearFunction: DifferentiableFunction {
  func forward(_ inputs: (Tensor, Tensor, Tensor)) -> (output: Tensor, saved: (Tensor, Tensor)) {
    let (x, weight, bias) = inputs
    return (x.matmul(weight) + bias, (x, weight))
  }
  func backward(_ gradient: Tensor, _ saved: (Tensor, Tensor)) -> (Tensor, Tensor, Tensor) {
    let (x, weight) = saved
    return (
      gradient.matmul(weight, transposeB: true), x.matmul(gradient, transposeA: true), gradient.sum(axis: 0)
    )
  }
}

/// max(x, 0), with its own backward rule, as in sheet 01, exercise 2.
struct ReLUFunction: DifferentiableFunction {
  func forward(_ x: Tensor) -> (output: Tensor, saved: Tensor) { (relu(x), x) }
  func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient * (x .> 0).cast(to: gradient.dtype) }
}

/// The product of a tensor with one that may be left out.
struct OptionalScale: DifferentiableFunction {
  func forward(_ inputs: (Tensor, Tensor?)) -> (output: Tensor, saved: (Tensor, Tensor?)) {
    (inputs.1.map { inputs.0 * $0 } ?? inputs.0, inputs)
  }
  func backward(_ gradient: Tensor, _ saved: (Tensor, Tensor?)) -> (Tensor, Tensor?) {
    (saved.1.map { gradient * $0 } ?? gradient, saved.1.map { _ in gradient * saved.0 })
  }
}

@Suite struct CustomFunctionTests {
  static let x = Tensor([1, -2, 3, 0.5, 0.7, -1], shape: [2, 3], dtype: .float64)
  static let weight = Tensor(
    [0.1, 0.4, -0.3, 0.2, 0.7, -0.6, 0.9, -0.8, 0.25, 0.35, -0.45, 0.15], shape: [3, 4], dtype: .float64)
  static let bias = Tensor([0.05, -0.1, 0.2, 0.3], dtype: .float64)

  // The cases of test_gradients.py: batch 2, 3 inputs, 4 outputs, eps 1e-6, atol 1e-4, rtol 1e-3.
  @Test(
    "the sheet's linear function passes its gradient tests",
    arguments: [(x, weight), (x * 0, weight), (x, weight * 0)])
  func linear(x: Tensor, weight: Tensor) {
    let check = checkGradients(
      of: { LinearFunction()($0[0], $0[1], $0[2]) }, at: [x, weight, Self.bias], absoluteTolerance: 1e-4)
    #expect(check.passed, "\(check)")
    #expect(check.count == 8 * (6 + 12 + 4))
  }

  @Test(
    "the sheet's ReLU function passes its gradient tests",
    arguments: [[1, -2, 3, 0.5, 0.7, -1], [1e-3, -1e-3, 2e-3, -2e-3, 1e-2, -1e-2], [-1, -2, -3, -0.5, -0.7, -0.1]])
  func rectifier(numbers: [Double]) {
    let check = checkGradients(of: { ReLUFunction()($0) }, at: Tensor(numbers, shape: [2, 3]), absoluteTolerance: 1e-4)
    #expect(check.passed, "\(check)")
  }

  @Test("at a kink the difference is 0.5 and the rule gives 0, which is reported, and skipped where asked")
  func kink() throws {
    let x = Tensor([0.0, 2], dtype: .float64)
    let strict = checkGradients(of: { ReLUFunction()($0) }, at: x)
    #expect(!strict.passed)
    let worst = try #require(strict.worst)
    #expect(worst.element == [0] && worst.output == [0] && worst.gradient == 0)
    #expect((worst.difference - 0.5).magnitude < 1e-9)
    let lenient = checkGradients(of: { ReLUFunction()($0) }, at: x, skippingKinks: true)
    #expect(lenient.passed && lenient.kinks.map(\.element) == [[0]] && lenient.count == 3)
  }

  @Test("a function's own rule agrees with the operations' rules to 1e-12")
  func agreement() {
    let inputs = [Self.x, Self.weight, Self.bias]
    let own = gradient(of: { tanh(ReLUFunction()(LinearFunction()($0[0], $0[1], $0[2]))).sum() }, at: inputs)
    let built = gradient(of: { tanh(relu($0[0].matmul($0[1]) + $0[2])).sum() }, at: inputs)
    for (a, b) in zip(own, built) {
      #expect(zip(a.scalars, b.scalars).allSatisfy { ($0 - $1).magnitude <= 1e-12 })
    }
  }

  @Test("second derivatives of a function with its own rule are right")
  func secondOrder() {
    let inputs = [Self.x, Self.weight, Self.bias]
    let check = checkSecondDerivatives(of: { tanh(LinearFunction()($0[0], $0[1], $0[2])) }, at: inputs)
    #expect(check.passed, "\(check)")
    let own = hessian(of: { tanh(LinearFunction()($0[0], $0[1], $0[2])).sum() }, at: inputs).scalars
    let built = hessian(of: { tanh($0[0].matmul($0[1]) + $0[2]).sum() }, at: inputs).scalars
    #expect(zip(own, built).allSatisfy { ($0 - $1).magnitude <= 1e-12 })
  }

  @Test("an input may be left out, and then has no gradient")
  func optionalInput() {
    #expect(gradient(of: { OptionalScale()($0, nil as Tensor?).sum() }, at: Self.bias).scalars == [1, 1, 1, 1])
    let both = gradient(of: { OptionalScale()($0[0], Optional($0[1])).sum() }, at: [Self.bias, Self.bias * 2])
    #expect(both[0].scalars == (Self.bias * 2).scalars)
    #expect(both[1].scalars == Self.bias.scalars)
  }

  @Test("without anything watched a function is just computed")
  func unrecorded() {
    #expect(ReLUFunction()(Tensor([-1.0, 2], dtype: .float64)).scalars == [0, 2])
    #expect(ReLUFunction()(Tensor([-1.0, 2], dtype: .float64)).trace == nil)
  }
}
