/// A table of text in aligned columns, which fits the width it is given.
///
/// ```swift
/// var table = TextTable(["layer", "parameters", "loss"])
/// table.add(["hidden", "96", "0.25"])
/// table.add(["output", "33", "0.125"])
/// Terminal(.output).print(table)
/// ```
///
/// A column whose cells are all numbers is aligned at the decimal point, any other on the left.
public struct TextTable: Sendable {
  /// The head of a column, and how its cells are laid out.
  public struct Column: Sendable, ExpressibleByStringInterpolation {
    /// Where cells stand in their column.
    public enum Alignment: Sendable {
      /// By the decimal point if all are numbers, otherwise on the left.
      case automatic
      /// On the left.
      case left
      /// On the right.
      case right
      /// By the decimal point.
      case number
    }

    let title: String
    let alignment: Alignment
    let isShortened: Bool

    /// A column. Where the table is too wide, cells are wrapped into several lines, or cut if `shortens` is set.
    public init(_ title: String, _ alignment: Alignment = .automatic, shortens: Bool = false) {
      self.title = printable(title)
      self.alignment = alignment
      isShortened = shortens
    }

    /// A column of automatic alignment.
    public init(stringLiteral title: String) { self.init(title) }
  }

  /// The text in one place of the table, and its style where colours are allowed.
  public struct Cell: Sendable, ExpressibleByStringInterpolation {
    let text: String
    let style: Style

    /// A text; line breaks are kept, other control characters are written out.
    public init(_ text: String, _ style: Style = .plain) {
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      self.text = lines.map { printable(String($0)) }.joined(separator: "\n")
      self.style = style
    }

    /// A text without a style.
    public init(stringLiteral text: String) { self.init(text) }
  }

  let columns: [Column]
  private(set) var rows: [[Cell]] = []

  /// An empty table with these columns.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row. Cells that are left out at the end are empty.
  public mutating func add(_ cells: [Cell]) {
    ensure(cells.count <= columns.count, "TextTable: a row of \(cells.count) cells in \(columns.count) columns")
    rows.append(cells + Array(repeating: Cell(""), count: columns.count - cells.count))
  }

  /// Adds a row of texts without styles.
  public mutating func add(_ texts: [String]) {
    add(texts.map { Cell($0) })
  }

  /// The table in lines that are at most as wide as the terminal, in its colours.
  public func lines(for terminal: Terminal) -> [String] {
    let layouts = columns.indices.map { index in ColumnLayout(columns[index], rows.map { $0[index] }) }
    let widths = fittingWidths(layouts, into: terminal.width)
    let rule = terminal.isUnicode ? "─" : "-"
    var lines = line(of: columns.map { Cell($0.title, .bold) }, isTitle: true, layouts, widths, terminal)
    lines.append(widths.map { String(repeating: rule, count: $0) }.joined(separator: "  "))
    for row in rows { lines += line(of: row, isTitle: false, layouts, widths, terminal) }
    return lines
  }

  /// One row, which is as many lines as its longest cell.
  private func line(
    of cells: [Cell], isTitle: Bool, _ layouts: [ColumnLayout], _ widths: [Int], _ terminal: Terminal
  ) -> [String] {
    let blocks = cells.indices.map { layouts[$0].block(cells[$0].text, isTitle: isTitle, width: widths[$0]) }
    let height = blocks.map(\.count).max() ?? 0
    return (0..<height).map { row in
      var line = ""
      var gap = 0
      for (index, block) in blocks.enumerated() {
        let piece = row < block.count ? block[row] : (before: 0, text: "")
        let after = widths[index] - piece.before - displayWidth(piece.text)
        if !piece.text.isEmpty {
          line += String(repeating: " ", count: gap + piece.before) + terminal.styled(piece.text, cells[index].style)
          gap = max(0, after) + 2
        } else {
          gap += widths[index] + 2
        }
      }
      return line
    }
  }
}

extension Terminal {
  /// Writes the table in the width and the colours of this stream.
  public func print(_ table: TextTable) {
    write(table.lines(for: self).map { $0 + "\n" }.joined())
  }
}
