extension Run {
  /// Adds a heading to the answer.
  public mutating func heading(_ text: String) { blocks.append(.heading(text)) }

  /// Adds a paragraph. Text between two backquotes is set as code, between two stars as emphasis.
  public mutating func say(_ text: String) { blocks.append(.paragraph(text)) }

  /// Adds lines of formulas, which are kept as they are.
  public mutating func formula(_ lines: String...) { blocks.append(.formula(lines.joined(separator: "\n"))) }

  /// Adds lines with a fixed width: a program, a graph, a protocol.
  public mutating func listing(_ text: String) { blocks.append(.listing(text)) }

  /// Adds a table.
  public mutating func table(_ title: String, columns: [String], rows: [[String]]) {
    for row in rows where row.count != columns.count {
      fatalError("\(experiment.id): a row of \(row.count) cells in a table of \(columns.count) columns: \(row)")
    }
    blocks.append(.table(title: title, columns: columns, rows: rows))
  }
}
