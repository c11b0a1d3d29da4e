/// How one column of a table is laid out: which cells are numbers, how wide it wants to be and may become.
struct ColumnLayout {
  private let column: TextTable.Column
  private let isNumeric: Bool
  /// The most columns before and after the decimal point.
  private var before = 0
  private var after = 0
  private(set) var natural = 0
  private(set) var least = 0

  init(_ column: TextTable.Column, _ cells: [TextTable.Cell]) {
    self.column = column
    let texts = cells.map(\.text)
    switch column.alignment {
    case .number: isNumeric = true
    case .left, .right: isNumeric = false
    case .automatic: isNumeric = texts.contains(where: isNumber) && texts.allSatisfy { isNumber($0) || isNothing($0) }
    }
    let widest = texts.flatMap { $0.split(separator: "\n") }.map { displayWidth($0) }.max() ?? 0
    if isNumeric {
      for text in texts where isNumber(text) {
        let (whole, rest) = parts(of: text)
        before = max(before, displayWidth(whole))
        after = max(after, displayWidth(rest))
      }
    }
    let cellWidth = max(widest, before + after)
    let word = column.title.split(separator: " ").map { displayWidth($0) }.max() ?? 0
    natural = max(cellWidth, displayWidth(column.title))
    // Numbers are never broken; a title may be, between its words; text needs some room to be readable.
    least = isNumeric ? max(cellWidth, word) : min(natural, max(8, min(word, 16)))
  }

  /// The lines of a cell, each with the spaces before it.
  func block(_ text: String, isTitle: Bool, width: Int) -> [(before: Int, text: String)] {
    let isRight = column.alignment == .right || isNumeric
    if !isTitle, isNumeric, isNumber(text) {
      let (whole, _) = parts(of: text)
      return [(width - after - displayWidth(whole), text)]
    }
    let lines = column.isShortened && !isTitle ? cut(text, width) : wrapped(text, to: width)
    return lines.map { (isRight ? max(0, width - displayWidth($0) - (isTitle ? 0 : inset)) : 0, $0) }
  }

  /// A word in a column of numbers, such as `–`, stands over the units if it fits there.
  private var inset: Int { isNumeric && after > 0 && before > 0 ? after : 0 }

  private func cut(_ text: String, _ width: Int) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { shortened(String($0), to: width) }
  }
}

/// Widths whose sum, with two spaces between, fits: the widest columns give way first, none below its least width.
func fittingWidths(_ layouts: [ColumnLayout], into width: Int) -> [Int] {
  var widths = layouts.map(\.natural)
  let room = width - 2 * (layouts.count - 1)
  while widths.reduce(0, +) > room {
    let flexible = widths.indices.filter { widths[$0] > layouts[$0].least }
    guard let widest = flexible.max(by: { widths[$0] < widths[$1] }) else { break }
    widths[widest] -= 1
  }
  return widths
}

/// Whether the text is a number as people write it: `-3`, `1,024`, `0.5`, `1e-3`, `45 %`.
private func isNumber(_ text: String) -> Bool {
  var text = text.filter { $0 != "," }
  if text.hasSuffix("%") { text.removeLast() }
  if text.hasPrefix("−") { text = "-" + text.dropFirst() }
  return Double(trimmed(text))?.isFinite ?? false
}

/// Whether the text says that there is no number.
private func isNothing(_ text: String) -> Bool {
  ["", "-", "–", "—", "nan", "inf", "-inf"].contains(text.lowercased())
}

/// A number up to its decimal point, and from there.
private func parts(of text: String) -> (whole: Substring, rest: Substring) {
  let end = text.firstIndex { ".eE% ".contains($0) } ?? text.endIndex
  return (text[..<end], text[end...])
}
