public import Files
public import Layers
internal import Modules
public import Tensors

extension Sequential: KerasConvertible {
  /// The layers of all layers, one after the other.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    var layers: [KerasModel.Layer] = []
    try forEach(from: shape) { _, layer, shape throws(SaveError) in layers += try layer.kerasLayers(for: shape) }
    return layers
  }

  /// Hands each layer its part of the weights.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    var rest = variables[...]
    var changed: [(place: Int, layer: any KerasConvertible)] = []
    // What cannot be converted was refused when the names of the weights were asked for.
    _ = try? forEach(from: shape) { place, layer, shape throws(SaveError) in
      let count = try layer.kerasLayers(for: shape).reduce(0) { $0 + $1.variables.reduce(0) { $0 + $1.arrays.count } }
      var layer = layer
      layer.takeKerasVariables(Array(rest.prefix(count)), for: shape)
      rest = rest.dropFirst(count)
      changed.append((place, layer))
    }
    for (place, layer) in changed { self[place] = layer }
  }

  /// Visits the layers with the shapes that they get, and gives the shape after the last one.
  @discardableResult
  private func forEach(
    from shape: KerasShape, _ body: (Int, any KerasConvertible, KerasShape) throws(SaveError) -> Void
  ) throws(SaveError) -> KerasShape {
    var shape = shape
    // Integers suit an embedding; every other layer gets what the one before gave.
    var x = Tensor.zeros(Shape([1] + shape.sizes), dtype: count > 0 && self[0] is Embedding ? .int64 : .float32)
    for place in 0..<count {
      guard let layer = self[place] as? any KerasConvertible else {
        let reason = "Keras has no layer like \(type(of: self[place])) at place \(place): export ONNX"
        throw .unsupported(path: "\(place)", reason: reason)
      }
      try body(place, layer, shape)
      x = layer.predict(x)
      let image: [Int]?
      switch layer {
      case is Flatten: image = shape.isImage ? shape.sizes : shape.image
      case is Linear: image = nil
      case let inner as Sequential: image = try inner.forEach(from: shape) { _, _, _ in }.image
      default: image = shape.image
      }
      shape = KerasShape(Array(x.shape.dropFirst()), flattenedFrom: image)
    }
    return shape
  }
}
