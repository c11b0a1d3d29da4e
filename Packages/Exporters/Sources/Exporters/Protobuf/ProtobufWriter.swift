/// Encodes Protocol Buffers messages: the wire format of ONNX and of TensorBoard's events.
struct ProtobufWriter {
  private(set) var bytes: [UInt8] = []

  /// A number as a varint (wire type 0); negative numbers take ten bytes, as `int64` does.
  mutating func integer(_ field: Int, _ value: Int) {
    key(field, 0)
    varint(UInt64(bitPattern: Int64(value)))
  }

  /// A 32-bit float (wire type 5).
  mutating func float(_ field: Int, _ value: Float) {
    key(field, 5)
    bytes += littleEndian(value.bitPattern)
  }

  /// A 64-bit float (wire type 1).
  mutating func double(_ field: Int, _ value: Double) {
    key(field, 1)
    bytes += littleEndian(value.bitPattern)
  }

  /// A text.
  mutating func string(_ field: Int, _ value: String) { data(field, Array(value.utf8)) }

  /// Bytes.
  mutating func data(_ field: Int, _ value: [UInt8]) {
    key(field, 2)
    varint(UInt64(value.count))
    bytes += value
  }

  /// A message inside this one.
  mutating func message(_ field: Int, _ build: (inout ProtobufWriter) -> Void) {
    var inner = ProtobufWriter()
    build(&inner)
    data(field, inner.bytes)
  }

  /// Doubles, packed.
  mutating func doubles(_ field: Int, _ values: [Double]) {
    data(field, values.flatMap { littleEndian($0.bitPattern) })
  }

  private mutating func key(_ field: Int, _ wire: UInt64) { varint(UInt64(field) << 3 | wire) }

  private mutating func varint(_ value: UInt64) {
    var value = value
    while value >= 0x80 {
      bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
      value >>= 7
    }
    bytes.append(UInt8(value))
  }
}
