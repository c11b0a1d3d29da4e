public import Modules
internal import Tensors

extension Gradients {
  /// These gradients, shortened together where they are longer than `limit`; their direction stays.
  ///
  /// Called `clip_grad_norm_` in PyTorch.
  public func clipped(toNorm limit: Double) -> Gradients {
    require(limit > 0, "clipped: the longest gradient allowed is \(limit): it must be positive")
    let norm = norm
    return norm > limit ? self * (limit / (norm + 1e-6)) : self
  }

  /// These gradients with every element moved into the range from −`limit` to `limit`.
  ///
  /// Called `clip_grad_value_` in PyTorch.
  public func clipped(toValue limit: Double) -> Gradients {
    require(limit > 0, "clipped: the largest gradient allowed is \(limit): it must be positive")
    return map { $0.clamped(min: -limit, max: limit) }
  }
}
