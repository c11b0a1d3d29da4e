import Visualization
import Wabe

/// Many small nets of one shape that are trained at the same time, each on its own points.
///
/// All tensors have a leading axis with one entry per net. The loss is the sum of the nets' losses, so every net gets
/// its own gradient, and an optimizer that works element by element treats each as if it were alone. For fifty nets of
/// three units a step takes a few times as long as for one.
struct NetworkFamily: Module {
  /// One layer of all nets.
  struct Layer: Module {
    /// [nets, inputs, outputs].
    var weight: Tensor
    /// [nets, 1, outputs].
    var bias: Tensor

    mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.parameter("weight", &weight)
      visitor.parameter("bias", &bias)
    }
  }

  private(set) var layers: [Layer]
  let bend: Bend

  /// Nets whose layers are given one by one: `members[net][layer]`.
  init(_ members: [[Linear]], _ bend: Bend) {
    self.bend = bend
    layers = members[0].indices.map { place in
      let parts = members.map { $0[place] }
      return Layer(
        weight: .stack(parts.map(\.weight)),
        bias: .stack(parts.map { ($0.bias ?? Tensor.zeros([$0.weight.shape[1]])).unsqueezed(axis: 0) }))
    }
  }

  /// The logits: inputs [nets, points, 2] → [nets, points, 1].
  func callAsFunction(_ inputs: Tensor) -> Tensor {
    var x = inputs
    for (place, layer) in layers.enumerated() {
      x = x.matmul(layer.weight) + layer.bias
      if place < layers.count - 1 { x = bend(x) }
    }
    return x
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.children("layers", &layers) }

  /// The layers of one net.
  subscript(net: Int) -> [Linear] {
    layers.map { Linear(weight: $0.weight[net], bias: $0.bias[net].flattened()) }
  }

  /// The logit of one net as plain numbers, for its exact boundary; nil for a smooth activation.
  func plane(_ net: Int) -> PlaneNetwork? { bend.exact.map { PlaneNetwork(self[net], $0) } }
}

extension PlaneNetwork {
  /// A net from linear layers with the same activation between them.
  init(_ layers: [Linear], _ activation: Activation) {
    self.init(
      layers.enumerated().map { place, layer in
        let rows = layer.weight.transposed.unstacked().map(\.scalars)
        return Layer(
          weights: rows, biases: layer.bias?.scalars ?? rows.map { _ in 0 },
          place < layers.count - 1 ? activation : .identity)
      })
  }
}

extension NetworkFamily {
  /// How nets begin.
  enum Start: Sendable {
    /// Glorot's even weights, no biases.
    case glorot
    /// One hidden layer whose units look into evenly spread directions from a random first one; the output is their sum
    /// minus 1.
    case spread
  }

  /// The layers of a new net.
  static func layers(_ sizes: [Int], _ bend: Bend, _ start: Start, using random: inout RandomSource) -> [Linear] {
    switch start {
    case .glorot:
      return zip(sizes, sizes.dropFirst()).map { inputs, outputs in
        Linear(inputs, outputs, weight: .glorotUniform, bias: .zeros, dtype: .float64, using: &random)
      }
    case .spread:
      return [
        Linear(2, sizes[1], weight: .spread(over: bend.turn), bias: .zeros, dtype: .float64, using: &random),
        Linear(sizes[1], 1, weight: .constant(1), bias: .constant(-1), dtype: .float64, using: &random),
      ]
    }
  }
}
