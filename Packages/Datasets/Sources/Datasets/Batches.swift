public import Tensors

/// A few examples that are worked on together.
public struct Batch: Sendable {
  /// The inputs: [size, …].
  public let inputs: Tensor
  /// The targets: [size, …].
  public let targets: Tensor
  /// The number of examples; the last batch of an epoch may be short.
  public var count: Int { inputs.shape[0] }
}

/// One epoch of batches in a random order, as `Dataset.batches(of:using:)` gives it.
///
/// The order follows from the random source alone. `state` therefore says in a few bytes where an interrupted epoch
/// stood, and `Dataset.batches(resuming:)` goes on with exactly the batches that were left.
public struct Batches: Sequence, IteratorProtocol, Sendable {
  private let samples: Samples
  private let order: Tensor?
  private let random: RandomSource?

  /// The number of examples per batch.
  public let size: Int
  /// Whether a short last batch is left out.
  public let dropsLast: Bool
  /// The number of batches that have been handed out.
  public private(set) var position: Int

  init(
    _ dataset: some Dataset, size: Int, dropsLast: Bool, random: RandomSource?, position: Int, order: Tensor?
  ) {
    require(size > 0, "batches: a batch needs at least one example, not \(size)")
    samples = Samples(inputs: dataset.inputs, targets: dataset.targets)
    self.size = size
    self.dropsLast = dropsLast
    self.random = random
    self.position = position
    self.order = order
  }

  /// The number of batches of the whole epoch.
  public var count: Int { dropsLast ? samples.count / size : (samples.count + size - 1) / size }

  /// The number of batches that are left.
  public var underestimatedCount: Int { Swift.max(count - position, 0) }

  public mutating func next() -> Batch? {
    guard position < count else { return nil }
    let range = (position * size)..<Swift.min((position + 1) * size, samples.count)
    position += 1
    guard let order else {
      let part = samples[range]
      return Batch(inputs: part.inputs, targets: part.targets)
    }
    let part = samples.selecting(order[range])
    return Batch(inputs: part.inputs, targets: part.targets)
  }
}

extension Batches {
  /// Where an epoch stands: enough to go on with it after a restart.
  public struct State: Sendable, Codable, Equatable {
    /// The random source as it was before the epoch was shuffled; nil where the order is the data set's own.
    public let random: RandomSource?
    /// The number of batches that have been handed out.
    public let position: Int
    /// The number of examples per batch.
    public let size: Int
    /// Whether a short last batch is left out.
    public let dropsLast: Bool
  }

  /// Where this epoch stands.
  public var state: State { State(random: random, position: position, size: size, dropsLast: dropsLast) }
}

extension Dataset {
  /// One epoch of batches in a fresh random order.
  public func batches(of size: Int, dropsLast: Bool = false, using random: inout RandomSource) -> Batches {
    let start = random
    let order = Tensor.permutation(count, using: &random)
    return Batches(self, size: size, dropsLast: dropsLast, random: start, position: 0, order: order)
  }

  /// One epoch of batches in the data set's own order, as evaluation wants it.
  public func batches(of size: Int, dropsLast: Bool = false) -> Batches {
    Batches(self, size: size, dropsLast: dropsLast, random: nil, position: 0, order: nil)
  }

  /// The rest of an epoch that was interrupted.
  public func batches(resuming state: Batches.State) -> Batches {
    let order = state.random.map { start in
      var random = start
      return Tensor.permutation(count, using: &random)
    }
    return Batches(
      self, size: state.size, dropsLast: state.dropsLast, random: state.random, position: state.position, order: order)
  }
}
