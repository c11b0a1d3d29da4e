public import Modules
public import Tensors

/// RMSProp: s ← α s + (1 − α) g²; w ← w − η g / (√s + ε), with momentum w ← w − η v where v ← μ v + g / (√s + ε).
///
/// Tieleman and Hinton 2012, with PyTorch's defaults. Weight decay is added to the gradient.
public struct RMSPropRule: UpdateRule {
  /// α, how much of the running mean of squares is kept.
  public var decay: Double
  /// μ, how much of the last step is kept.
  public var momentum: Double
  /// ε, which keeps the denominator away from 0.
  public var epsilon: Double
  /// What is added to the gradient, in units of the parameter.
  public var weightDecay: Double

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// s, the running mean of the squares of the gradients.
    var squares: Tensor
    /// v, the running sum of steps; none without momentum.
    var velocity: Tensor?

    public mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.buffer("squares", &squares)
      visitor.buffer("velocity", &velocity)
    }
  }

  public func memory(for parameter: Tensor) -> Memory {
    let zeros = Tensor.zeros(like: parameter)
    return Memory(squares: zeros, velocity: momentum == 0 ? nil : zeros)
  }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let step = UpdateStep(rate: moment.learningRate, coupledDecay: weightDecay)
    guard var velocity = memory.velocity else {
      return parameter.descendRMSProp(
        step, gradient: gradient, squares: &memory.squares, decay: decay, epsilon: epsilon)
    }
    memory.velocity = nil  // so that it is written in place
    parameter.descendRMSProp(
      step, gradient: gradient, squares: &memory.squares, velocity: &velocity, decay: decay, momentum: momentum,
      epsilon: epsilon)
    memory.velocity = velocity
  }
}

/// RMSProp, which divides each gradient by its recent size.
public typealias RMSProp = Optimizer<RMSPropRule>

extension Optimizer where Rule == RMSPropRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 1e-2, decay: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    self.init(
      schedule: .constant(learningRate), decay: decay, momentum: momentum, epsilon: epsilon, weightDecay: weightDecay)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, decay: Double = 0.99, momentum: Double = 0, epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.init(
      RMSPropRule(decay: decay, momentum: momentum, epsilon: epsilon, weightDecay: weightDecay), schedule: schedule)
  }
}
