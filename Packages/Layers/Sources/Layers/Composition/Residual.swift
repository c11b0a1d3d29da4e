public import Modules
public import Tensors

/// The input plus what layers make of it: x + f(x) (He et al. 2016).
///
/// The layers must give back the shape of the input, unless a shortcut brings the input to the shape of their output.
public struct Residual: Layer {
  private var body: Sequential
  private var shortcut: Sequential?

  /// Adds the input to what the layers in the closure make of it.
  ///
  /// - Parameter shortcut: A layer that the input goes through before it is added.
  public init(shortcut: (any Layer)? = nil, @LayerBuilder _ body: () -> [any Layer]) {
    self.body = Sequential(body())
    self.shortcut = shortcut.map { Sequential([$0]) }
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    let y = body(input)
    let x = shortcut?(input) ?? input
    require(
      x.shape == y.shape,
      "Residual: \(x.shape) cannot be added to \(y.shape): give a shortcut that makes the shapes equal")
    return x + y
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("body", &body)
    visitor.child("shortcut", &shortcut)
  }
}
