public import Modules
public import Tensors

/// The input as it is.
public struct Identity: Layer {
  /// Makes the layer.
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor { input }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

/// Joins all axes but the first: input [batch, ...] → output [batch, features].
public struct Flatten: Layer {
  /// Makes the layer.
  public init() {}

  public func callAsFunction(_ input: Tensor) -> Tensor {
    require(input.rank >= 1, "Flatten: the input has no axis of examples")
    let batch = input.shape[0]
    return input.reshaped(to: [batch, Shape(input.shape.dropFirst()).elementCount])
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}

/// Gives every example another shape: input [batch, ...] → output [batch, sizes...].
///
/// Called `Unflatten` in PyTorch and `Reshape` in Keras.
public struct Reshape: Layer {
  /// The shape of an example; one size may be −1.
  public let sizes: [Int]

  /// Describes the shape of an example; one size may be −1 and is then worked out.
  public init(_ sizes: Int...) { self.sizes = sizes }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    require(input.rank >= 1, "Reshape: the input has no axis of examples")
    return input.reshaped(to: [input.shape[0]] + sizes)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}
