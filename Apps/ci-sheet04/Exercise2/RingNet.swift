import Plotting
import Visualization
import Wabe

/// The playground's classifier: two hidden layers, the second of two units, and an output from −1 to 1.
struct RingNet: Layer {
  /// Two inputs to the units of the first layer.
  var first: Linear
  /// To two units.
  var second: Linear
  /// To one output.
  var output: Linear
  private let activation: @Sendable (Tensor) -> Tensor

  /// Begins as the playground does: weights evenly in ±½, biases 0.1.
  init(units: Int, _ activation: @escaping @Sendable (Tensor) -> Tensor, using random: inout RandomSource) {
    func layer(_ inputs: Int, _ outputs: Int) -> Linear {
      Linear(
        inputs, outputs, weight: .uniform(from: -0.5, to: 0.5), bias: .constant(0.1), dtype: .float64, using: &random)
    }
    first = layer(2, units)
    second = layer(units, 2)
    output = layer(2, 1)
    self.activation = activation
  }

  func callAsFunction(_ x: Tensor) -> Tensor { tanh(output(hidden(x)[1])) }

  /// What both hidden layers say.
  private func hidden(_ x: Tensor) -> [Tensor] {
    let one = activation(first(x))
    return [one, activation(second(one))]
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("first", &first)
    visitor.child("second", &second)
    visitor.child("output", &output)
  }

  /// The number of parameters.
  var parameterCount: Int { state.reduce(0) { $0 + $1.value.count } }

  /// What each hidden unit says at every place of a square.
  func unitMaps(window: ClosedRange<Double>) -> [(name: String, grid: Grid)] {
    let side = 80
    let places = Grid.tensor((x: window, y: window), side, .float64)
    return hidden(places).enumerated().flatMap { layer, values in
      values.transposed.unstacked().enumerated().map { unit, column in
        (
          name: "layer \(layer + 1), unit \(unit + 1)",
          grid: Grid(x: window, y: window, columns: side, rows: side, values: column.scalars)
        )
      }
    }
  }
}
