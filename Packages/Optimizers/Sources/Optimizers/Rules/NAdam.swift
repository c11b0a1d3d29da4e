public import Modules
public import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Adam with Nesterov's look ahead: the mean in the step is β₁ₜ₊₁ m / (1 − Πₜ₊₁) + (1 − β₁ₜ) g / (1 − Πₜ).
///
/// β₁ₜ = β₁ (1 − 0.96^(t ψ) / 2) and Πₜ is the product of all of them up to t. Dozat 2016, with PyTorch's defaults.
public struct NAdamRule: UpdateRule {
  /// β₁ and β₂, how much of the running means of gradients and of their squares is kept.
  public var betas: (Double, Double)
  /// ε, which keeps the denominator away from 0.
  public var epsilon: Double
  /// What is added to the gradient, in units of the parameter.
  public var weightDecay: Double
  /// ψ, how fast β₁ₜ approaches β₁.
  public var momentumDecay: Double

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// m, the running mean of the gradients.
    var mean: Tensor
    /// s, the running mean of their squares.
    var squares: Tensor
    /// Πₜ, the product of all β₁ₜ so far.
    var product = 1.0

    public mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("mean", &mean)
      visitor.buffer("squares", &squares)
      visitor.number("product", &product)
    }
  }

  public func memory(for parameter: Tensor) -> Memory {
    Memory(mean: Tensor.zeros(like: parameter), squares: Tensor.zeros(like: parameter))
  }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let t = Double(moment.step)
    let now = betas.0 * (1 - 0.5 * pow(0.96, t * momentumDecay))
    let next = betas.0 * (1 - 0.5 * pow(0.96, (t + 1) * momentumDecay))
    memory.product *= now
    let step = UpdateStep(
      rate: moment.learningRate * next / (1 - memory.product * next), coupledDecay: weightDecay)
    parameter.descendAdam(
      step, gradient: gradient, mean: &memory.mean, squares: &memory.squares, betas: betas,
      scale: 1 / (1 - pow(betas.1, t)).squareRoot(), epsilon: epsilon,
      direct: moment.learningRate * (1 - now) / (1 - memory.product))
  }
}

/// Adam with Nesterov's look ahead.
public typealias NAdam = Optimizer<NAdamRule>

extension Optimizer where Rule == NAdamRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0, momentumDecay: Double = 4e-3
  ) {
    self.init(
      schedule: .constant(learningRate), betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      momentumDecay: momentumDecay)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 0,
    momentumDecay: Double = 4e-3
  ) {
    self.init(
      NAdamRule(betas: betas, epsilon: epsilon, weightDecay: weightDecay, momentumDecay: momentumDecay),
      schedule: schedule)
  }
}
