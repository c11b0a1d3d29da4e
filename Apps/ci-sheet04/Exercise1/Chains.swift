import Wabe

/// A network of rectified layers with one linear output, of any depth.
struct DeepNet: Layer {
  /// The hidden layers and the output.
  var layers: [Linear]

  /// A network with random parameters and as many inputs as units in a layer.
  init(width: Int, depth: Int, using random: inout RandomSource) {
    layers = (0..<depth).map { _ in
      Linear(width, width, weight: .heNormal, bias: .constant(0.1), dtype: .float64, using: &random)
    }
    layers.append(Linear(width, 1, weight: .heNormal, bias: .constant(0.1), dtype: .float64, using: &random))
  }

  func callAsFunction(_ x: Tensor) -> Tensor {
    layers.dropLast().reduce(x) { relu($1($0)) }.matmul(layers[layers.count - 1].weight)
      + (layers[layers.count - 1].bias ?? Tensor(0.0))
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.children("layers", &layers) }
}

/// The derivatives of one loss with single numbers instead of tensors, so that each multiplication can be counted.
///
/// The factors of a chain are those of the sheet: ∂ℒ/∂A_out, ∂A_out/∂A_in, then ∂(sum)/∂(unit) = a weight and
/// ∂(unit)/∂(sum) = 0 or 1 for every layer, and the input of the weight at the end.
struct Chains {
  /// The gradients in the order of the model (a layer's weights [inputs, outputs], then its biases) and the number of
  /// multiplications they took.
  struct Result {
    var gradients: [Double] = []
    var count = 0
  }

  /// Weights [layer][output][input].
  private let rows: [[[Double]]]
  /// What goes into each layer: the inputs, then the hidden units.
  private var inputs: [[Double]]
  /// ∂(unit)/∂(sum) of the hidden units.
  private var slopes: [[Double]] = []
  /// ∂ℒ/∂A_out.
  private let lossSlope: Double

  /// The number of parameters.
  var parameterCount: Int { rows.joined().reduce(0) { $0 + $1.count + 1 } }

  init(inputs x: [Double], target: Double, _ net: AdditionNet) {
    self.init(inputs: x, target: target, [net.hidden, net.output])
  }

  /// Does the forward pass and keeps its values.
  init(inputs x: [Double], target: Double, _ layers: [Linear]) {
    rows = layers.map { $0.weight.transposed.unstacked().map(\.scalars) }
    let biases = layers.map { $0.bias?.scalars ?? [] }
    inputs = [x]
    var sums: [Double] = []
    for layer in rows.indices {
      let values = inputs[layer]
      sums = zip(rows[layer], biases[layer]).map { row, bias in
        zip(row, values).reduce(bias) { $0 + $1.0 * $1.1 }
      }
      guard layer + 1 < rows.count else { break }
      inputs.append(sums.map { max($0, 0) })
      slopes.append(sums.map { $0 > 0 ? 1 : 0 })
    }
    lossSlope = 2 * (sums[0] - target)
  }

  /// From the loss back, layer by layer: every product is made once and kept.
  func onePass() -> Result {
    var result = Result()
    func product(_ a: Double, _ b: Double) -> Double {
      result.count += 1
      return a * b
    }
    var byLayer: [[Double]] = []
    // ∂ℒ/∂(sum) of each cell of the layer; the output is linear, ∂A_out/∂A_in = 1.
    var deltas = [product(lossSlope, 1)]
    for layer in rows.indices.reversed() {
      let weights = inputs[layer].map { input in deltas.map { product($0, input) } }
      let biases = deltas.map { product($0, 1) }
      byLayer.append(weights.flatMap { $0 } + biases)
      guard layer > 0 else { break }
      deltas = inputs[layer].indices.map { cell in
        let sum = deltas.indices.reduce(0) { $0 + product(deltas[$1], rows[layer][$1][cell]) }
        return product(sum, slopes[layer - 1][cell])
      }
    }
    result.gradients = byLayer.reversed().flatMap { $0 }
    return result
  }

  /// Every chain on its own: for each parameter, all paths from the loss to it, each multiplied from the beginning.
  func pathByPath() -> Result {
    var result = Result()
    for layer in rows.indices {
      let cells = rows[layer].indices
      for input in inputs[layer] {
        for cell in cells { result.gradients.append(sum(overPathsTo: layer, cell, ending: input, &result.count)) }
      }
      for cell in cells { result.gradients.append(sum(overPathsTo: layer, cell, ending: 1, &result.count)) }
    }
    return result
  }

  private func sum(overPathsTo layer: Int, _ cell: Int, ending last: Double, _ count: inout Int) -> Double {
    var total = 0.0
    for path in paths(from: layer, cell) {
      var chain = lossSlope
      for factor in [1] + path + [last] {
        chain *= factor
        count += 1
      }
      total += chain
    }
    return total
  }

  /// The factors between ∂A_out/∂A_in and the sum of a cell, in the order of the way back, for every path.
  private func paths(from layer: Int, _ cell: Int) -> [[Double]] {
    if layer == rows.count - 1 { return [[]] }
    return rows[layer + 1].indices.flatMap { next in
      paths(from: layer + 1, next).map { $0 + [rows[layer + 1][next][cell], slopes[layer][cell]] }
    }
  }
}
