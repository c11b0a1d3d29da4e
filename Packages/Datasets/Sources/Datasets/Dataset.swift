public import Tensors

/// Examples to learn from: one row of inputs and one of targets each.
///
/// Generators such as `DoubleRing` and readers such as `IDXFolder` are data sets; `Samples` is the plain one that
/// splitting and selecting give.
public protocol Dataset: Sendable {
  /// What the network sees: [count, …].
  var inputs: Tensor { get }
  /// What it should answer: [count, outputs] for numbers, [count] for class indices.
  var targets: Tensor { get }
}

/// Inputs and targets side by side, the plain data set.
public struct Samples: Dataset, Equatable {
  public let inputs: Tensor
  public let targets: Tensor

  /// Pairs inputs with targets; both have one row per example.
  public init(inputs: Tensor, targets: Tensor) {
    require(
      inputs.rank > 0 && targets.rank > 0 && inputs.shape[0] == targets.shape[0],
      "Samples: inputs \(inputs.shape) and targets \(targets.shape) need the same number of rows")
    self.inputs = inputs
    self.targets = targets
  }
}

extension Dataset {
  /// The number of examples.
  public var count: Int { inputs.shape[0] }

  /// The examples with the given numbers, in that order; a number may come up several times.
  public func selecting(_ indices: [Int]) -> Samples { selecting(Tensor(indices)) }

  /// The examples whose numbers an int64 tensor lists.
  public func selecting(_ indices: Tensor) -> Samples {
    Samples(inputs: inputs.taking(indices, axis: 0), targets: targets.taking(indices, axis: 0))
  }

  /// A run of neighbouring examples, without copying them.
  public subscript(range: Range<Int>) -> Samples {
    Samples(inputs: inputs[range], targets: targets[range])
  }

  /// The same examples in another random order.
  public func shuffled(using random: inout RandomSource) -> Samples {
    selecting(Tensor.permutation(count, using: &random))
  }

  /// The same examples with changed inputs, for example standardized ones.
  public func mapInputs(_ change: (Tensor) -> Tensor) -> Samples {
    Samples(inputs: change(inputs), targets: targets)
  }

  /// The same examples with changed targets, for example one-hot rows in place of class indices:
  /// `data.mapTargets { $0.oneHot(classes: 10) }`.
  public func mapTargets(_ change: (Tensor) -> Tensor) -> Samples {
    Samples(inputs: inputs, targets: change(targets))
  }

  /// The same examples with floating-point inputs and targets of another precision; class indices stay.
  public func cast(to dtype: DType) -> Samples {
    require(dtype.isFloatingPoint, "cast: a data set is cast to float32 or float64, not to \(dtype)")
    return Samples(
      inputs: inputs.cast(to: dtype), targets: targets.dtype.isFloatingPoint ? targets.cast(to: dtype) : targets)
  }
}
