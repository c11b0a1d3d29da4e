/// The marks in the texts of experiments: between backquotes code, between stars emphasis.
enum Markup {
  /// How a piece of text is set.
  enum Kind { case plain, code, emphasis }

  /// The pieces of a text without their marks, in order.
  static func pieces(of text: String) -> [(kind: Kind, text: Substring)] {
    var pieces: [(kind: Kind, text: Substring)] = []
    var begin = text.startIndex
    var rest = Substring(text)
    while let start = rest.firstIndex(where: { $0 == "`" || $0 == "*" }) {
      let mark = rest[start]
      let inside = rest[rest.index(after: start)...]
      // A star that is followed by a space multiplies.
      guard let end = inside.firstIndex(of: mark), end > inside.startIndex,
        mark == "`" || (inside.first != " " && inside[inside.index(before: end)] != " ")
      else {
        rest = inside
        continue
      }
      if begin < start { pieces.append((.plain, text[begin..<start])) }
      pieces.append((mark == "`" ? .code : .emphasis, inside[..<end]))
      begin = inside.index(after: end)
      rest = text[begin...]
    }
    if begin < text.endIndex { pieces.append((.plain, text[begin...])) }
    return pieces
  }

  /// The text without its marks, for a terminal.
  static func plain(_ text: String) -> String { pieces(of: text).map(\.text).joined() }
}
