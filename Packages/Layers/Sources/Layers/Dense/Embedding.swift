public import Modules
public import Tensors

/// A table with one trained row per word, class or other number.
///
/// Input [...] of integers → output [..., features]. Called `Embedding` in PyTorch and Keras.
public struct Embedding: Layer {
  /// The rows, [count, features].
  public var weight: Tensor

  /// Makes a table of `count` random rows; the default is PyTorch's, normal with deviation 1.
  public init(
    _ count: Int, _ features: Int, weight: Initializer = .normal(deviation: 1), dtype: DType = .float32,
    using random: inout RandomSource
  ) {
    let fans = Fans(inputs: count, outputs: features)
    self.weight = weight([count, features], fans: fans, dtype: dtype, using: &random)
  }

  /// Makes a table from its rows.
  public init(weight: Tensor) {
    require(weight.rank == 2, "Embedding: weight \(weight.shape): it must be [count, features]")
    self.weight = weight
  }

  public func callAsFunction(_ input: Tensor) -> Tensor {
    require(
      !input.dtype.isFloatingPoint && input.dtype != .bool,
      "Embedding: rows are named by integers, not \(input.dtype): convert with cast(to: .int64)")
    return weight.taking(input, axis: 0)
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("weight", &weight) }
}
