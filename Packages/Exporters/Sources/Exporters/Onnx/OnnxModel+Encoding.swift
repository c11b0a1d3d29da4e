internal import Files

// Field numbers are those of onnx.proto.
extension OnnxModel {
  /// The model as a Protocol Buffers message.
  var encoded: [UInt8] {
    var model = ProtobufWriter()
    model.integer(1, 8)
    model.string(2, "wabe")
    model.message(7) { encodeGraph(into: &$0) }
    model.message(8) { operators in
      operators.string(1, "")
      operators.integer(2, 17)
    }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      model.message(14) { entry in
        entry.string(1, key)
        entry.string(2, value)
      }
    }
    return model.bytes
  }

  private func encodeGraph(into graph: inout ProtobufWriter) {
    for (index, node) in nodes.enumerated() {
      graph.message(1) { encode(node, named: "\(node.operation)_\(index)", into: &$0) }
    }
    graph.string(2, name)
    for weight in weights { graph.message(5) { encode(weight, into: &$0) } }
    for value in inputs { graph.message(11) { encode(value, into: &$0) } }
    for value in outputs { graph.message(12) { encode(value, into: &$0) } }
  }

  private func encode(_ node: Node, named name: String, into message: inout ProtobufWriter) {
    for input in node.inputs { message.string(1, input) }
    for output in node.outputs { message.string(2, output) }
    message.string(3, name)
    message.string(4, node.operation)
    for attribute in node.attributes {
      message.message(5) { encode(attribute.value, named: attribute.name, into: &$0) }
    }
  }

  private func encode(_ attribute: Attribute, named name: String, into message: inout ProtobufWriter) {
    message.string(1, name)
    switch attribute {
    case .float(let value):
      message.float(2, value)
      message.integer(20, 1)
    case .integer(let value):
      message.integer(3, value)
      message.integer(20, 2)
    case .text(let value):
      message.string(4, value)
      message.integer(20, 3)
    case .floats(let values):
      for value in values { message.float(7, value) }
      message.integer(20, 6)
    case .integers(let values):
      for value in values { message.integer(8, value) }
      message.integer(20, 7)
    case .texts(let values):
      for value in values { message.string(9, value) }
      message.integer(20, 8)
    }
  }

  private func encode(_ weight: NamedArray, into message: inout ProtobufWriter) {
    for size in weight.shape { message.integer(1, size) }
    message.integer(2, weight.type.onnxNumber)
    message.string(8, weight.name)
    message.data(9, weight.bytes.withBytes { Array($0) })
  }

  private func encode(_ value: Value, into message: inout ProtobufWriter) {
    message.string(1, value.name)
    message.message(2) { type in
      type.message(1) { tensor in
        tensor.integer(1, value.type.onnxNumber)
        tensor.message(2) { shape in
          for size in value.shape {
            shape.message(1) { dimension in
              switch size {
              case .fixed(let count): dimension.integer(1, count)
              case .named(let name): dimension.string(2, name)
              }
            }
          }
        }
      }
    }
  }
}

extension ElementType {
  /// The number of the type in ONNX's `TensorProto.DataType`.
  var onnxNumber: Int {
    switch self {
    case .float32: 1
    case .uint8: 2
    case .int32: 6
    case .int64: 7
    case .bool: 9
    case .float16: 10
    case .float64: 11
    case .bfloat16: 16
    }
  }
}
