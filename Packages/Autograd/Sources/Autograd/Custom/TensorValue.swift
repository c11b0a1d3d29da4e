public import Tensors

/// What a function with a rule of its own may take and give back: a tensor, or a tensor that may be left out.
public protocol TensorValue: Sendable {
  /// The tensor, unless it is left out.
  var tensor: Tensor? { get }

  /// The same value around another tensor.
  func replacing(_ tensor: Tensor?) -> Self
}

extension Tensor: TensorValue {
  public var tensor: Tensor? { self }

  public func replacing(_ tensor: Tensor?) -> Tensor { tensor ?? self }
}

/// An input that may be left out, such as the bias of a linear map; as a gradient, nil means that there is none.
extension Optional: TensorValue where Wrapped == Tensor {
  public var tensor: Tensor? { self }

  public func replacing(_ tensor: Tensor?) -> Tensor? { tensor }
}
