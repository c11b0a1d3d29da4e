import Autograd
import Tensors

/// The 2-2-2-1 net of sheet 01, exercise 1, with a backward pass written by hand, and the mistakes that were found in
/// students' versions of it. Weights are [outputs, inputs] as on the sheet.
struct HandWrittenNetwork: DifferentiableFunction {
  enum Mistake: CaseIterable {
    /// The error of the output is taken as logit − target, without the sigmoid.
    case noSigmoid
    /// The error of layer 1 takes the output's error times the first row of W2, without layer 2.
    case skippedLayer
  }

  let mistake: Mistake?
  let x = Tensor([0.5, -0.3], shape: [1, 2], dtype: .float64)
  let target = Tensor([1.0], shape: [1, 1], dtype: .float64)

  static let vector = [
    Tensor([0.1, -0.2, 0.3, 0.4], shape: [2, 2], dtype: .float64),
    Tensor([0.05, -0.05], shape: [1, 2], dtype: .float64),
    Tensor([0.2, -0.1, 0.4, 0.3], shape: [2, 2], dtype: .float64),
    Tensor([0.1, -0.1], shape: [1, 2], dtype: .float64),
    Tensor([0.5, -0.6], shape: [1, 2], dtype: .float64), Tensor([0.2], shape: [1, 1], dtype: .float64),
  ]

  typealias Six = (Tensor, Tensor, Tensor, Tensor, Tensor, Tensor)

  private func layers(_ p: Six) -> (first: Tensor, second: Tensor, logit: Tensor) {
    let first = tanh(x.matmul(p.0, transposeB: true) + p.1)
    let second = sigmoid(first.matmul(p.2, transposeB: true) + p.3)
    return (first, second, second.matmul(p.4, transposeB: true) + p.5)
  }

  /// The same loss from operations with their own rules.
  func composed(_ p: [Tensor]) -> Tensor {
    let logit = layers((p[0], p[1], p[2], p[3], p[4], p[5])).logit
    return (softplus(logit) - target * logit).sum()
  }

  func forward(_ p: Six) -> (output: Tensor, saved: (Six, Tensor, Tensor, Tensor)) {
    let (first, second, logit) = layers(p)
    return ((softplus(logit) - target * logit).sum(), (p, first, second, logit))
  }

  func backward(_ gradient: Tensor, _ saved: (Six, Tensor, Tensor, Tensor)) -> Six {
    let (p, first, second, logit) = saved
    let error3 = gradient * ((mistake == .noSigmoid ? logit : sigmoid(logit)) - target)
    let error2 = error3.matmul(p.4) * second * (1 - second)
    let row = Tensor([1.0, 0], shape: [1, 2], dtype: .float64).matmul(p.2)
    let back = mistake == .skippedLayer ? error3 * row : error2.matmul(p.2)
    let error1 = back * (1 - first * first)
    return (
      error1.matmul(x, transposeA: true), error1, error2.matmul(first, transposeA: true), error2,
      error3.matmul(second, transposeA: true), error3
    )
  }

  func check() -> GradientCheck {
    checkGradients(of: { self($0[0], $0[1], $0[2], $0[3], $0[4], $0[5]) }, at: Self.vector)
  }
}
