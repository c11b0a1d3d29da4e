public import Modules
public import Tensors

/// Adagrad: s ← s + g²; w ← w − η / (1 + (t − 1) δ) · g / (√s + ε).
///
/// Duchi, Hazan and Singer 2011, with PyTorch's defaults. Weight decay is added to the gradient.
public struct AdagradRule: UpdateRule {
  /// δ, how fast the learning rate falls from step to step.
  public var rateDecay: Double
  /// What s starts with.
  public var initialSquares: Double
  /// ε, which keeps the denominator away from 0.
  public var epsilon: Double
  /// What is added to the gradient, in units of the parameter.
  public var weightDecay: Double

  /// What is remembered about one parameter.
  public struct Memory: Module {
    /// s, the sum of the squares of all gradients.
    var squares: Tensor

    public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.buffer("squares", &squares) }
  }

  public func memory(for parameter: Tensor) -> Memory {
    Memory(squares: Tensor.full(like: parameter, initialSquares))
  }

  public func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment) {
    let rate = moment.learningRate / (1 + Double(moment.step - 1) * rateDecay)
    parameter.descendAdagrad(
      UpdateStep(rate: rate, coupledDecay: weightDecay), gradient: gradient, squares: &memory.squares,
      epsilon: epsilon)
  }
}

/// Adagrad, which slows down along directions that have already moved far.
public typealias Adagrad = Optimizer<AdagradRule>

extension Optimizer where Rule == AdagradRule {
  /// Descends with a fixed learning rate.
  public init(
    learningRate: Double = 1e-2, rateDecay: Double = 0, initialSquares: Double = 0, epsilon: Double = 1e-10,
    weightDecay: Double = 0
  ) {
    self.init(
      schedule: .constant(learningRate), rateDecay: rateDecay, initialSquares: initialSquares, epsilon: epsilon,
      weightDecay: weightDecay)
  }

  /// Descends along a schedule.
  public init(
    schedule: Schedule, rateDecay: Double = 0, initialSquares: Double = 0, epsilon: Double = 1e-10,
    weightDecay: Double = 0
  ) {
    self.init(
      AdagradRule(rateDecay: rateDecay, initialSquares: initialSquares, epsilon: epsilon, weightDecay: weightDecay),
      schedule: schedule)
  }
}
