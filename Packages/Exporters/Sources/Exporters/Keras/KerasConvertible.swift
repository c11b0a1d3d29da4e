public import Files
public import Modules
public import Tensors

/// A layer that Keras has, too, as one layer or several.
///
/// Images have their channels first here and last in Keras; what a layer says of itself is meant for Keras's order.
public protocol KerasConvertible: Layer {
  /// The Keras layers that compute the same from inputs of the given shape, with their weights.
  func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer]

  /// Takes the weights of those Keras layers, in their order and shapes.
  mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape)
}

extension KerasConvertible {
  /// Does nothing: most layers have no weights.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {}
}

/// What goes into a layer, without the batch.
public struct KerasShape: Sendable, Equatable {
  /// The sizes here: of an image [channels, height, width].
  public var sizes: [Int]
  /// The image that the features were flattened from, whose order is then another one in Keras.
  public var image: [Int]?

  /// A shape of inputs.
  public init(_ sizes: [Int], flattenedFrom image: [Int]? = nil) {
    self.sizes = sizes
    self.image = image
  }

  /// Whether these are images, whose channels Keras has last.
  public var isImage: Bool { sizes.count == 3 }

  /// The sizes as Keras has them.
  var there: [Int] { isImage ? [sizes[1], sizes[2], sizes[0]] : sizes }

  /// Refuses a layer that works along axes which stand elsewhere in Keras.
  func requireSameOrder(for layer: String) throws(SaveError) {
    if isImage || image != nil {
      throw .unsupported(path: layer, reason: "in Keras the axes of images stand in another order: export ONNX")
    }
  }
}

extension KerasModel.Layer {
  /// A layer whose weights are tensors.
  init(
    _ className: String, _ configuration: [(name: String, value: JSONValue)] = [], tensors: [Tensor],
    of owner: String = ""
  ) {
    self.init(className, configuration, variables: tensors.map(Self.array), of: owner)
  }
}
