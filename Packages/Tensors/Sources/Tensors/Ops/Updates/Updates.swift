internal import TensorKernels

/// How far an optimizer's step goes, and how strongly it pulls a parameter towards zero.
public struct UpdateStep: Sendable {
  /// The learning rate, with every correction that is the same for all elements.
  public var rate: Double
  /// What is added to the gradient, in units of the parameter: weight decay as a penalty in the loss.
  public var coupledDecay: Double
  /// Which share of the parameter is taken away beside the step: weight decay as AdamW has it.
  public var decoupledDecay: Double

  /// A step of the given length.
  public init(rate: Double, coupledDecay: Double = 0, decoupledDecay: Double = 0) {
    self.rate = rate
    self.coupledDecay = coupledDecay
    self.decoupledDecay = decoupledDecay
  }

  var kernelStep: wabe_step { wabe_step(rate: rate, coupled: coupledDecay, shrink: decoupledDecay) }
}

// Each of these changes a parameter and what is remembered about it in one pass over memory. They are what the update
// rules of the package Optimizers are made of; the formulas are written with w for an element of the parameter and g for
// that of its gradient, after g ← g + coupledDecay · w and w ← w − decoupledDecay · w.

extension Tensor {
  /// A step down the gradient: w ← w − rate · g.
  public mutating func descend(_ step: UpdateStep, gradient: Tensor) {
    checkUpdate(gradient)
    wabe_update_momentum(
      Int32(dtype.rawValue), step.kernelStep, 0, 1, false, gradient.pointer, nil, mutablePointer(), count)
  }

  /// A step with momentum: v ← momentum · v + keep · g; w ← w − rate · v, or with Nesterov's look ahead
  /// w ← w − rate · (g + momentum · v).
  public mutating func descend(
    _ step: UpdateStep, gradient: Tensor, velocity: inout Tensor, momentum: Double, keep: Double = 1,
    nesterov: Bool = false
  ) {
    checkUpdate(gradient, velocity)
    wabe_update_momentum(
      Int32(dtype.rawValue), step.kernelStep, momentum, keep, nesterov, gradient.pointer, velocity.mutablePointer(),
      mutablePointer(), count)
  }

  /// A step of Adagrad: s ← s + g²; w ← w − rate · g / (√s + epsilon).
  public mutating func descendAdagrad(
    _ step: UpdateStep, gradient: Tensor, squares: inout Tensor, epsilon: Double
  ) {
    checkUpdate(gradient, squares)
    wabe_update_adagrad(
      Int32(dtype.rawValue), step.kernelStep, epsilon, gradient.pointer, squares.mutablePointer(), mutablePointer(),
      count)
  }

  /// A step of RMSProp: s ← decay · s + (1 − decay) · g²; w ← w − rate · g / (√s + epsilon).
  public mutating func descendRMSProp(
    _ step: UpdateStep, gradient: Tensor, squares: inout Tensor, decay: Double, epsilon: Double
  ) {
    checkUpdate(gradient, squares)
    wabe_update_rmsprop(
      Int32(dtype.rawValue), step.kernelStep, decay, 0, epsilon, gradient.pointer, squares.mutablePointer(), nil,
      mutablePointer(), count)
  }

  /// A step of RMSProp with momentum: v ← momentum · v + g / (√s + epsilon); w ← w − rate · v.
  public mutating func descendRMSProp(
    _ step: UpdateStep, gradient: Tensor, squares: inout Tensor, velocity: inout Tensor, decay: Double,
    momentum: Double, epsilon: Double
  ) {
    checkUpdate(gradient, squares, velocity)
    wabe_update_rmsprop(
      Int32(dtype.rawValue), step.kernelStep, decay, momentum, epsilon, gradient.pointer, squares.mutablePointer(),
      velocity.mutablePointer(), mutablePointer(), count)
  }

  /// A step of Adam: m ← β₁ m + (1 − β₁) g; s ← β₂ s + (1 − β₂) g²; w ← w − (rate · m + direct · g) / (√s · scale + ε).
  ///
  /// The corrections for the first steps are part of `rate` and `scale`; `direct` is what NAdam adds.
  public mutating func descendAdam(
    _ step: UpdateStep, gradient: Tensor, mean: inout Tensor, squares: inout Tensor, betas: (Double, Double),
    scale: Double, epsilon: Double, direct: Double = 0
  ) {
    checkUpdate(gradient, mean, squares)
    wabe_update_adam(
      Int32(dtype.rawValue), step.kernelStep, direct, betas.0, betas.1, scale, epsilon, gradient.pointer,
      mean.mutablePointer(), squares.mutablePointer(), mutablePointer(), count)
  }

  /// A step of Adamax: m ← β₁ m + (1 − β₁) g; s ← max(β₂ s, |g| + ε); w ← w − rate · m / s.
  public mutating func descendAdamax(
    _ step: UpdateStep, gradient: Tensor, mean: inout Tensor, largest: inout Tensor, betas: (Double, Double),
    epsilon: Double
  ) {
    checkUpdate(gradient, mean, largest)
    wabe_update_adamax(
      Int32(dtype.rawValue), step.kernelStep, betas.0, betas.1, epsilon, gradient.pointer, mean.mutablePointer(),
      largest.mutablePointer(), mutablePointer(), count)
  }

  /// Stops the program unless the gradient and what is remembered have this parameter's shape and type.
  @inline(__always)
  private func checkUpdate(_ gradient: borrowing Tensor) {
    require(dtype.isFloatingPoint, "update: a parameter of type \(dtype) cannot be trained")
    require(trace == nil, "update: the parameter is being recorded: update it after the gradient has been computed")
    fits(gradient, "gradient")
  }

  @inline(__always)
  private func checkUpdate(_ gradient: borrowing Tensor, _ memory: borrowing Tensor) {
    checkUpdate(gradient)
    fits(memory, "memory")
  }

  @inline(__always)
  private func checkUpdate(_ gradient: borrowing Tensor, _ first: borrowing Tensor, _ second: borrowing Tensor) {
    checkUpdate(gradient, first)
    fits(second, "memory")
  }

  @inline(__always)
  private func fits(_ other: borrowing Tensor, _ role: StaticString) {
    require(
      other.storage.hasSameShape(as: storage) && other.dtype == dtype,
      "update: a parameter \(dtype)\(shape) cannot be changed by a \(role) \(other.dtype)\(other.shape)")
  }
}
