import Wabe

/// One hidden layer of tanh units and a linear output: the network whose symmetries, Hessians and saddle points
/// exercises 6.5 and 6.7 look at, in double precision.
struct TanhNetwork: Layer {
  var hidden: Linear
  var output: Linear

  /// A network with normally distributed parameters of the given deviation, biases included.
  init(_ inputs: Int, _ units: Int, _ outputs: Int, deviation: Double, using random: inout RandomSource) {
    func layer(_ from: Int, _ to: Int) -> Linear {
      let normal = Initializer.normal(deviation: deviation)
      return Linear(from, to, weight: normal, bias: normal, dtype: .float64, using: &random)
    }
    hidden = layer(inputs, units)
    output = layer(units, outputs)
  }

  /// A network from the parameters of its layers.
  init(hidden: Linear, output: Linear) {
    self.hidden = hidden
    self.output = output
  }

  func callAsFunction(_ x: Tensor) -> Tensor { output(tanh(hidden(x))) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("hidden", &hidden)
    visitor.child("output", &output)
  }
}

extension TanhNetwork {
  /// The number of hidden units.
  var units: Int { output.weight.shape[0] }

  /// All parameters in one row.
  var numbers: [Double] { state.flatMap(\.value.scalars) }

  /// The network whose unit k is unit `order[k]` of this one, with its incoming and outgoing weights multiplied by
  /// `signs[k]`, which is 1 or −1: tanh(−a) = −tanh a, so its output is the same.
  func rearranged(_ order: [Int], signs: [Double]) -> TanhNetwork {
    let order = Tensor(order)
    let row = Tensor(signs)
    return TanhNetwork(
      hidden: Linear(
        weight: hidden.weight.taking(order, axis: 1) * row, bias: hidden.bias.map { $0.taking(order, axis: 0) * row }),
      output: Linear(
        weight: output.weight.taking(order, axis: 0) * row.reshaped(to: [units, 1]), bias: output.bias))
  }

  /// The point a share of the way to another network on the straight line between both.
  func blended(with other: TanhNetwork, share: Double) -> TanhNetwork {
    func blend(_ a: Linear, _ b: Linear) -> Linear {
      func mix(_ a: Tensor, _ b: Tensor) -> Tensor { a * (1 - share) + b * share }
      let bias = a.bias.flatMap { first in b.bias.map { mix(first, $0) } }
      return Linear(weight: mix(a.weight, b.weight), bias: bias)
    }
    return TanhNetwork(hidden: blend(hidden, other.hidden), output: blend(output, other.output))
  }

  /// The network with all units like the first, and equal outgoing weights.
  var withEqualUnits: TanhNetwork {
    rearranged([Int](repeating: 0, count: units), signs: .init(repeating: 1, count: units))
  }

  /// The network with the units from `count` on cut off: no weight leads to them and none away from them.
  func silencing(unitsFrom count: Int) -> TanhNetwork {
    let row = Tensor((0..<units).map { $0 < count ? 1.0 : 0 })
    return TanhNetwork(
      hidden: Linear(weight: hidden.weight * row, bias: hidden.bias.map { $0 * row }),
      output: Linear(weight: output.weight * row.reshaped(to: [units, 1]), bias: output.bias))
  }
}
