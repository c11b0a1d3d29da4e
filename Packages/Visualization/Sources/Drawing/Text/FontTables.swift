/// The table of a font that leads from characters to glyphs.
struct CharacterMap: Sendable {
  private let start: Int
  private let format: Int

  /// Picks the fullest Unicode table of the font: groups over all of Unicode (format 12) or over its first 65,536
  /// characters (format 4).
  init?(_ bytes: [UInt8], _ table: Range<Int>) {
    var best: (start: Int, format: Int)?
    for index in 0..<min(bytes.u16(table.lowerBound + 2), 64) {
      let entry = table.lowerBound + 4 + 8 * index
      let platform = bytes.u16(entry)
      let encoding = bytes.u16(entry + 2)
      guard platform == 0 || (platform == 3 && (encoding == 1 || encoding == 10)) else { continue }
      let start = table.lowerBound + bytes.u32(entry + 4)
      let format = bytes.u16(start)
      if format == 12 || (format == 4 && best == nil) { best = (start, format) }
    }
    guard let best else { return nil }
    (start, format) = best
  }

  func glyph(for character: Int, in bytes: [UInt8]) -> Int {
    format == 12 ? inGroups(character, bytes) : inSegments(character, bytes)
  }

  private func inGroups(_ character: Int, _ bytes: [UInt8]) -> Int {
    var low = 0
    var high = min(bytes.u32(start + 12), bytes.count / 12)
    while low < high {
      let middle = (low + high) / 2
      let group = start + 16 + 12 * middle
      if character > bytes.u32(group + 4) {
        low = middle + 1
      } else if character < bytes.u32(group) {
        high = middle
      } else {
        return bytes.u32(group + 8) + character - bytes.u32(group)
      }
    }
    return 0
  }

  private func inSegments(_ character: Int, _ bytes: [UInt8]) -> Int {
    let twice = bytes.u16(start + 6)
    for segment in stride(from: 0, to: twice, by: 2) where bytes.u16(start + 14 + segment) >= character {
      let first = bytes.u16(start + 16 + twice + segment)
      guard first <= character else { return 0 }
      let delta = bytes.u16(start + 16 + 2 * twice + segment)
      let offsetAt = start + 16 + 3 * twice + segment
      let offset = bytes.u16(offsetAt)
      if offset == 0 { return (character + delta) & 0xffff }
      let glyph = bytes.u16(offsetAt + offset + 2 * (character - first))
      return glyph == 0 ? 0 : (glyph + delta) & 0xffff
    }
    return 0
  }
}

/// The table of a font that moves certain pairs of letters, such as A and V, closer together.
struct KerningTable: Sendable {
  private let pairs: Int
  private let count: Int

  /// Finds the horizontal pair table (format 0); a font without one kerns nothing.
  init(_ bytes: [UInt8], _ table: Range<Int>?) {
    guard let table, bytes.u16(table.lowerBound) == 0, bytes.u16(table.lowerBound + 2) > 0,
      bytes.u16(table.lowerBound + 8) & 0xff01 == 1
    else {
      (pairs, count) = (0, 0)
      return
    }
    pairs = table.lowerBound + 18
    count = min(bytes.u16(table.lowerBound + 10), (table.upperBound - pairs) / 6)
  }

  /// The shift between two neighbours in font units.
  func shift(_ left: Int, _ right: Int, in bytes: [UInt8]) -> Int {
    guard count > 0 else { return 0 }
    let key = left << 16 | right
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      let found = bytes.u32(pairs + 6 * middle)
      if found == key { return bytes.i16(pairs + 6 * middle + 4) }
      if found < key { low = middle + 1 } else { high = middle }
    }
    return 0
  }
}
