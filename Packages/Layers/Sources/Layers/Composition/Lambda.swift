public import Modules
public import Tensors

/// A function as a layer, without parameters: `Lambda { $0 * 2 }`.
///
/// In the body of a `Sequential` a function can be written by its name alone: `tanh`.
public struct Lambda: Layer {
  private let function: @Sendable (Tensor) -> Tensor

  /// Wraps a function.
  public init(_ function: @escaping @Sendable (Tensor) -> Tensor) { self.function = function }

  public func callAsFunction(_ input: Tensor) -> Tensor { function(input) }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {}
}
