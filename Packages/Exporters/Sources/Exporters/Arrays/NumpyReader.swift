public import Files

extension NumpyFile {
  /// Reads the `.npy` file at `path`; the array is called `name`.
  public static func readArray(
    from path: String, name: String = "array", reader: FileReader = FileReader()
  ) throws(LoadError) -> NamedArray {
    try array(in: try reader.read(path), name: name, path: path)
  }

  /// Reads the `.npz` file at `path`; names lose the ending `.npy`.
  public static func readArrays(from path: String, reader: FileReader = FileReader()) throws(LoadError) -> [NamedArray]
  {
    let archive = try ZipArchive(reading: try reader.read(path), path: path, limit: reader.limit)
    var arrays: [NamedArray] = []
    for member in archive.members {
      guard member.name.hasSuffix(".npy"), let bytes = member.parts.first as? FileBytes else {
        throw .forbidden(path: path, object: member.name, feature: "a member that is no .npy")
      }
      arrays.append(try array(in: bytes, name: String(member.name.dropLast(4)), path: path))
    }
    return arrays
  }

  private static func array(in file: FileBytes, name: String, path: String) throws(LoadError) -> NamedArray {
    let header = try NumpyHeader(file, name: name, path: path)
    guard let count = header.type.byteCount(of: header.shape), header.end <= file.byteCount - count,
      let bytes = file.part(header.end..<header.end + count)
    else { throw .corrupt(path: path, expected: "the numbers of \(name)", found: "the end of the file") }
    if !header.isSwapped && !(header.isColumnMajor && header.shape.count > 1) {
      return NamedArray(name: name, type: header.type, shape: header.shape, bytes: bytes)
    }
    let ordered = bytes.withBytes { reordered($0, header) }
    return NamedArray(name: name, type: header.type, shape: header.shape, bytes: ByteArray(ordered))
  }

  // Row-major, little-endian.
  private static func reordered(_ source: UnsafeRawBufferPointer, _ header: NumpyHeader) -> [UInt8] {
    let width = header.type.byteCount
    let rank = header.shape.count
    var strides = [Int](repeating: 1, count: rank)
    if header.isColumnMajor {
      for axis in 1..<max(rank, 1) { strides[axis] = strides[axis - 1] * header.shape[axis - 1] }
    } else {
      for axis in (0..<max(rank - 1, 0)).reversed() { strides[axis] = strides[axis + 1] * header.shape[axis + 1] }
    }
    var result: [UInt8] = []
    result.reserveCapacity(source.count)
    var (index, position) = ([Int](repeating: 0, count: rank), 0)
    for _ in 0..<source.count / width {
      let element = source[position * width..<(position + 1) * width]
      if header.isSwapped { result += element.reversed() } else { result += element }
      var axis = rank - 1
      while axis >= 0 {
        index[axis] += 1
        position += strides[axis]
        if index[axis] < header.shape[axis] { break }
        position -= strides[axis] * index[axis]
        index[axis] = 0
        axis -= 1
      }
    }
    return result
  }
}

/// The header of a `.npy` file, a Python dictionary of exactly three entries.
struct NumpyHeader {
  var type: ElementType
  var isSwapped: Bool
  var isColumnMajor: Bool
  var shape: [Int]
  /// Where the numbers begin.
  var end: Int

  init(_ file: FileBytes, name: String, path: String) throws(LoadError) {
    let damage = LoadError.corrupt(path: path, expected: "the header of a .npy file in \(name)", found: "other bytes")
    let found = file.withBytes { bytes -> (text: [UInt8], end: Int)? in
      guard bytes.count >= 10, bytes[0] == 0x93, bytes[1..<6].elementsEqual("NUMPY".utf8), (1...3).contains(bytes[6]),
        bytes[7] == 0, let count = integer(bytes, at: 8, count: bytes[6] == 1 ? 2 : 4), count <= 10_000
      else { return nil }
      let start = bytes[6] == 1 ? 10 : 12
      return start + count <= bytes.count ? (Array(bytes[start..<start + count]), start + count) : nil
    }
    guard let found else { throw damage }
    var scanner = PythonScanner(bytes: found.text)
    guard let entries = scanner.dictionary(), Set(entries.keys) == ["descr", "fortran_order", "shape"],
      case .text(let descr) = entries["descr"], case .bool(let order) = entries["fortran_order"],
      case .tuple(let sizes) = entries["shape"], sizes.count <= 8
    else { throw damage }
    let matching = ElementType.allCases.first { $0.numpyName?.dropFirst() == descr.dropFirst() }
    guard let type = matching, let mark = descr.first, "<>|=".contains(mark) else {
      throw .forbidden(path: path, object: name, feature: "the dtype \(descr)")
    }
    self.type = type
    isSwapped = mark == ">" && type.byteCount > 1
    isColumnMajor = order
    shape = sizes
    end = found.end
  }
}
