extension Report {
  /// The report as a short Markdown document: one row per part, and every check that fails.
  public var summary: String {
    let judged = checks.filter(\.isJudged)
    var text = "# The sheets, worked out\n\n"
    text += "\(parts) parts, \(judged.count - failures) of \(judged.count) checks passed.\n"
    for sheet in sheets {
      text += "\n## \(sheet.title)\n\n| part | title | checks | time |\n|---|---|---|---|\n"
      for entry in sheet.exercises.flatMap(\.entries) {
        let all = entry.record.checks.filter(\.isJudged)
        let time = entry.seconds.map { "\($0.fixed(2)) s" } ?? ""
        text +=
          "| `\(entry.record.id)` | \(entry.record.title) | \(all.count(where: \.passes)) of \(all.count) | \(time) |\n"
      }
    }
    let failing = entries.flatMap { entry in
      entry.record.checks.filter { $0.isJudged && !$0.passes }.map { (entry.record.id, $0) }
    }
    if !failing.isEmpty {
      text += "\n## Failed\n\n"
      for (id, check) in failing {
        text += "* `\(id)`: \(check.name): \(check.valueText), expected \(check.referenceText) (\(check.source))\n"
      }
    }
    return text
  }
}
