public import Modules
public import Tensors

/// Layers and functions one after the other.
///
/// ```swift
/// Sequential {
///   Linear(2, 32, using: &random)
///   tanh
///   Linear(32, 1, using: &random)
/// }
/// ```
/// They are called by their places, counted from 0 with functions included, as in PyTorch: `0.weight`, `2.bias`.
/// Without layers it is the identity.
public struct Sequential: LayerChain {
  private var layers: [any Layer]
  /// The places as visitors get to see them, which is at every step.
  private let names: [String]

  /// Puts what the closure lists one after the other.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.init(layers()) }

  /// Puts the layers of an array one after the other.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    names = layers.indices.map(String.init)
  }

  /// The number of layers, functions included.
  public var count: Int { layers.count }

  /// The layer at a place.
  public subscript(place: Int) -> any Layer {
    get { layers[checked(place)] }
    set { layers[checked(place)] = newValue }
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    var x = input
    for place in layers.indices { x = layers[place](x) }
    return x
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    for place in layers.indices { visitor.child(names[place], &layers[place]) }
  }

  private func checked(_ place: Int) -> Int {
    require(layers.indices.contains(place), "Sequential: there is no layer \(place): there are \(layers.count)")
    return place
  }
}
