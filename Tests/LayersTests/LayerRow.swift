import Layers
import Modules
import Tensors
import Testing

/// One layer in the table: how it is made, and the mode in which PyTorch ran it.
struct LayerRow: Sendable, CustomTestStringConvertible {
  /// Its name in Tests/Fixtures/Layers/layers.txt.
  let name: String
  let mode: Mode
  /// Whether its input holds integers.
  let takesIntegers: Bool
  let make: @Sendable (inout RandomSource) -> any Layer

  init(
    _ name: String, mode: Mode = .training, takesIntegers: Bool = false,
    _ make: @escaping @Sendable (inout RandomSource) -> any Layer
  ) {
    self.name = name
    self.mode = mode
    self.takesIntegers = takesIntegers
    self.make = make
  }

  /// A row for a function without parameters.
  static func function(_ name: String, _ function: @escaping @Sendable (Tensor) -> Tensor) -> LayerRow {
    LayerRow("function " + name) { _ in Lambda(function) }
  }

  var testDescription: String { name }

  static let layers: [LayerRow] = [
    LayerRow("linear") { Linear(3, 4, dtype: .float64, using: &$0) },
    LayerRow("linear without bias") { Linear(3, 2, bias: nil, dtype: .float64, using: &$0) },
    LayerRow("embedding", takesIntegers: true) { Embedding(5, 3, dtype: .float64, using: &$0) },
    LayerRow("prelu") { _ in ParametricReLU(3, dtype: .float64) },
    LayerRow("batch norm") { _ in BatchNorm(3, dtype: .float64) },
    LayerRow("batch norm images") { _ in BatchNorm(2, dtype: .float64) },
    LayerRow("batch norm inference", mode: .inference) { _ in BatchNorm(3, dtype: .float64) },
    LayerRow("layer norm") { _ in LayerNorm(4, dtype: .float64) },
    LayerRow("layer norm two axes") { _ in LayerNorm(2, 4, dtype: .float64) },
    LayerRow("group norm") { _ in GroupNorm(groups: 2, 4, dtype: .float64) },
    LayerRow("conv") { Conv2D(2, 3, kernel: 3, dtype: .float64, using: &$0) },
    LayerRow("conv strided") {
      Conv2D(
        2, 4, kernel: PixelSize(height: 2, width: 3), stride: PixelSize(height: 2, width: 1),
        padding: PixelSize(height: 1, width: 2), groups: 2, dtype: .float64, using: &$0)
    },
    LayerRow("conv dilated") {
      Conv2D(1, 2, kernel: 2, stride: 2, padding: 1, dilation: 3, bias: nil, dtype: .float64, using: &$0)
    },
    LayerRow("conv depthwise") { Conv2D(3, 6, kernel: 2, groups: 3, dtype: .float64, using: &$0) },
    LayerRow("conv pointwise") { Conv2D(3, 2, kernel: 1, dtype: .float64, using: &$0) },
    LayerRow("max pool") { _ in MaxPool2D(2) },
    LayerRow("max pool padded") { _ in
      MaxPool2D(PixelSize(height: 3, width: 2), stride: PixelSize(height: 2, width: 1), padding: 1)
    },
    LayerRow("average pool") { _ in AveragePool2D(2) },
    LayerRow("average pool padded") { _ in AveragePool2D(3, stride: 2, padding: 1) },
    LayerRow("rnn") { RNN(3, 4, dtype: .float64, using: &$0) },
    LayerRow("rnn deep") { RNN(3, 4, layers: 2, dtype: .float64, using: &$0) },
    LayerRow("rnn both ways") { RNN(3, 4, bidirectional: true, dtype: .float64, using: &$0) },
    LayerRow("gru") { GRU(3, 4, dtype: .float64, using: &$0) },
    LayerRow("gru deep both ways") { GRU(3, 4, layers: 2, bidirectional: true, dtype: .float64, using: &$0) },
    LayerRow("lstm") { LSTM(3, 4, dtype: .float64, using: &$0) },
    LayerRow("lstm without bias") { LSTM(3, 4, bias: false, dtype: .float64, using: &$0) },
    LayerRow("lstm deep both ways") { LSTM(3, 4, layers: 2, bidirectional: true, dtype: .float64, using: &$0) },
  ]

  static let functions: [LayerRow] = [
    function("leakyReLU", leakyReLU), function("elu", elu), function("celu") { celu($0, scale: 1.5) },
    function("selu", selu), function("hardTanh", hardTanh), function("hardSigmoid", hardSigmoid),
    function("hardSwish", hardSwish), function("silu", silu), function("gelu", gelu), function("geluTanh", geluTanh),
    function("mish", mish), function("softsign", softsign), function("softmax", softmax),
    function("logSoftmax", logSoftmax), function("identity", identity), function("tanh", tanh),
    function("sigmoid", sigmoid), function("relu", relu), function("softplus", softplus),
  ]

  static let all = layers + functions
}
