internal import Checkpoints
public import Files
public import Modules
internal import Tensors

extension KerasModel {
  /// The Keras model that computes what a layer computes.
  ///
  /// - Parameter inputShape: The sizes of one input here, without the batch: of an image [channels, height, width]. The
  ///   Keras model takes images with the channels last.
  public init(_ model: some Modules.Layer, inputShape: [Int], name: String = "sequential") throws(SaveError) {
    guard let convertible = model as? any KerasConvertible else {
      let reason = "\(type(of: model)) is not a chain of layers that Keras has: export ONNX"
      throw .unsupported(path: name, reason: reason)
    }
    let shape = KerasShape(inputShape)
    self.init(name: name, inputShape: shape.there, layers: try convertible.kerasLayers(for: shape))
  }

  /// Puts the weights of the `.weights.h5` file at `path` into a model: all of them, or, if this throws, none.
  ///
  /// The file is opened in a process of its own, because it is somebody else's. An optimizer in it is passed over.
  public static func loadWeights(
    _ path: String, into model: inout some Modules.Layer, inputShape: [Int], reader: IsolatedReader = IsolatedReader()
  ) throws(LoadError) {
    let template: [NamedArray]
    do throws(SaveError) { template = try KerasModel(model, inputShape: inputShape).arrays } catch {
      throw .readerFailed(path: path, reason: error.description)
    }
    var known: [String: NamedArray] = [:]
    for array in try reader.arrays(in: path) where !array.name.hasPrefix("optimizer/") { known[array.name] = array }
    var (mismatch, variables) = (Mismatch(), [Tensor]())
    for expected in template {
      guard let found = known.removeValue(forKey: expected.name) else {
        mismatch.missing.append(expected.name)
        continue
      }
      if found.type == expected.type && found.shape == expected.shape {
        variables.append(try found.tensor(path: path))
      } else {
        let words = [expected, found].map { "\($0.type.rawValue) \($0.shape)" }
        mismatch.different.append(.init(name: expected.name, expected: words[0], found: words[1]))
      }
    }
    mismatch.unexpected = known.keys.sorted()
    if !mismatch.isEmpty { throw .mismatch(path: path, mismatch) }
    model = taking(variables, by: model, for: KerasShape(inputShape))
  }

  private static func taking<Model: Modules.Layer>(
    _ variables: [Tensor], by model: Model, for shape: KerasShape
  ) -> Model {
    guard var convertible = model as? any KerasConvertible else { return model }
    convertible.takeKerasVariables(variables, for: shape)
    return convertible as? Model ?? model
  }
}

extension KerasModel.Layer {
  static func array(_ tensor: Tensor) -> NamedArray { NamedArray(tensor, name: "") }
}
