public import Files

extension SafetensorsFile {
  /// The longest header that is read.
  static let longestHeader = 16 << 20

  /// Reads the file at `path`.
  public init(readingFrom path: String, reader: FileReader = FileReader()) throws(LoadError) {
    try self.init(reading: try reader.read(path), path: path)
  }

  /// Reads a file that is in memory, more strictly than the format's own reader: the arrays must cover the data without
  /// gap or overlap, no name may come twice, and truth values must be 0 or 1.
  public init(reading file: FileBytes, path: String) throws(LoadError) {
    let header = try Self.header(of: file, path: path)
    let data = header.count + 8..<file.byteCount
    let value: JSONValue
    do throws(JSONError) { value = try JSONValue(parsing: header, depth: 8) } catch {
      throw .corrupt(path: path, expected: "a JSON header", found: error.description)
    }
    guard header.first == UInt8(ascii: "{"), case .object(let members) = value else {
      throw .corrupt(path: path, expected: "a JSON object as header", found: "something else")
    }
    self.init(arrays: [], metadata: [:])
    var ranges: [Range<Int>] = []
    for (name, value) in members {
      if name == "__metadata__" {
        metadata = try Self.texts(value, path: path)
      } else {
        let entry = try SafetensorsEntry(name: name, value, path: path)
        guard entry.range.upperBound <= data.count,
          let bytes = file.part(data.lowerBound + entry.range.lowerBound..<data.lowerBound + entry.range.upperBound)
        else { throw .corrupt(path: path, expected: "the data of \(name)", found: "the end of the file") }
        if entry.type == .bool, bytes.withBytes({ $0.contains { $0 > 1 } }) {
          throw .corrupt(path: path, expected: "0 or 1 in \(name)", found: "another byte")
        }
        arrays.append(NamedArray(name: name, type: entry.type, shape: entry.shape, bytes: bytes))
        ranges.append(entry.range)
      }
    }
    var end = 0
    for range in ranges.sorted(by: { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }) {
      guard range.lowerBound == end else {
        throw .corrupt(path: path, expected: "an array at byte \(end)", found: "a gap or an overlap")
      }
      end = range.upperBound
    }
    if end != data.count { throw .corrupt(path: path, expected: "\(end) bytes of data", found: "\(data.count)") }
  }

  private static func header(of file: FileBytes, path: String) throws(LoadError) -> [UInt8] {
    guard let count = file.withBytes({ integer($0, at: 0, count: 8) }), count <= file.byteCount - 8, count > 1 else {
      throw .corrupt(path: path, expected: "a safetensors header", found: "\(file.byteCount) bytes that do not fit")
    }
    if count > longestHeader { throw .tooLarge(path: path, bytes: count, limit: longestHeader) }
    return file.withBytes { Array($0[8..<8 + count]) }
  }

  private static func texts(_ value: JSONValue, path: String) throws(LoadError) -> [String: String] {
    if value == .null { return [:] }
    var texts: [String: String] = [:]
    guard case .object(let members) = value else {
      throw .corrupt(path: path, expected: "texts in __metadata__", found: "something else")
    }
    for (name, value) in members {
      guard let text = value.string else {
        throw .corrupt(path: path, expected: "a text for \(name) in __metadata__", found: "something else")
      }
      texts[name] = text
    }
    return texts
  }
}

/// What the header says of one array.
private struct SafetensorsEntry {
  var type: ElementType
  var shape: [Int]
  var range: Range<Int>

  init(name: String, _ value: JSONValue, path: String) throws(LoadError) {
    func damage(_ expected: String) -> LoadError {
      .corrupt(path: path, expected: "\(expected) of \(name)", found: "something else")
    }
    guard let typeName = value["dtype"]?.string else { throw damage("the dtype") }
    guard let type = ElementType.allCases.first(where: { $0.safetensorsName == typeName }) else {
      throw .forbidden(path: path, object: name, feature: "the dtype \(typeName)")
    }
    guard !name.isEmpty, name.utf8.count <= 1000, name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }) else {
      throw .forbidden(path: path, object: name, feature: "a name that is empty, long or has control characters")
    }
    guard let sizes = value["shape"]?.array, sizes.count <= 8 else { throw damage("at most 8 sizes in the shape") }
    let shape = sizes.compactMap(\.integer)
    guard shape.count == sizes.count, let count = type.byteCount(of: shape) else { throw damage("the shape") }
    let offsets = value["data_offsets"]?.array?.compactMap(\.integer) ?? []
    guard offsets.count == 2, value["data_offsets"]?.array?.count == 2, offsets[0] >= 0, offsets[0] <= offsets[1],
      offsets[1] - offsets[0] == count
    else { throw damage("data_offsets that fit dtype and shape") }
    (self.type, self.shape, range) = (type, shape, offsets[0]..<offsets[1])
  }
}
