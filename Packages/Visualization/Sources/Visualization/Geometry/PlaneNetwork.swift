/// A network from two inputs to one logit whose units bend the plane along straight lines, as plain numbers. Its
/// decision boundary can be computed exactly.
public struct PlaneNetwork: Hashable, Sendable {
  /// What a unit does to its weighted sum.
  public enum Activation: Hashable, Sendable {
    /// max(0, z).
    case relu
    /// z, or `slope` · z below zero.
    case leakyRelu(slope: Double)
    /// |z|.
    case absolute
    /// z: for the output.
    case identity

    /// The factor on each side of the fold; nil if there is no fold.
    var slopes: (below: Double, above: Double)? {
      switch self {
      case .relu: (0, 1)
      case .leakyRelu(let slope): (slope, 1)
      case .absolute: (-1, 1)
      case .identity: nil
      }
    }
  }

  /// One layer: weights by output and input, one bias per output.
  public struct Layer: Hashable, Sendable {
    /// The weights [outputs][inputs].
    public var weights: [[Double]]
    /// The biases [outputs].
    public var biases: [Double]
    /// What the units do.
    public var activation: Activation

    /// A layer from its numbers.
    public init(weights: [[Double]], biases: [Double], _ activation: Activation) {
      guard weights.count == biases.count && weights.allSatisfy({ $0.count == weights[0].count }) else {
        fatalError(
          "PlaneNetwork.Layer: \(weights.count) rows of weights and \(biases.count) biases: give one row of equal length "
            + "for each bias")
      }
      self.weights = weights
      self.biases = biases
      self.activation = activation
    }
  }

  /// The layers from the input to the logit.
  public let layers: [Layer]

  /// A network from its layers; the first has two inputs and the last one output.
  public init(_ layers: [Layer]) {
    var width = 2
    for (index, layer) in layers.enumerated() {
      guard layer.weights.first?.count == width else {
        fatalError(
          "PlaneNetwork: layer \(index) takes \(layer.weights.first?.count ?? 0) inputs, but \(width) arrive: "
            + "order the layers from the two inputs to the logit")
      }
      width = layer.biases.count
    }
    guard width == 1 && !layers.isEmpty else {
      fatalError("PlaneNetwork: the last layer has \(width) outputs: a decision boundary needs one logit")
    }
    self.layers = layers
  }

  /// The logit at a point.
  public func callAsFunction(_ point: PlanePoint) -> Double {
    var values = [point.x, point.y]
    for layer in layers {
      values = zip(layer.weights, layer.biases).map { row, bias in
        let sum = zip(row, values).reduce(bias) { $0 + $1.0 * $1.1 }
        guard let slopes = layer.activation.slopes else { return sum }
        return sum * (sum < 0 ? slopes.below : slopes.above)
      }
    }
    return values[0]
  }

  /// The lines along which the units of the first layer fold the plane.
  public var firstLines: [Affine] {
    zip(layers[0].weights, layers[0].biases).map { Affine($0[0], $0[1], $1) }
  }
}
