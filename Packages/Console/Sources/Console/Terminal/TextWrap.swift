/// The text in lines of at most `width` columns, broken between words; a longer word is broken where it has to be.
/// Line breaks of the text stay.
public func wrapped(_ text: String, to width: Int) -> [String] {
  let width = max(width, 1)
  var lines: [String] = []
  for paragraph in text.split(separator: "\n", omittingEmptySubsequences: false) {
    var line = ""
    var used = 0
    for word in paragraph.split(separator: " ") {
      for piece in pieces(of: word, width: width) {
        let needed = displayWidth(piece)
        if used > 0, used + 1 + needed > width {
          lines.append(line)
          (line, used) = ("", 0)
        }
        if used > 0 {
          line += " "
          used += 1
        }
        line += piece
        used += needed
      }
    }
    lines.append(line)
  }
  return lines
}

/// The text cut to `width` columns, with an ellipsis in place of what was cut.
public func shortened(_ text: String, to width: Int) -> String {
  if displayWidth(text) <= width { return text }
  if width < 1 { return "" }
  return prefix(of: text, width: width - 1) + "…"
}

/// A word in pieces that fit; most words are one.
private func pieces(of word: Substring, width: Int) -> [String] {
  var rest = word
  var pieces: [String] = []
  while displayWidth(rest) > width {
    let piece = prefix(of: rest, width: width)
    // A wide character does not fit a single column; it has to go somewhere.
    let taken = piece.isEmpty ? String(rest.prefix(1)) : piece
    pieces.append(taken)
    rest = rest.dropFirst(taken.count)
  }
  if !rest.isEmpty { pieces.append(String(rest)) }
  return pieces
}

/// The longest beginning of the text that fits.
private func prefix(of text: some StringProtocol, width: Int) -> String {
  var used = 0
  var result = ""
  for character in text {
    used += displayWidth(character)
    if used > width { break }
    result.append(character)
  }
  return result
}
