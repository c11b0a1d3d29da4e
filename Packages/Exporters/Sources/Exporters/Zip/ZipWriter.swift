public import Files

/// Writes a zip archive of stored members: what NPZ and `.keras` files are.
///
/// Members carry the date 1980-01-01, so that the same members give the same bytes.
public struct ZipArchive: Sendable {
  /// A file in an archive.
  public struct Member: Sendable {
    /// Its name; never used as a path here.
    public var name: String
    /// Its parts, one after the other.
    public var parts: [any ByteSource]

    /// A member made of parts.
    public init(name: String, parts: [any ByteSource]) {
      self.name = name
      self.parts = parts
    }

    var byteCount: Int { parts.reduce(0) { $0 + $1.byteCount } }

    var crc: UInt32 {
      parts.reduce(0) { crc, part in part.withBytes { crc32($0, continuing: crc) } }
    }
  }

  /// The members in order.
  public var members: [Member]

  /// An archive of members.
  public init(members: [Member]) { self.members = members }

  /// Writes the archive into a sink.
  public func write(into sink: inout FileSink) throws(SaveError) {
    var directory: [UInt8] = []
    for member in members {
      let (start, size) = (sink.count, member.byteCount)
      guard start + size < Int(UInt32.max), members.count < Int(UInt16.max), member.name.utf8.count < 1 << 16 else {
        let reason = "a zip archive of 4 GiB or 65,535 members is not supported: use safetensors"
        throw .unsupported(path: sink.path, reason: reason)
      }
      let common = entry(of: member, size: size)
      try sink.append(ByteArray([0x50, 0x4b, 3, 4] + common + littleEndian(UInt16(0)) + Array(member.name.utf8)))
      for part in member.parts { try sink.append(part: part) }
      directory += [0x50, 0x4b, 1, 2] + littleEndian(UInt16(20)) + common
      // No extra field, comment, disk number, attributes.
      directory += [UInt8](repeating: 0, count: 12) + littleEndian(UInt32(start)) + Array(member.name.utf8)
    }
    let start = sink.count
    try sink.append(ByteArray(directory))
    let count = littleEndian(UInt16(members.count))
    let end = [0x50, 0x4b, 5, 6, 0, 0, 0, 0] + count + count + littleEndian(UInt32(directory.count))
    try sink.append(ByteArray(end + littleEndian(UInt32(start)) + [0, 0]))
  }

  // The fields that a member's own header and the directory share: version 2.0, UTF-8 names, stored.
  private func entry(of member: Member, size: Int) -> [UInt8] {
    let date: UInt16 = 0 << 9 | 1 << 5 | 1
    var bytes = littleEndian(UInt16(20)) + littleEndian(UInt16(0x800)) + littleEndian(UInt16(0))
    bytes += littleEndian(UInt16(0)) + littleEndian(date) + littleEndian(member.crc)
    bytes += littleEndian(UInt32(size)) + littleEndian(UInt32(size))
    return bytes + littleEndian(UInt16(member.name.utf8.count))
  }
}
