internal import Console

/// Prints runs on a terminal.
struct RunPrinter {
  let terminal: Terminal
  /// The width of the longest identifier, so that the lines of a call stand below each other.
  var idWidth = 0

  /// One line, and one for each check that fails.
  func line(_ record: RunRecord, note: String) {
    let judged = record.checks.filter(\.isJudged)
    let passed = judged.count(where: \.passes)
    let mark = record.passes ? terminal.styled("pass", .green) : terminal.styled("FAIL", .red + .bold)
    let count = "\(passed)/\(judged.count)"
    let end = "  \(note)"
    let begin = "  \(record.id.padded(to: idWidth)) \(count.leading(to: 7))  "
    let room = max(20, terminal.width - begin.count - end.count - 6)
    terminal.print("\(mark)\(begin)\(shortened(record.title.plain, to: room).padded(to: room))\(end)")
    failures(of: record)
  }

  /// The checks that fail, each in a line.
  func failures(of record: RunRecord) {
    for check in record.checks where check.isJudged && !check.passes {
      let text =
        "\(record.id): \(check.name.plain): \(check.valueText), expected \(check.referenceText) "
        + "(\(check.source.plain))"
      for line in wrapped(text, to: terminal.width - 4) { terminal.print("    " + terminal.styled(line, .red)) }
    }
  }

  /// The whole worked answer and the table of checks.
  func answer(_ record: RunRecord) {
    terminal.print(terminal.styled("\(record.id)  \(record.title.plain)", .bold))
    paragraph(record.question, style: .faint)
    for block in record.blocks {
      terminal.print()
      switch block {
      case .heading(let text): terminal.print(terminal.styled(text.plain, .bold))
      case .paragraph(let text): paragraph(text)
      case .formula(let text), .listing(let text):
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) { terminal.print("    \(line)") }
      case .table(let title, let columns, let rows):
        if !title.isEmpty { paragraph(title) }
        var table = TextTable(columns.map { TextTable.Column($0.plain) })
        for row in rows { table.add(row.map(\.plain)) }
        terminal.print(table)
      case .figure(let file, let caption, _, _): paragraph("[\(file)] \(caption)", style: .faint)
      }
    }
    terminal.print()
    checks(record.checks)
    for file in record.files.filter({ !$0.hasSuffix(".png") }) { terminal.print(terminal.styled("[\(file)]", .faint)) }
  }

  private func checks(_ checks: [Check]) {
    if checks.isEmpty { return }
    var table = TextTable(["check", .init("value", .right), "expected", "known from", ""])
    for check in checks {
      let style: Style = check.isJudged ? (check.passes ? .green : .red) : .faint
      table.add([
        .init(check.name.plain), .init(check.valueText), .init(check.referenceText), .init(check.source.plain),
        .init(check.outcome, style),
      ])
    }
    terminal.print(table)
  }

  private func paragraph(_ text: String, style: Style = .plain) {
    for line in wrapped(text.plain, to: terminal.width) { terminal.print(terminal.styled(line, style)) }
  }
}

extension String {
  /// The text without the marks of code and emphasis.
  fileprivate var plain: String { Markup.plain(self) }

  fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

  fileprivate func leading(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
