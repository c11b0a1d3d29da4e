import Experiments
import Wabe

struct GradientTests: Experiment {
  let id = "rgnn01.2.b"
  let title = "Test cases for the backward passes"
  let question = """
    Which tests compare the hand-written gradients with automatic differentiation and with differences, and which \
    inputs should they include?
    """

  /// A function and inputs at which its gradients are compared.
  private struct Case {
    let name: String
    let function: ([Tensor]) -> Tensor
    /// The same function made of the framework's own operations.
    let reference: ([Tensor]) -> Tensor
    let inputs: [Tensor]
  }

  func run(in run: inout Run) throws {
    let cases = cases(run)
    run.say(
      """
      Batches of 2 with 3 inputs and 4 outputs, in double precision. Each partial derivative is compared with a \
      central difference of step 10⁻⁶, allowing 10⁻⁴ + 10⁻³ of its size, and with the rules of the framework's own \
      operations. The zeros are there because mistakes hide in them: with x = 0 the gradient by W has to vanish, with \
      W = 0 the one by x; negative inputs must let nothing through a ReLU; inputs just beside 0 show that the switch \
      is in the right place.
      """)
    var rows: [[String]] = []
    for test in cases {
      let check = checkGradients(
        of: test.function, at: test.inputs, step: 1e-6, absoluteTolerance: 1e-4, relativeTolerance: 1e-3)
      let difference = difference(test)
      rows.append([
        test.name, check.passed ? "True" : "False", String(check.count), (check.worst?.error ?? .nan).scientific(1),
        difference.scientific(1),
      ])
      run.check("\(test.name): gradcheck passed", holds: check.passed)
      run.check("\(test.name): largest difference from automatic differentiation", difference, atMost: 1e-12)
    }
    run.table(
      "The six test cases",
      columns: ["case", "passed", "derivatives", "worst difference", "against the framework"], rows: rows)
    exactlyAtZero(&run)
    wrongRules(&run)
  }

  private func cases(_ run: Run) -> [Case] {
    var random = run.random
    func normal(_ shape: Shape) -> Tensor { .normal(shape, dtype: .float64, using: &random) }
    func linear(_ name: String, _ x: Tensor, _ weight: Tensor) -> Case {
      Case(
        name: name, function: { LinearFunction()($0[0], $0[1], $0[2]) },
        reference: { $0[0].matmul($0[1], transposeB: true) + $0[2] }, inputs: [x, weight, normal([4])])
    }
    func rectifier(_ name: String, _ x: Tensor) -> Case {
      Case(name: name, function: { ReLUFunction()($0[0]) }, reference: { relu($0[0]) }, inputs: [x])
    }
    let small = Tensor([[1e-3, -1e-3, 2e-3], [-2e-3, 5e-4, -5e-4]], dtype: .float64)
    return [
      linear("Linear, random", normal([2, 3]), normal([4, 3])),
      linear("Linear, zero input", Tensor.zeros([2, 3], dtype: .float64), normal([4, 3])),
      linear("Linear, zero weight", normal([2, 3]), Tensor.zeros([4, 3], dtype: .float64)),
      rectifier("ReLU, random", normal([2, 3])),
      rectifier("ReLU, near zero", small),
      rectifier("ReLU, negative", -abs(normal([2, 3])) - 0.1),
    ]
  }

  /// The largest difference between the gradients of Σ w y by hand and by the framework's rules.
  private func difference(_ test: Case) -> Double {
    let weights = test.function(test.inputs)
    let hand = gradient(of: { (test.function($0) * weights).sum() }, at: test.inputs)
    let rules = gradient(of: { (test.reference($0) * weights).sum() }, at: test.inputs)
    return zip(hand, rules).map { abs($0 - $1).max().scalar }.max() ?? .infinity
  }

  private func exactlyAtZero(_ run: inout Run) {
    run.heading("The exception: exactly at 0")
    let zero = Tensor.zeros([1], dtype: .float64)
    let plain = checkGradients(of: { ReLUFunction()($0) }, at: zero, absoluteTolerance: 1e-4)
    let aware = checkGradients(of: { ReLUFunction()($0) }, at: zero, absoluteTolerance: 1e-4, skippingKinks: true)
    let numeric = plain.worst?.difference ?? .nan
    let analytic = plain.worst?.gradient ?? .nan
    run.say(
      """
      At 0 ReLU has no derivative. The central difference gives \(numeric.text(3)), the mean of both slopes, while \
      every framework chooses 0: here \(analytic.text(2)). A test with an input of exactly 0 therefore has to fail \
      although nothing is wrong; one public solution of this sheet contains such a test. Wabe's `checkGradients` \
      recognizes kinks when it is asked to, and lists them instead of judging them.
      """)
    run.check("central difference at 0", numeric, equals: 0.5, within: 1e-12)
    run.check("gradient at 0", analytic, equals: 0)
    run.check("recognized as a kink", Double(aware.kinks.count), equals: 1)
  }

  /// The tests have to reject wrong rules, or they are worth nothing.
  private func wrongRules(_ run: inout Run) {
    run.heading("Do the tests find mistakes?")
    struct LeakyMistake: DifferentiableFunction {
      func forward(_ x: Tensor) -> (output: Tensor, saved: Tensor) { (x.clamped(min: 0), x) }
      func backward(_ gradient: Tensor, _ x: Tensor) -> Tensor { gradient }
    }
    struct ForgottenTranspose: DifferentiableFunction {
      func forward(_ inputs: (Tensor, Tensor)) -> (output: Tensor, saved: (Tensor, Tensor)) {
        (inputs.0.matmul(inputs.1, transposeB: true), inputs)
      }
      func backward(_ gradient: Tensor, _ saved: (Tensor, Tensor)) -> (Tensor, Tensor) {
        (gradient.matmul(saved.1, transposeB: true), gradient.matmul(saved.0, transposeA: true))
      }
    }
    var random = run.random.stream("mistakes")
    let x = Tensor.normal([3, 3], dtype: .float64, using: &random)
    let weight = Tensor.normal([3, 3], dtype: .float64, using: &random)
    let leaky = checkGradients(of: { LeakyMistake()($0) }, at: x - 1, absoluteTolerance: 1e-4)
    let turned = checkGradients(
      of: { ForgottenTranspose()($0[0], $0[1]) }, at: [x, weight], absoluteTolerance: 1e-4)
    run.say(
      """
      A ReLU that lets every gradient through and a linear map whose weights are transposed once too often (which \
      square matrices do not betray by their shape) are both rejected.
      """)
    run.check("a ReLU that passes every gradient is rejected", holds: !leaky.passed)
    run.check("a linear map with a wrong transpose is rejected", holds: !turned.passed)
  }
}
