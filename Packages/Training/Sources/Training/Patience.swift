public import Modules
internal import Tensors

/// Says when to stop because nothing gets better, and keeps the best model, whatever ends the run.
///
/// ```swift
/// var patience = Patience<Sequential>(of: 10)
/// for epoch in 1...1000 {
///   …
///   if patience.isOver(after: validation.loss, with: trainer.model) { break }
/// }
/// let best = patience.best ?? trainer.model
/// ```
/// It is a module: the best model and the counters are saved and resumed like everything else.
public struct Patience<Model: Module>: Module {
  /// How many observations without progress end the run.
  public let limit: Int
  /// By how much a value must be better than the best one to count as progress.
  public let threshold: Double
  /// Whether larger values are better, as for an accuracy.
  public let prefersLarger: Bool

  /// The model with the best value so far.
  public private(set) var best: Model?
  /// The best value so far.
  public private(set) var bestValue: Double
  /// The number of the observation that was the best, counted from 1; 0 before the first.
  public private(set) var bestObservation = 0
  /// The number of observations so far.
  public private(set) var observations = 0

  /// Waits for `limit` observations without progress.
  public init(of limit: Int, threshold: Double = 0, preferringLarger: Bool = false) {
    require(limit > 0, "Patience: waits for at least one observation, not \(limit)")
    self.limit = limit
    self.threshold = threshold
    prefersLarger = preferringLarger
    bestValue = preferringLarger ? -.infinity : .infinity
  }

  /// The number of observations since the best one.
  public var waited: Int { observations - bestObservation }

  /// Takes note of a value and the model that reached it, and says whether patience is over.
  ///
  /// NaN is never progress.
  public mutating func isOver(after value: Double, with model: Model) -> Bool {
    observations += 1
    if prefersLarger ? value > bestValue + threshold : value < bestValue - threshold {
      bestValue = value
      bestObservation = observations
      best = model
    }
    return waited >= limit
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.number("bestValue", &bestValue)
    visitor.number("bestObservation", &bestObservation)
    visitor.number("observations", &observations)
    visitor.child("best", &best)
  }
}
