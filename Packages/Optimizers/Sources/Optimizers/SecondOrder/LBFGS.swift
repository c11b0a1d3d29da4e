public import Modules
public import Tensors

/// L-BFGS: steps along an approximation of −H⁻¹ g that is built from the last few steps, with a line search.
///
/// Liu and Nocedal 1989. Each step satisfies the strong Wolfe conditions, so the loss falls at every step; the loss must
/// be the same function each time, that is, of the whole data and not of a batch.
public struct LBFGS: Sendable {
  /// How many steps are remembered.
  public let memory: Int
  /// The most evaluations of the loss that one line search may take.
  public var searchLimit = 25

  // The last steps and the changes of the gradient along them, newest last: [memory, parameters].
  private var steps: Tensor
  private var changes: Tensor
  private var remembered = 0

  /// Remembers the given number of steps.
  public init(memory: Int = 10) {
    require(memory > 0, "LBFGS: it must remember at least one step, not \(memory)")
    self.memory = memory
    steps = Tensor.zeros([memory, 0], dtype: .float64)
    changes = steps
  }

  /// What one step found and did.
  public struct Report: Sendable {
    /// The loss after the step.
    public let loss: Double
    /// The length of the gradient after the step.
    public let gradientNorm: Double
    /// How far the step went, in units of the proposed one; 0 where no way down was found.
    public let stepLength: Double
    /// How often the loss and its gradient were computed.
    public let evaluations: Int
  }

  /// Moves the parameters of a model by one step.
  @discardableResult
  public mutating func update<Model: Module>(
    _ model: inout Model, mode: Mode = .training, loss: (inout Model) -> Tensor
  ) -> Report {
    prepare(for: &model)
    let start = model.parameterVector()
    func evaluate(_ point: Tensor) -> LineSearch.Point {
      model.setParameters(to: point)
      let (value, gradients) = valueWithGradient(at: &model, mode: mode, of: loss)
      return LineSearch.Point(loss: value.scalar, gradient: gradients.flattened.cast(to: .float64))
    }
    let here = evaluate(start)
    var direction = -approximateInverse(times: here.gradient)
    if direction.product(with: here.gradient) >= 0 {
      remembered = 0
      direction = -here.gradient
    }
    // Without a memory nothing is known about the scale: the first trial moves by at most 1.
    let first = remembered > 0 ? 1 : Swift.min(1, 1 / Swift.max(here.gradient.norm().scalar, .leastNormalMagnitude))
    var search = LineSearch(start: here, direction: direction, limit: searchLimit)
    let found = search.run(first: first) { evaluate(start + direction * $0) }
    guard let found else {
      model.setParameters(to: start)
      return Report(
        loss: here.loss, gradientNorm: here.gradient.norm().scalar, stepLength: 0, evaluations: search.evaluations + 1)
    }
    let end = start + direction * found.length
    model.setParameters(to: end)
    remember(step: end - start, change: found.point.gradient - here.gradient)
    return Report(
      loss: found.point.loss, gradientNorm: found.point.gradient.norm().scalar, stepLength: found.length,
      evaluations: search.evaluations + 1)
  }

  /// The inverse Hessian that the remembered steps suggest, times a vector: the two-loop recursion.
  private func approximateInverse(times gradient: Tensor) -> Tensor {
    var result = gradient
    var factors: [(rho: Double, alpha: Double)] = []
    for k in stride(from: memory - 1, through: memory - remembered, by: -1) {
      let rho = 1 / steps[k].product(with: changes[k])
      let alpha = rho * steps[k].product(with: result)
      result = result - changes[k] * alpha
      factors.append((rho, alpha))
    }
    if remembered > 0 {
      let last = memory - 1
      result = result * (steps[last].product(with: changes[last]) / changes[last].product(with: changes[last]))
    }
    for k in (memory - remembered)..<memory {
      let (rho, alpha) = factors.removeLast()
      result = result + steps[k] * (alpha - rho * changes[k].product(with: result))
    }
    return result
  }

  /// Notes a step unless the curvature along it is not positive, which would make the approximation useless.
  private mutating func remember(step: Tensor, change: Tensor) {
    guard step.product(with: change) > 1e-10 * change.product(with: change) else { return }
    steps = Tensor.concatenate([steps[1...], step.unsqueezed(axis: 0)])
    changes = Tensor.concatenate([changes[1...], change.unsqueezed(axis: 0)])
    remembered = Swift.min(remembered + 1, memory)
  }
}

extension LBFGS: Companion {
  /// Makes room for the steps of a model's parameters, once.
  public mutating func prepare<Model: Module>(for model: inout Model) {
    let count = model.parameterCount
    if steps.shape[1] == count { return }
    require(
      remembered == 0,
      "LBFGS: it remembers steps of \(steps.shape[1]) parameters, but this model has \(count): make a new one")
    steps = Tensor.zeros([memory, count], dtype: .float64)
    changes = steps
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.buffer("steps", &steps)
    visitor.buffer("changes", &changes)
    visitor.number("remembered", &remembered)
  }
}
