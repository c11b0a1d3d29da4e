public import Files

/// A safetensors file: named arrays and a few texts about them.
public struct SafetensorsFile: Sendable {
  /// The arrays.
  public var arrays: [NamedArray]
  /// Texts about the file: framework, seed, configuration.
  public var metadata: [String: String]

  /// A file of arrays.
  public init(arrays: [NamedArray], metadata: [String: String] = [:]) {
    self.arrays = arrays
    self.metadata = metadata
  }

  /// Writes the file at `path`; the same content gives the same bytes.
  public func write(to path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    guard let parts else {
      throw .unsupported(path: path, reason: "two arrays have the same name, or one is called __metadata__")
    }
    try writer.write(to: path) { sink throws(SaveError) in
      for part in parts { try sink.append(part: part) }
    }
  }

  /// The file in order: the header and the arrays; nil when the names of the arrays are not all different.
  public var parts: [any ByteSource]? {
    let names = Set(arrays.map(\.name))
    guard names.count == arrays.count, !names.contains("__metadata__") else { return nil }
    // Large elements first keeps every array aligned without gaps, which the format forbids.
    let ordered = arrays.sorted { ($1.type.byteCount, $0.name) < ($0.type.byteCount, $1.name) }
    var header = Array(self.header(of: ordered).utf8)
    header += [UInt8](repeating: 0x20, count: (8 - header.count % 8) % 8)
    return [ByteArray(littleEndian(UInt64(header.count)) + header)] + ordered.map(\.bytes)
  }

  private func header(of arrays: [NamedArray]) -> String {
    var members: [(name: String, value: JSONValue)] = []
    if !metadata.isEmpty {
      let texts = metadata.sorted { $0.key < $1.key }
      members.append(("__metadata__", .object(texts.map { ($0.key, .string($0.value)) })))
    }
    var start = 0
    for array in arrays {
      let end = start + array.bytes.byteCount
      let entry: [(name: String, value: JSONValue)] = [
        ("dtype", .string(array.type.safetensorsName)),
        ("shape", .array(array.shape.map { .integer($0) })),
        ("data_offsets", .array([.integer(start), .integer(end)])),
      ]
      members.append((array.name, .object(entry)))
      start = end
    }
    return JSONValue.object(members).text
  }
}

extension ElementType {
  var safetensorsName: String {
    switch self {
    case .float16: "F16"
    case .bfloat16: "BF16"
    case .float32: "F32"
    case .float64: "F64"
    case .int32: "I32"
    case .int64: "I64"
    case .uint8: "U8"
    case .bool: "BOOL"
    }
  }
}
