public import Files
internal import HDF5

extension KerasModel {
  /// Writes the weights at `path`, for `model.load_weights(path)`; Keras asks for the ending `.weights.h5`.
  public func writeWeights(to path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    guard path.hasSuffix(".weights.h5") else {
      throw .unsupported(path: path, reason: "Keras reads weights only from names that end in .weights.h5")
    }
    let layout = try layout(path: path)
    try writer.write(to: path) { sink throws(SaveError) in try layout.write(into: &sink) }
  }

  /// Writes the whole model at `path`, for `keras.saving.load_model(path)`; Keras asks for the ending `.keras`.
  public func write(to path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    guard path.hasSuffix(".keras") else {
      throw .unsupported(path: path, reason: "Keras reads whole models only from names that end in .keras")
    }
    let layout = try layout(path: path)
    // A zip member's check sum comes before its bytes, so the weights are collected first.
    let archive = ZipArchive(members: [
      .init(name: "config.json", parts: [ByteArray(Array(configuration.text.utf8))]),
      .init(name: "model.weights.h5", parts: layout.parts),
    ])
    try writer.write(to: path) { sink throws(SaveError) in try archive.write(into: &sink) }
  }

  /// All weights under Keras's names, as `layers/dense/vars/0`.
  var arrays: [NamedArray] {
    var arrays: [NamedArray] = []
    for (group, layer) in zip(Self.groupNames(of: layers), layers) {
      for (owner, variables) in layer.variables {
        let folder = owner.isEmpty ? "layers/\(group)/vars" : "layers/\(group)/\(owner)/vars"
        for (index, array) in variables.enumerated() {
          arrays.append(
            NamedArray(name: "\(folder)/\(index)", type: array.type, shape: array.shape, bytes: array.bytes))
        }
      }
    }
    return arrays
  }

  private func layout(path: String) throws(SaveError) -> HDF5Layout {
    do throws(HDF5Error) { return try HDF5Layout(HDF5Content(arrays: arrays)) } catch {
      throw .unsupported(path: path, reason: error.description)
    }
  }

  private var configuration: JSONValue {
    let batchShape: [JSONValue] = [.null] + inputShape.map { .integer($0) }
    let input = Self.object("InputLayer", module: "keras.layers", [("batch_shape", .array(batchShape))])
    let objects = layers.map { Self.object($0.className, module: "keras.layers", $0.configuration) }
    return Self.object("Sequential", module: "keras", [("name", .string(name)), ("layers", .array([input] + objects))])
  }

  static func object(
    _ className: String, module: String, _ configuration: [(name: String, value: JSONValue)]
  ) -> JSONValue {
    .object([
      ("module", .string(module)), ("class_name", .string(className)), ("config", .object(configuration)),
    ])
  }
}
