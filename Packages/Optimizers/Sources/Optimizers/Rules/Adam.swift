public import Modules
public import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Adam: m ← β₁ m + (1 − β₁) g; s ← β₂ s + (1 − β₂) g²; w ← w − η m̂ / (√ŝ + ε), with m̂ = m / (1 − β₁ᵗ) and
/// ŝ = s / (1 − β₂ᵗ).
///
/// Kingma and Ba 2015, with PyTorch's defaults.
public struct AdamRule: UpdateRule {
  /// β₁ and β₂, how much of the running means of gradients and of their squares is kept.
  public var betas: (Double, Double)
  /// ε, which keeps the denominator away from 0.
  public var epsilon: Double
  /// How strongly a parameter is pulled towards zero.
  public var weightDecay: Double
  /// Whether weight decay acts beside the step, as AdamW has it, and not through the gradient.
  public var decouplesDecay: Bool
  /// Whether the first steps are corrected for the means having started at 0; the sheets compare both.
  public var correctsBias: Bool

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// m, the running mean of the gradients.
    var mean: Tensor
    /// s, the running mean of their squares.
    var squares: Tensor

    init(for parameter: Tensor) {
      mean = Tensor.zeros(like: parameter)
      squares = Tensor.zeros(like: parameter)
    }

    public mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("mean", &mean)
      visitor.buffer("squares", &squares)
    }
  }

  public func memory(for parameter: Tensor) -> Memory { Memory(for: parameter) }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let t = Double(moment.step)
    let (first, second) = correctsBias ? (1 - pow(betas.0, t), 1 - pow(betas.1, t)) : (1, 1)
    let step = UpdateStep(
      rate: moment.learningRate / first, coupledDecay: decouplesDecay ? 0 : weightDecay,
      decoupledDecay: decouplesDecay ? moment.learningRate * weightDecay : 0)
    parameter.descendAdam(
      step, gradient: gradient, mean: &memory.mean, squares: &memory.squares, betas: betas,
      scale: 1 / second.squareRoot(), epsilon: epsilon)
  }
}

/// Adam, which divides a running mean of the gradients by their recent size.
public typealias Adam = Optimizer<AdamRule>

extension Optimizer where Rule == AdamRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0, correctsBias: Bool = true
  ) {
    self.init(
      schedule: .constant(learningRate), betas: betas, epsilon: epsilon, weightDecay: weightDecay,
      correctsBias: correctsBias)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 0,
    correctsBias: Bool = true
  ) {
    self.init(
      AdamRule(
        betas: betas, epsilon: epsilon, weightDecay: weightDecay, decouplesDecay: false, correctsBias: correctsBias),
      schedule: schedule)
  }
}

/// Adam with weight decay beside the step: w ← w − η λ w before each step.
///
/// Loshchilov and Hutter 2019, with PyTorch's defaults.
public func AdamW(
  learningRate: Double = 1e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
  weightDecay: Double = 1e-2
) -> Adam {
  AdamW(schedule: .constant(learningRate), betas: betas, epsilon: epsilon, weightDecay: weightDecay)
}

/// Adam with weight decay beside the step, along a schedule.
public func AdamW(
  schedule: Schedule, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 1e-2
) -> Adam {
  Adam(
    AdamRule(
      betas: betas, epsilon: epsilon, weightDecay: weightDecay, decouplesDecay: true, correctsBias: true),
    schedule: schedule)
}
