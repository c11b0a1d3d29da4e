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
/// They are called by their places, counted from 0 with functions included, as in PyTorch: `0.weight`, `2.bias`. A
/// `Linear` and the tanh, sigmoid or relu behind it are computed in one pass, with the same bits. Without layers it is
/// the identity.
public struct Sequential: LayerChain {
  private var layers: [any Layer]
  /// At the place of a linear map, the activation behind it that is computed in the same pass.
  private var fused: [LinearActivation?] = []

  /// Puts what the closure lists one after the other.
  public init(@LayerBuilder _ layers: () -> [any Layer]) { self.init(layers()) }

  /// Puts the layers of an array one after the other.
  public init(_ layers: [any Layer]) {
    self.layers = layers
    fused = fusions()
  }

  /// The number of layers, functions included.
  public var count: Int { layers.count }

  /// The layer at a place.
  public subscript(place: Int) -> any Layer {
    get { layers[checked(place)] }
    set {
      layers[checked(place)] = newValue
      fused = fusions()
    }
  }

  public mutating func callAsFunction(_ input: Tensor) -> Tensor {
    var x = input
    var place = 0
    while place < layers.count {
      if let activation = fused[place], let linear = layers[place] as? Linear {
        x = linear(x, activation: activation)
        place += 2
      } else {
        x = layers[place](x)
        place += 1
      }
    }
    return x
  }

  public mutating func visit(_ visitor: inout some ModuleVisitor) {
    for place in layers.indices { visitor.child("\(place)", &layers[place]) }
  }

  private func fusions() -> [LinearActivation?] {
    layers.indices.map { place in
      guard layers[place] is Linear, place + 1 < layers.count else { return nil }
      return (layers[place + 1] as? Lambda)?.activation
    }
  }

  private func checked(_ place: Int) -> Int {
    require(layers.indices.contains(place), "Sequential: there is no layer \(place): there are \(layers.count)")
    return place
  }
}
