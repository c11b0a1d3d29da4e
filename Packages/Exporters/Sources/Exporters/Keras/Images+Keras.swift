public import Files
public import Layers
public import Tensors

extension Conv2D: KerasConvertible {
  /// `Conv2D`, after a `ZeroPadding2D` where there is padding: Keras itself knows only "valid" and "same".
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    if stride != 1 && dilation != 1 {
      throw .unsupported(path: "Conv2D", reason: "Keras has no convolution with stride and dilation: export ONNX")
    }
    let kernel = weight.permuted([2, 3, 1, 0])
    let configuration: [(name: String, value: JSONValue)] = [
      ("filters", .integer(weight.shape[0])),
      ("kernel_size", .array([.integer(weight.shape[2]), .integer(weight.shape[3])])), ("strides", stride.json),
      ("dilation_rate", dilation.json), ("groups", .integer(groups)), ("use_bias", .bool(bias != nil)),
    ]
    return padding.kerasLayers + [
      KerasModel.Layer("Conv2D", configuration, tensors: [kernel] + (bias.map { [$0] } ?? []))
    ]
  }

  /// Takes kernel and bias.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    weight = variables[0].permuted([3, 2, 0, 1])
    if bias != nil { bias = variables[1] }
  }
}

extension MaxPool2D: KerasConvertible {
  /// `MaxPooling2D`.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    guard window.padding == 0 else {
      throw .unsupported(path: "MaxPool2D", reason: "Keras pads pools only to the same size: export ONNX")
    }
    return [KerasModel.Layer("MaxPooling2D", window.kerasConfiguration)]
  }
}

extension AveragePool2D: KerasConvertible {
  /// `AveragePooling2D`; zeros beyond the edges count, so that they can be put there before.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    window.padding.kerasLayers + [KerasModel.Layer("AveragePooling2D", window.kerasConfiguration)]
  }
}

extension PixelSize {
  fileprivate var json: JSONValue { .array([.integer(height), .integer(width)]) }

  /// Zeros around images, if there are any.
  fileprivate var kerasLayers: [KerasModel.Layer] {
    if self == 0 { return [] }
    let widths = [height, width].map { JSONValue.array([.integer($0), .integer($0)]) }
    return [KerasModel.Layer("ZeroPadding2D", [("padding", .array(widths))])]
  }
}

extension SlidingWindow {
  fileprivate var kerasConfiguration: [(name: String, value: JSONValue)] {
    [("pool_size", size.json), ("strides", stride.json)]
  }
}
