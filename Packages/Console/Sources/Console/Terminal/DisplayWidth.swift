/// How many columns of a terminal the text takes.
///
/// A combining mark takes none, a wide East Asian character or an emoji two, everything else one; Greek letters and
/// subscripts are ordinary. A line break or another control character takes none, because it shows nothing.
public func displayWidth(_ text: some StringProtocol) -> Int {
  if text.utf8.allSatisfy({ 0x20..<0x7F ~= $0 }) { return text.utf8.count }
  return text.reduce(0) { $0 + displayWidth($1) }
}

/// The columns of one character, which may be several scalars that are drawn as one.
func displayWidth(_ character: Character) -> Int {
  var width = 0
  for scalar in character.unicodeScalars {
    if scalar.value == 0xFE0F { return 2 }  // the sign before it is to be drawn as an emoji
    width = max(width, displayWidth(scalar))
  }
  return width
}

private func displayWidth(_ scalar: Unicode.Scalar) -> Int {
  if scalar.value < 0x300 { return 0x20..<0x7F ~= scalar.value || scalar.value >= 0xA0 && scalar.value != 0xAD ? 1 : 0 }
  switch scalar.properties.generalCategory {
  case .nonspacingMark, .enclosingMark, .format, .control, .lineSeparator, .paragraphSeparator: return 0
  default: break
  }
  if scalar.properties.isEmojiPresentation { return 2 }
  return wideRanges.contains { $0.contains(scalar.value) } ? 2 : 1
}

/// The blocks whose characters are wide or full-width by Unicode's East Asian Width. Places in them that Unicode has not
/// given away yet count as wide, as the standard recommends for the ideographs.
private let wideRanges: [ClosedRange<UInt32>] = [
  0x1100...0x115F,  // Hangul initial consonants
  0x2329...0x232A,  // angle brackets
  0x2E80...0x303E,  // radicals, ideographic punctuation
  0x3041...0x3247,  // kana, bopomofo, Hangul compatibility letters, enclosed ideographs
  0x3250...0x4DBF,  // enclosed and squared words, ideographs
  0x4E00...0xA4CF,  // ideographs, Yi
  0xA960...0xA97F,  // Hangul initial consonants, extended
  0xAC00...0xD7A3,  // Hangul syllables
  0xF900...0xFAFF,  // compatibility ideographs
  0xFE10...0xFE19,  // vertical forms
  0xFE30...0xFE6F,  // small and compatibility forms
  0xFF01...0xFF60,  // full-width forms
  0xFFE0...0xFFE6,  // full-width signs
  0x16FE0...0x18D7F,  // Tangut, Khitan
  0x1AFF0...0x1B2FF,  // kana supplement
  0x1F200...0x1F265,  // squared ideographs
  0x20000...0x2FFFD,  // ideographs, extensions B to F
  0x30000...0x3FFFD,  // ideographs, extensions G and later
]
