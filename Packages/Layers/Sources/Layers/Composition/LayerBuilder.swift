public import Modules
public import Tensors

/// Collects layers and functions that stand below each other, also in `if` and `for`.
@resultBuilder
public enum LayerBuilder {
  /// A layer.
  public static func buildExpression(_ layer: some Layer) -> [any Layer] { [layer] }

  /// A function, such as `tanh`.
  public static func buildExpression(_ function: @escaping @Sendable (Tensor) -> Tensor) -> [any Layer] {
    [Lambda(function)]
  }

  /// Layers that were collected elsewhere.
  public static func buildExpression(_ layers: [any Layer]) -> [any Layer] { layers }

  /// Lines below each other.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }

  /// The body of an `if` without `else`.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }

  /// The body of an `if` with `else`.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }

  /// The body of an `else`.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }

  /// The bodies of a `for`.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
}
