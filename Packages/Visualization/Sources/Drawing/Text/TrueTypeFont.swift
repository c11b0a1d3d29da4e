/// A TrueType font file: which glyph stands for a character, how wide it is, and its outline.
///
/// Outlines are read as the designer drew them, without hinting, so text looks the same with every version of the
/// system's libraries, and no font service has to start.
public struct TrueTypeFont: Sendable {
  /// The units in which the outlines are drawn: so many make the height of a line.
  let unitsPerEm: Double
  let bytes: [UInt8]
  let glyphs: Int
  let outlines: Range<Int>
  let locations: Range<Int>
  let longLocations: Bool
  private let advances: Range<Int>
  private let advanceCount: Int
  private let characters: CharacterMap
  private let kerning: KerningTable

  /// Reads the font in a file.
  public init(path: String) throws(DrawingError) {
    let bytes = try PictureFile.read(path, limit: 1 << 26)
    func broken(_ reason: String) -> DrawingError { .brokenFont(path: path, reason: reason) }
    guard bytes.u32(0) == 0x0001_0000 || bytes.u32(0) == 0x7472_7565 else {
      throw broken("it is not a TrueType file")
    }
    func find(_ tag: String) -> Range<Int>? { bytes.table(tag) }
    func table(_ tag: String, atLeast size: Int) throws(DrawingError) -> Range<Int> {
      guard let range = find(tag), range.count >= size else { throw broken("the table \(tag) is missing or too short") }
      return range
    }
    let head = try table("head", atLeast: 54)
    let header = try table("hhea", atLeast: 36)
    let limits = try table("maxp", atLeast: 6)
    let map = try table("cmap", atLeast: 4)
    let units = bytes.u16(head.lowerBound + 18)
    guard units > 0 else { throw broken("its unit is 0") }
    unitsPerEm = Double(units)
    longLocations = bytes.u16(head.lowerBound + 50) != 0
    glyphs = bytes.u16(limits.lowerBound + 4)
    advanceCount = bytes.u16(header.lowerBound + 34)
    advances = try table("hmtx", atLeast: max(advanceCount, 1) * 4)
    locations = try table("loca", atLeast: (glyphs + 1) * (longLocations ? 4 : 2))
    outlines = try table("glyf", atLeast: 1)
    guard advanceCount > 0, let found = CharacterMap(bytes, map) else { throw broken("its character map is unknown") }
    characters = found
    kerning = KerningTable(bytes, find("kern"))
    self.bytes = bytes
  }

  /// The glyph for a character; 0 is the box for characters the font does not have.
  public func glyph(for character: Unicode.Scalar) -> Int { characters.glyph(for: Int(character.value), in: bytes) }

  /// Whether the font can show every character of a text.
  public func covers(_ text: String) -> Bool { text.unicodeScalars.allSatisfy { glyph(for: $0) != 0 } }

  /// How far the pen moves after a glyph, in font units.
  func advance(_ glyph: Int) -> Int {
    bytes.u16(advances.lowerBound + 4 * min(glyph, advanceCount - 1))
  }

  /// The glyphs of one line of text with their pen positions in font units, and the width of the line.
  func line(_ text: some StringProtocol) -> (glyphs: [(glyph: Int, x: Int)], width: Int) {
    var result: [(glyph: Int, x: Int)] = []
    var x = 0
    var previous: Int?
    for scalar in text.unicodeScalars {
      let glyph = glyph(for: scalar)
      if let previous { x += kerning.shift(previous, glyph, in: bytes) }
      result.append((glyph, x))
      x += advance(glyph)
      previous = glyph
    }
    return (result, x)
  }

  /// The width of a line of text at a size.
  public func width(of text: some StringProtocol, size: Double) -> Double {
    Double(line(text).width) * size / unitsPerEm
  }
}

// MARK: - Big-endian numbers; positions outside the file read as 0, so a damaged font never reads foreign memory

extension [UInt8] {
  func u16(_ at: Int) -> Int { at >= 0 && at + 1 < count ? Int(self[at]) << 8 | Int(self[at + 1]) : 0 }

  func i16(_ at: Int) -> Int {
    let value = u16(at)
    return value >= 0x8000 ? value - 0x10000 : value
  }

  func u32(_ at: Int) -> Int { u16(at) << 16 | u16(at + 2) }

  /// Where the table with a four-letter name lies, if it lies inside the file.
  func table(_ tag: String) -> Range<Int>? {
    let name = Array(tag.utf8)
    for index in 0..<Swift.min(u16(4), 256) {
      let entry = 12 + 16 * index
      guard entry + 16 <= count, Array(self[entry..<entry + 4]) == name else { continue }
      let start = u32(entry + 8)
      let length = u32(entry + 12)
      return start + length <= count ? start..<start + length : nil
    }
    return nil
  }
}
