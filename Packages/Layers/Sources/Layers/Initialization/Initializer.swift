public import Tensors

/// How many numbers flow into and out of each unit that a weight serves.
public struct Fans: Sendable, Equatable {
  /// The numbers that one output is made of.
  public let inputs: Int
  /// The numbers that one input goes into.
  public let outputs: Int

  /// Describes a layer.
  public init(inputs: Int, outputs: Int) {
    self.inputs = inputs
    self.outputs = outputs
  }
}

/// How the parameters of a layer begin: `Linear(2, 3, weight: .glorotUniform, bias: .zeros, using: &random)`.
///
/// The same random source gives the same numbers, in float32 those of float64 rounded.
public struct Initializer: Sendable {
  /// Makes a tensor of a shape and a type.
  public typealias Maker =
    @Sendable (_ shape: Shape, _ fans: Fans, _ dtype: DType, _ random: inout RandomSource) -> Tensor

  private let maker: Maker

  /// An initializer of one's own.
  public init(_ maker: @escaping Maker) { self.maker = maker }

  /// Makes a parameter.
  public func callAsFunction(
    _ shape: Shape, fans: Fans, dtype: DType = .float32, using random: inout RandomSource
  ) -> Tensor {
    let made = maker(shape, fans, dtype, &random)
    require(
      made.shape == shape && made.dtype == dtype,
      "initializer: it gave \(made.dtype)\(made.shape) where \(dtype)\(shape) is needed")
    return made
  }
}

// MARK: - Without randomness

extension Initializer {
  /// Zeros.
  public static let zeros = constant(0)

  /// The same number everywhere.
  public static func constant(_ value: Double) -> Initializer {
    Initializer { shape, _, dtype, _ in .full(shape, value, dtype: dtype) }
  }

  /// The given numbers, converted to the type of the layer; the shape must be the parameter's.
  public static func values(_ values: Tensor) -> Initializer {
    Initializer { shape, _, dtype, _ in
      require(
        values.shape == shape, "initializer: values of shape \(values.shape) are given where \(shape) is needed")
      return values.cast(to: dtype)
    }
  }
}

// MARK: - Of a given spread

extension Initializer {
  /// Numbers spread evenly between two bounds.
  public static func uniform(from low: Double, to high: Double) -> Initializer {
    Initializer { shape, _, dtype, random in .uniform(shape, from: low, to: high, dtype: dtype, using: &random) }
  }

  /// Normally distributed numbers.
  public static func normal(mean: Double = 0, deviation: Double) -> Initializer {
    Initializer { shape, _, dtype, random in
      .normal(shape, mean: mean, deviation: deviation, dtype: dtype, using: &random)
    }
  }

  /// Normally distributed numbers, none further than two deviations from the mean.
  public static func truncatedNormal(mean: Double = 0, deviation: Double) -> Initializer {
    Initializer { shape, _, dtype, random in
      .truncatedNormal(shape, mean: mean, deviation: deviation, dtype: dtype, using: &random)
    }
  }
}

// MARK: - Of a spread that fits the layer

extension Initializer {
  /// Even, with variance 2 / (inputs + outputs): for tanh and softmax. Called Xavier in PyTorch (Glorot, Bengio 2010).
  public static let glorotUniform = even { 2 / Double($0.inputs + $0.outputs) }
  /// Normal, with variance 2 / (inputs + outputs).
  public static let glorotNormal = normal { 2 / Double($0.inputs + $0.outputs) }
  /// Even, with variance 2 / inputs: for relu. Called Kaiming in PyTorch (He et al. 2015).
  public static let heUniform = even { 2 / Double($0.inputs) }
  /// Normal, with variance 2 / inputs.
  public static let heNormal = normal { 2 / Double($0.inputs) }
  /// Even, with variance 1 / inputs: for selu (LeCun et al. 1998).
  public static let leCunUniform = even { 1 / Double($0.inputs) }
  /// Normal, with variance 1 / inputs.
  public static let leCunNormal = normal { 1 / Double($0.inputs) }
  /// Even between ±1 / √inputs: what PyTorch begins with, for weights and biases alike.
  public static let standard = even { 1 / (3 * Double($0.inputs)) }

  private static func even(variance: @escaping @Sendable (Fans) -> Double) -> Initializer {
    Initializer { shape, fans, dtype, random in
      let limit = (3 * variance(fans)).squareRoot()
      return .uniform(shape, from: -limit, to: limit, dtype: dtype, using: &random)
    }
  }

  private static func normal(variance: @escaping @Sendable (Fans) -> Double) -> Initializer {
    Initializer { shape, fans, dtype, random in
      .normal(shape, deviation: variance(fans).squareRoot(), dtype: dtype, using: &random)
    }
  }
}
