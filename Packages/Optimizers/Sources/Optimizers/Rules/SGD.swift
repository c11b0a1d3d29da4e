public import Modules
public import Tensors

/// Stochastic gradient descent: w ← w − η g, with momentum w ← w − η v where v ← μ v + (1 − d) g.
///
/// The first step starts with v = g. Called `SGD` in PyTorch, whose conventions these are (Polyak 1964; Nesterov 1983 as
/// in Sutskever et al. 2013). Weight decay is added to the gradient.
public struct SGDRule: UpdateRule {
  /// μ, how much of the last step is kept; 0 is plain descent.
  public var momentum: Double
  /// d, how much the gradient is weakened on its way into the momentum.
  public var dampening: Double
  /// Whether the step looks ahead along the momentum, after Nesterov.
  public var nesterov: Bool
  /// What is added to the gradient, in units of the parameter.
  public var weightDecay: Double

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// v, the running sum of gradients; none without momentum.
    var velocity: Tensor?

    public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.buffer("velocity", &velocity) }
  }

  public func memory(for parameter: Tensor) -> Memory {
    Memory(velocity: momentum == 0 ? nil : Tensor.zeros(like: parameter))
  }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let step = UpdateStep(rate: moment.learningRate, coupledDecay: weightDecay)
    guard var velocity = memory.velocity else { return parameter.descend(step, gradient: gradient) }
    memory.velocity = nil  // so that it is written in place
    parameter.descend(
      step, gradient: gradient, velocity: &velocity, momentum: momentum, keep: moment.step == 1 ? 1 : 1 - dampening,
      nesterov: nesterov)
    memory.velocity = velocity
  }
}

/// Stochastic gradient descent, plain or with momentum.
public typealias SGD = Optimizer<SGDRule>

extension Optimizer where Rule == SGDRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 1e-3, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false,
    weightDecay: Double = 0
  ) {
    self.init(
      schedule: .constant(learningRate), momentum: momentum, dampening: dampening, nesterov: nesterov,
      weightDecay: weightDecay)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, momentum: Double = 0, dampening: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
  ) {
    require(
      !nesterov || (momentum > 0 && dampening == 0),
      "SGD: Nesterov's look ahead needs momentum above 0 and no dampening")
    self.init(
      SGDRule(momentum: momentum, dampening: dampening, nesterov: nesterov, weightDecay: weightDecay),
      schedule: schedule)
  }
}
