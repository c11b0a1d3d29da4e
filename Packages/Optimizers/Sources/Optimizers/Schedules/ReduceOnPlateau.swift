public import Modules

/// Lowers the learning rate when a measured value has stopped getting better. Called `ReduceLROnPlateau` in PyTorch.
///
/// ```swift
/// var plateau = ReduceOnPlateau(patience: 5)
/// optimizer.learningRateFactor = plateau.observe(validationLoss)
/// ```
/// Its state is a few numbers, which are saved like a model's.
public struct ReduceOnPlateau: Module {
  /// Whether smaller or larger values are better.
  public enum Direction: Sendable {
    /// Smaller values are better, as for a loss.
    case down
    /// Larger values are better, as for an accuracy.
    case up
  }

  /// Which values are better.
  public let direction: Direction
  /// What the learning rate is multiplied with each time.
  public let factor: Double
  /// How many observations without progress are waited for.
  public let patience: Int
  /// By which share of the best value a new one must be better to count as progress.
  public let threshold: Double
  /// How many observations are not judged after the rate was lowered.
  public let cooldown: Int
  /// The smallest product of all factors.
  public let lowest: Double

  /// The product of all factors so far.
  public private(set) var rateFactor = 1.0
  private var best: Double
  private var waited = 0
  private var resting = 0

  /// Describes when and how the rate is lowered.
  public init(
    _ direction: Direction = .down, factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4,
    cooldown: Int = 0, lowest: Double = 0
  ) {
    self.direction = direction
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
    self.cooldown = cooldown
    self.lowest = lowest
    best = direction == .down ? .infinity : -.infinity
  }

  /// Takes note of a value and returns what the learning rate is to be multiplied with from now on.
  public mutating func observe(_ value: Double) -> Double {
    let isBetter =
      direction == .down ? value < best * (1 - threshold) : value > best * (1 + threshold)
    if isBetter {
      best = value
      waited = 0
    } else {
      waited += 1
    }
    if resting > 0 {
      resting -= 1
      waited = 0
    }
    if waited > patience {
      rateFactor = Swift.max(rateFactor * factor, lowest)
      resting = cooldown
      waited = 0
    }
    return rateFactor
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.number("rateFactor", &rateFactor)
    visitor.number("best", &best)
    visitor.number("waited", &waited)
    visitor.number("resting", &resting)
  }
}
