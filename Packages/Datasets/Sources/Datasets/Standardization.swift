public import Tensors

/// Shifts and scales each feature, by numbers that are found on the training set and then used everywhere.
///
/// Called `StandardScaler` and `MinMaxScaler` in scikit-learn.
public struct Standardization: Sendable, Equatable {
  /// What is subtracted from each feature.
  public let shift: Tensor
  /// What each feature is then divided by; 1 where a feature never changes.
  public let scale: Tensor

  /// Shifts and scales by the given numbers.
  public init(shift: Tensor, scale: Tensor) {
    self.shift = shift
    self.scale = scale
  }

  /// Gives each feature of these inputs the mean 0 and the standard deviation 1.
  public static func standardizing(_ inputs: Tensor) -> Standardization {
    Standardization(
      shift: inputs.mean(axis: 0), spread: inputs.populationDeviation(axis: 0))
  }

  /// Moves each feature of these inputs into the range from 0 to 1.
  public static func normalizing(_ inputs: Tensor) -> Standardization {
    let low = inputs.min(axis: 0)
    return Standardization(shift: low, spread: inputs.max(axis: 0) - low)
  }

  private init(shift: Tensor, spread: Tensor) {
    self.init(shift: shift, scale: Tensor.where(spread .> 0.0, spread, Tensor.ones(like: spread)))
  }

  /// Changes inputs the way the training set was changed.
  public func apply(_ inputs: Tensor) -> Tensor { (inputs - shift) / scale }

  /// Takes changed inputs back.
  public func undo(_ inputs: Tensor) -> Tensor { inputs * scale + shift }
}
