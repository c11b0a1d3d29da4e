public import Files
public import Layers
public import Tensors

extension Recurrent: KerasConvertible {
  /// `SimpleRNN`, `GRU` or `LSTM`, one per layer, in `Bidirectional` where it runs both ways.
  public func kerasLayers(for shape: KerasShape) throws(SaveError) -> [KerasModel.Layer] {
    guard let kind = KerasCell(Cell.self) else {
      throw .unsupported(path: "Recurrent", reason: "Keras has no layer with the cell \(Cell.self): export ONNX")
    }
    return stride(from: 0, to: cells.count, by: isBidirectional ? 2 : 1).map { first in
      let forward = kind.layer(cells[first].gates)
      guard isBidirectional else { return forward }
      let inner = KerasModel.object(forward.className, module: "keras.layers", forward.configuration)
      var both = KerasModel.Layer("Bidirectional", [("layer", inner), ("merge_mode", .string("concat"))])
      let backward = kind.layer(cells[first + 1].gates)
      both.variables = [
        ("forward_layer/cell", forward.variables[0].arrays), ("backward_layer/cell", backward.variables[0].arrays),
      ]
      return both
    }
  }

  /// Takes kernels and biases, of which Keras has one where there are two here: the second becomes 0.
  public mutating func takeKerasVariables(_ variables: [Tensor], for shape: KerasShape) {
    guard let kind = KerasCell(Cell.self) else { return }
    var rest = variables[...]
    for place in cells.indices {
      let count = cells[place].gates.inputBias == nil ? 2 : 3
      kind.take(Array(rest.prefix(count)), into: &cells[place].gates)
      rest = rest.dropFirst(count)
    }
  }
}

/// A kind of recurrent cell as Keras has it.
private enum KerasCell: String {
  case plain = "SimpleRNN"
  case gated = "GRU"
  case memory = "LSTM"

  init?(_ cell: any RecurrentCell.Type) {
    switch cell {
    case is RNNCell.Type: self = .plain
    case is GRUCell.Type: self = .gated
    case is LSTMCell.Type: self = .memory
    default: return nil
    }
  }

  func layer(_ gates: GateWeights) -> KerasModel.Layer {
    var tensors = [reordered(gates.inputWeight), reordered(gates.recurrentWeight)]
    if let input = gates.inputBias, let recurrent = gates.recurrentBias {
      // In the GRU a gate stands between the two biases, so that they cannot be added up.
      let both = [input, recurrent].map { reordered($0) }
      tensors.append(self == .gated ? Tensor.stack(both) : input + recurrent)
    }
    let configuration: [(name: String, value: JSONValue)] = [
      ("units", .integer(gates.hidden)), ("return_sequences", .bool(true)), ("use_bias", .bool(gates.inputBias != nil)),
    ]
    return KerasModel.Layer(rawValue, configuration, tensors: tensors, of: "cell")
  }

  func take(_ variables: [Tensor], into gates: inout GateWeights) {
    (gates.inputWeight, gates.recurrentWeight) = (reordered(variables[0]), reordered(variables[1]))
    guard gates.inputBias != nil else { return }
    if self == .gated {
      let biases = variables[2].unstacked(axis: 0).map { reordered($0) }
      (gates.inputBias, gates.recurrentBias) = (biases[0], biases[1])
    } else {
      (gates.inputBias, gates.recurrentBias) = (variables[2], Tensor.zeros(like: variables[2]))
    }
  }

  /// The gates of a GRU are r, z, n here and z, r, n there; those of the others stand in the same order.
  private func reordered(_ x: Tensor) -> Tensor {
    guard self == .gated else { return x }
    let parts = x.split(into: 3, axis: -1)
    return .concatenate([parts[1], parts[0], parts[2]], axis: -1)
  }
}
