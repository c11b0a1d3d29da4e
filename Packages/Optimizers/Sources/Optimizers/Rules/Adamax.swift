public import Modules
public import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Adam with the largest recent gradient in place of the mean square: u ← max(β₂ u, |g| + ε);
/// w ← w − η / (1 − β₁ᵗ) · m / u.
///
/// Kingma and Ba 2015, section 7.1, with PyTorch's defaults. Weight decay is added to the gradient.
public struct AdamaxRule: UpdateRule {
  /// β₁ and β₂, how much of the running mean and of the largest gradient is kept.
  public var betas: (Double, Double)
  /// ε, which keeps the denominator away from 0.
  public var epsilon: Double
  /// What is added to the gradient, in units of the parameter.
  public var weightDecay: Double

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// m, the running mean of the gradients.
    var mean: Tensor
    /// u, the largest recent gradient.
    var largest: Tensor

    public mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("mean", &mean)
      visitor.buffer("largest", &largest)
    }
  }

  public func memory(for parameter: Tensor) -> Memory {
    Memory(mean: Tensor.zeros(like: parameter), largest: Tensor.zeros(like: parameter))
  }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let rate = moment.learningRate / (1 - pow(betas.0, Double(moment.step)))
    parameter.descendAdamax(
      UpdateStep(rate: rate, coupledDecay: weightDecay), gradient: gradient, mean: &memory.mean,
      largest: &memory.largest, betas: betas, epsilon: epsilon)
  }
}

/// Adam with the largest recent gradient in place of the mean square.
public typealias Adamax = Optimizer<AdamaxRule>

extension Optimizer where Rule == AdamaxRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 2e-3, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.init(schedule: .constant(learningRate), betas: betas, epsilon: epsilon, weightDecay: weightDecay)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(AdamaxRule(betas: betas, epsilon: epsilon, weightDecay: weightDecay), schedule: schedule)
  }
}
