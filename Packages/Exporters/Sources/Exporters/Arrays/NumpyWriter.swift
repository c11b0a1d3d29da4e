public import Files

/// NumPy's formats: `.npy` for one array, `.npz` for several with names.
public enum NumpyFile {
  /// Writes one array to `path`, as `numpy.save` would, byte for byte.
  public static func write(
    _ array: NamedArray, to path: String, writer: AtomicWriter = AtomicWriter()
  ) throws(SaveError) {
    let header = try header(of: array, path: path)
    try writer.write(to: path) { sink throws(SaveError) in
      try sink.append(ByteArray(header))
      try sink.append(part: array.bytes)
    }
  }

  /// Writes arrays to an uncompressed `.npz`, each as a member `<name>.npy`.
  public static func write(
    _ arrays: [NamedArray], to path: String, writer: AtomicWriter = AtomicWriter()
  ) throws(SaveError) {
    var members: [ZipArchive.Member] = []
    for array in arrays {
      members.append(
        .init(name: array.name + ".npy", parts: [ByteArray(try header(of: array, path: path)), array.bytes]))
    }
    guard Set(members.map(\.name)).count == members.count else {
      throw .unsupported(path: path, reason: "two arrays have the same name")
    }
    let archive = ZipArchive(members: members)
    try writer.write(to: path) { sink throws(SaveError) in try archive.write(into: &sink) }
  }

  // Magic, version 1.0, length, a Python dictionary, padded so that the numbers start at a multiple of 64.
  private static func header(of array: NamedArray, path: String) throws(SaveError) -> [UInt8] {
    guard let type = array.type.numpyName else {
      throw .unsupported(path: path, reason: "NumPy has no \(array.type.rawValue)")
    }
    let sizes = array.shape.map(String.init).joined(separator: ", ")
    let shape = array.shape.count == 1 ? "(\(sizes),)" : "(\(sizes))"
    var text = Array("{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }".utf8)
    text += [UInt8](repeating: 0x20, count: 63 - (10 + text.count) % 64) + [0x0a]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + littleEndian(UInt16(text.count)) + text
  }
}

extension ElementType {
  /// NumPy's name of the type in little-endian order; nil for what NumPy does not have.
  var numpyName: String? {
    switch self {
    case .float16: "<f2"
    case .bfloat16: nil
    case .float32: "<f4"
    case .float64: "<f8"
    case .int32: "<i4"
    case .int64: "<i8"
    case .uint8: "|u1"
    case .bool: "|b1"
    }
  }
}
