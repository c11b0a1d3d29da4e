import Wabe

/// The gradient that reaches each layer of a deep network of random weights.
enum GradientByDepth {
  /// The norm of ∂L/∂W of every layer, first to last.
  ///
  /// - Parameters:
  ///   - activation: What follows every layer but the last.
  ///   - gain: Weights have the deviation gain / √width; √2 is He's choice for ReLU.
  static func norms(
    depth: Int, width: Int = 64, activation: @escaping @Sendable (Tensor) -> Tensor, gain: Double,
    using random: inout RandomSource
  ) -> [Double] {
    let spread = Initializer.normal(deviation: gain / Double(width).squareRoot())
    var layers: [any Layer] = []
    for number in 1...depth {
      layers.append(Linear(width, width, weight: spread, bias: .zeros, dtype: .float64, using: &random))
      if number < depth { layers.append(Lambda(activation)) }
    }
    var model = Sequential(layers)
    let inputs = Tensor.normal([64, width], dtype: .float64, using: &random)
    let targets = Tensor.normal([64, width], dtype: .float64, using: &random)
    let (_, gradients) = valueWithGradient(at: &model) { squaredError(predictions: $0(inputs), targets: targets) }
    return gradients.paths.filter { $0.hasSuffix("weight") }.map { gradients[$0]?.norm().scalar ?? .nan }
  }
  /// The mean of 1 − tanh² over the units behind so many layers of tanh.
  static func meanSlope(depth: Int, width: Int = 64, gain: Double, using random: inout RandomSource) -> Double {
    var y = Tensor.normal([64, width], dtype: .float64, using: &random)
    for _ in 1...depth {
      y = tanh(
        y.matmul(
          .normal([width, width], deviation: gain / Double(width).squareRoot(), dtype: .float64, using: &random)))
    }
    return (1 - square(y)).mean().scalar
  }
}
