/// Rows of text in columns, at most 80 wide.
struct TextTable {
  private let titles: [String]
  private let numbers: Set<Int>
  private var rows: [[String]] = []

  /// - Parameter numbers: The columns that are set flush right.
  init(_ titles: [String], numbers: Set<Int>) {
    self.titles = titles
    self.numbers = numbers
  }

  mutating func add(_ row: [String]) { rows.append(row) }

  private var widths: [Int] {
    var widths = titles.indices.map { column in ([titles] + rows).map { $0[column].count }.max() ?? 0 }
    // The widest column gives way until the line fits.
    while widths.reduce(0, +) + 2 * (widths.count - 1) > 80 {
      let widest = widths.indices.max { widths[$0] < widths[$1] } ?? 0
      widths[widest] -= 1
    }
    return widths
  }

  /// A line as wide as the table.
  var rule: String {
    let widths = widths
    return String(repeating: "─", count: widths.reduce(0, +) + 2 * (widths.count - 1))
  }

  /// The titles, a line and the rows.
  var text: String {
    let widths = widths
    return ([line(titles, widths), rule] + rows.map { line($0, widths) }).joined(separator: "\n")
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var result = ""
    for (column, cell) in cells.enumerated() {
      let width = widths[column]
      let text = cell.count > width ? cell.prefix(max(width - 1, 0)) + "…" : cell[...]
      let space = String(repeating: " ", count: width - text.count)
      result += (numbers.contains(column) ? space + text : text + space) + "  "
    }
    while result.last == " " { result.removeLast() }
    return result
  }
}
