public import Files
public import Layers
internal import Modules
public import Tensors

extension Linear: KerasConvertible {
  /// `Dense`; where an image was flattened before, its rows stand in Keras's order.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    if shape.isImage { try shape.requireSameOrder(for: "Linear") }
    var kernel = weight
    if let image = shape.image {
      kernel = weight.reshaped(to: image + [-1]).permuted([1, 2, 0, 3]).reshaped(like: weight)
    }
    let configuration: [(name: String, value: JSONValue)] = [
      ("units", .integer(weight.shape[1])), ("use_bias", .bool(bias != nil)),
    ]
    return [KerasModel.Layer("Dense", configuration, tensors: [kernel] + (bias.map { [$0] } ?? []))]
  }

  /// Takes kernel and bias.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    weight = variables[0]
    if let image = shape.image {
      let there = [image[1], image[2], image[0], -1]
      weight = variables[0].reshaped(to: there).permuted([2, 0, 1, 3]).reshaped(like: variables[0])
    }
    if bias != nil { bias = variables[1] }
  }
}

extension Embedding: KerasConvertible {
  /// `Embedding`.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    let sizes: [(name: String, value: JSONValue)] = [
      ("input_dim", .integer(weight.shape[0])), ("output_dim", .integer(weight.shape[1])),
    ]
    return [KerasModel.Layer("Embedding", sizes, tensors: [weight])]
  }

  /// Takes the table.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) { weight = variables[0] }
}

extension BatchNorm: KerasConvertible {
  /// `BatchNormalization`, whose momentum counts the other way.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    if shape.image != nil { try shape.requireSameOrder(for: "BatchNorm") }
    let configuration: [(name: String, value: JSONValue)] = [
      ("axis", .integer(shape.sizes.count == 2 ? 1 : -1)), ("epsilon", .number(epsilon)),
      ("momentum", .number(1 - momentum)),
    ]
    let tensors = [weight, bias, runningMean, runningVariance]
    return [KerasModel.Layer("BatchNormalization", configuration, tensors: tensors)]
  }

  /// Takes gamma, beta and the moving statistics.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    (weight, bias, runningMean, runningVariance) = (variables[0], variables[1], variables[2], variables[3])
  }
}

extension LayerNorm: KerasConvertible {
  /// `LayerNormalization`.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    try shape.requireSameOrder(for: "LayerNorm")
    let axes = (1...weight.rank).reversed().map { JSONValue.integer(-$0) }
    let configuration: [(name: String, value: JSONValue)] = [("axis", .array(axes)), ("epsilon", .number(epsilon))]
    return [KerasModel.Layer("LayerNormalization", configuration, tensors: [weight, bias])]
  }

  /// Takes gamma and beta.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    (weight, bias) = (variables[0], variables[1])
  }
}

extension Dropout: KerasConvertible {
  /// `Dropout`; the random source stays here.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    [KerasModel.Layer("Dropout", [("rate", .number(probability))])]
  }
}

extension Flatten: KerasConvertible {
  /// `Flatten`, which takes images in Keras's order.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    [KerasModel.Layer("Flatten")]
  }
}

extension Reshape: KerasConvertible {
  /// `Reshape`.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    try shape.requireSameOrder(for: "Reshape")
    // To images as well: their channels would have to be moved.
    if sizes.count == 3 { try KerasShape(sizes).requireSameOrder(for: "Reshape") }
    return [KerasModel.Layer("Reshape", [("target_shape", .array(sizes.map { .integer($0) }))])]
  }
}

extension Identity: KerasConvertible {
  /// `Identity`.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    [KerasModel.Layer("Identity")]
  }
}

extension Lambda: KerasConvertible {
  /// `Activation` or `LeakyReLU`, if the function does to a row of numbers what one of Keras's does.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    let probe = Tensor.linspace(from: -6, to: 6, count: 49, dtype: .float64).reshaped(to: [1, 49])
    let result = predict(probe)
    let name = Self.known.first { $0.function(probe).isSame(as: result) }?.name
    guard let name else {
      throw .unsupported(path: "Lambda", reason: "Keras has no activation that is this function: export ONNX")
    }
    if name.hasSuffix("softmax") { try shape.requireSameOrder(for: name) }
    if name == "leaky_relu" { return [KerasModel.Layer("LeakyReLU", [("negative_slope", .number(0.01))])] }
    return [KerasModel.Layer("Activation", [("activation", .string(name))])]
  }

  private static let known: [(name: String, function: @Sendable (Tensor) -> Tensor)] = [
    ("linear", { $0 }), ("relu", { relu($0) }), ("tanh", { tanh($0) }), ("sigmoid", { sigmoid($0) }),
    ("softplus", { softplus($0) }), ("softsign", { softsign($0) }), ("elu", { elu($0) }), ("selu", { selu($0) }),
    ("gelu", { gelu($0) }), ("silu", { silu($0) }), ("mish", { mish($0) }), ("exponential", { exp($0) }),
    ("hard_sigmoid", { hardSigmoid($0) }), ("hard_silu", { hardSwish($0) }), ("hard_tanh", { hardTanh($0) }),
    ("leaky_relu", { leakyReLU($0) }), ("softmax", { softmax($0) }), ("log_softmax", { logSoftmax($0) }),
  ]
}
