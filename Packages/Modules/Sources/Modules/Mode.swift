public import Tensors

/// What a model is run for: layers such as dropout and batch normalization differ between the two.
///
/// It is `.inference` unless `valueWithGradient(at:)` says otherwise, so forgetting it does no harm. It belongs to the
/// running task and not to the process: a model may be trained here and used there at the same time.
public enum Mode: Sendable, Equatable {
  /// Parameters are being fitted: dropout drops, batch normalization uses the statistics of the batch.
  case training
  /// The model is used: the same input gives the same output.
  case inference

  /// The mode of the code that runs now.
  @TaskLocal public static var current: Mode = .inference
}

extension Layer {
  /// The layer's output in inference mode, without changing the layer.
  public func predict(_ input: Tensor) -> Tensor {
    var copy = self
    if Mode.current == .inference { return copy(input) }
    return Mode.$current.withValue(.inference) { copy(input) }
  }
}
