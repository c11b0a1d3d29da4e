public import Files

extension ZipArchive {
  /// Reads an archive whose members are stored or deflated; names are checked to be unique and plain, sizes come from
  /// the directory at the end, and every member's CRC-32 must hold.
  ///
  /// - Parameter limit: the most bytes that all members together may unpack to.
  public init(reading file: FileBytes, path: String, limit: Int = 4 << 30) throws(LoadError) {
    let entries = try file.withBytes { bytes throws(LoadError) in
      try ZipDirectory(bytes, path: path).entries
    }
    var (members, names, budget) = ([Member](), Set<String>(), limit)
    for entry in entries {
      guard names.insert(entry.name).inserted else {
        throw .corrupt(path: path, expected: "different names of members", found: "\(entry.name) twice")
      }
      guard entry.size <= budget else { throw .tooLarge(path: path, bytes: entry.size, limit: budget) }
      budget -= entry.size
      members.append(Member(name: entry.name, parts: [try entry.unpacked(from: file, path: path)]))
    }
    self.init(members: members)
  }
}

/// A member, as the directory describes it.
private struct ZipEntry {
  var name: String
  var method, packed, size, header: Int
  var crc: UInt32

  func unpacked(from file: FileBytes, path: String) throws(LoadError) -> FileBytes {
    // The member's own header repeats the name; only its length is needed, but another name there is a trick.
    let start = file.withBytes { bytes -> Int? in
      guard integer(bytes, at: header, count: 4) == 0x0403_4b50,
        let nameCount = integer(bytes, at: header + 26, count: 2),
        let extraCount = integer(bytes, at: header + 28, count: 2),
        header + 30 + nameCount + extraCount <= bytes.count,
        bytes[(header + 30)..<(header + 30 + nameCount)].elementsEqual(name.utf8)
      else { return nil }
      return header + 30 + nameCount + extraCount
    }
    guard let start, packed <= file.byteCount, let stored = file.part(start..<start + packed) else {
      throw .corrupt(path: path, expected: "a member \(name)", found: "none where the directory says")
    }
    let bytes: FileBytes
    switch method {
    case 0 where packed == size: bytes = stored
    case 8 where size < 4 << 30 || size / 100 <= packed: bytes = try inflated(stored, to: size, of: name, path: path)
    default: throw .forbidden(path: path, object: name, feature: "this kind of compression")
    }
    guard bytes.withBytes({ crc32($0) }) == crc else {
      throw .corrupt(path: path, expected: "the check sum of \(name)", found: "another one")
    }
    return bytes
  }
}

private struct ZipDirectory {
  var entries: [ZipEntry] = []

  init(_ bytes: UnsafeRawBufferPointer, path: String) throws(LoadError) {
    let damage = LoadError.corrupt(path: path, expected: "a zip archive", found: "no valid directory of members")
    // The end record is 22 bytes and a comment of at most 65,535.
    let first = max(0, bytes.count - 22 - 65_535)
    guard bytes.count >= 22,
      let end = (first...bytes.count - 22).reversed().first(where: { integer(bytes, at: $0, count: 4) == 0x0605_4b50 }),
      let count = integer(bytes, at: end + 10, count: 2), let size = integer(bytes, at: end + 12, count: 4),
      var position = integer(bytes, at: end + 16, count: 4), position + size <= end
    else { throw damage }
    for _ in 0..<count {
      guard let entry = Self.entry(bytes, at: position) else { throw damage }
      guard isAcceptedMember(entry.entry.name) else {
        throw .forbidden(path: path, object: entry.entry.name, feature: "a member of this name")
      }
      entries.append(entry.entry)
      position = entry.next
    }
  }

  private static func entry(_ bytes: UnsafeRawBufferPointer, at start: Int) -> (entry: ZipEntry, next: Int)? {
    guard integer(bytes, at: start, count: 4) == 0x0201_4b50,
      let method = integer(bytes, at: start + 10, count: 2), let crc = integer(bytes, at: start + 16, count: 4),
      var packed = integer(bytes, at: start + 20, count: 4), var size = integer(bytes, at: start + 24, count: 4),
      let nameCount = integer(bytes, at: start + 28, count: 2),
      let extraCount = integer(bytes, at: start + 30, count: 2),
      let commentCount = integer(bytes, at: start + 32, count: 2),
      var header = integer(bytes, at: start + 42, count: 4),
      start + 46 + nameCount + extraCount + commentCount <= bytes.count
    else { return nil }
    let extra = start + 46 + nameCount
    let name = String(validating: bytes[(start + 46)..<extra], as: UTF8.self)
    guard let name else { return nil }
    // ZIP64: fields that are all ones continue, in this order, in the extra field number 1.
    var position = extra
    while position + 4 <= extra + extraCount {
      guard let kind = integer(bytes, at: position, count: 2), let length = integer(bytes, at: position + 2, count: 2),
        position + 4 + length <= extra + extraCount
      else { return nil }
      if kind == 1 {
        var field = position + 4
        let end = field + length
        func wide(_ value: Int) -> Int? {
          guard value == 0xffff_ffff else { return value }
          guard field + 8 <= end, let number = integer(bytes, at: field, count: 8) else { return nil }
          field += 8
          return number
        }
        guard let s = wide(size), let p = wide(packed), let h = wide(header) else { return nil }
        (size, packed, header) = (s, p, h)
      }
      position += 4 + length
    }
    let entry = ZipEntry(
      name: name, method: method, packed: packed, size: size, header: header, crc: UInt32(truncatingIfNeeded: crc))
    guard packed < Int.max / 2, size < Int.max / 2, header < Int.max / 2 else { return nil }
    return (entry, extra + extraCount + commentCount)
  }
}

/// Names are only compared, never opened; still, what could be meant as a path out of a folder is refused.
private func isAcceptedMember(_ name: String) -> Bool {
  guard (1...1000).contains(name.utf8.count), !name.hasPrefix("/") else { return false }
  guard name.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "\\") }) else { return false }
  return !name.split(separator: "/").contains("..")
}
