public import Modules
public import Tensors

/// How one parameter moves, given its gradient and what is remembered about it: the formula of a paper.
public protocol UpdateRule: Sendable {
  /// What is remembered about one parameter from step to step.
  associatedtype Memory: Module

  /// The memory of a parameter that has not moved yet.
  func memory(for parameter: Tensor) -> Memory

  /// Moves a parameter.
  ///
  /// - Parameter moment: Which step this is and how far it goes.
  func update(_ parameter: inout Tensor, gradient: Tensor, memory: inout Memory, at moment: Moment)
}

/// Which step an optimizer is at, and how far it goes.
public struct Moment: Sendable {
  /// The number of this step, counted from 1.
  public let step: Int
  /// The learning rate of this step.
  public let learningRate: Double

  /// Describes a step.
  public init(step: Int, learningRate: Double) {
    self.step = step
    self.learningRate = learningRate
  }
}

/// The memory of a rule that remembers nothing.
public struct NoMemory: Module {
  /// Nothing.
  public init() {}

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}
