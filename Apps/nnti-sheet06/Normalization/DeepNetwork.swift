import Wabe

/// A deep network of ReLU units, with or without batch normalization before each ReLU.
///
/// Input [batch, inputs] → output [batch, outputs]. Weights start as He proposed, biases at 0.
struct DeepNetwork: Layer {
  var maps: [Linear]
  /// One per hidden layer, or none.
  var norms: [BatchNorm]

  init(_ sizes: [Int], isNormalized: Bool, dtype: DType = .float32, using random: inout RandomSource) {
    maps = []
    for (inputs, outputs) in zip(sizes, sizes.dropFirst()) {
      maps.append(Linear(inputs, outputs, weight: .heNormal, bias: .zeros, dtype: dtype, using: &random))
    }
    norms = isNormalized ? sizes.dropFirst().dropLast().map { BatchNorm($0, dtype: dtype) } : []
  }

  mutating func callAsFunction(_ x: Tensor) -> Tensor {
    var y = x
    for number in maps.indices.dropLast() { y = relu(normalized(maps[number](y), number)) }
    return maps[maps.count - 1](y)
  }

  /// What one hidden layer computes before its ReLU: the sums themselves, and what normalization makes of them.
  mutating func sums(of number: Int, for x: Tensor) -> (raw: Tensor, final: Tensor) {
    var y = x
    for earlier in 0..<number { y = relu(normalized(maps[earlier](y), earlier)) }
    let raw = maps[number](y)
    return (raw, normalized(raw, number))
  }

  /// The output when something is added behind each normalization, one tensor [batch, units] per hidden layer.
  mutating func disturbed(_ x: Tensor, by noise: [Tensor]) -> Tensor {
    var y = x
    for number in maps.indices.dropLast() { y = relu(normalized(maps[number](y), number) + noise[number]) }
    return maps[maps.count - 1](y)
  }

  private mutating func normalized(_ z: Tensor, _ number: Int) -> Tensor { norms.isEmpty ? z : norms[number](z) }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.children("maps", &maps)
    visitor.children("norms", &norms)
  }
}
