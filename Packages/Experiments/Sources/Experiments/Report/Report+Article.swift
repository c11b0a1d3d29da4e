internal import Files

extension Report {
  /// One part: question, answer, checks, and how to run it again.
  func article(_ entry: Entry) throws(LoadError) -> String {
    let record = entry.record
    let judged = record.checks.filter(\.isJudged)
    let passed = judged.count(where: \.passes)
    var result =
      "<article id=\"\(HTML.escaped(record.id))\">\n<h3><span class=\"number\">\(HTML.escaped(record.number))"
    result += "</span> \(HTML.inline(record.title)) <span class=\"chip \(record.passes ? "pass" : "fail")\">"
    result += "\(passed) of \(judged.count)</span></h3>\n"
    result += "<blockquote>\(HTML.inline(record.question))</blockquote>\n"
    for block in record.blocks { result += try html(of: block, in: entry.folder) }
    result += table(of: record.checks)
    return result + footer(of: entry) + "</article>\n"
  }

  private func html(of block: Block, in folder: Folder) throws(LoadError) -> String {
    switch block {
    case .heading(let text): return "<h4>\(HTML.inline(text))</h4>\n"
    case .paragraph(let text): return "<p>\(HTML.inline(text))</p>\n"
    case .formula(let text): return "<pre class=\"formula\">\(HTML.escaped(text))</pre>\n"
    case .listing(let text): return "<pre class=\"listing\">\(HTML.escaped(text))</pre>\n"
    case .table(let title, let columns, let rows): return table(title, columns, rows)
    case .figure(let file, let caption, let width, let height):
      // The name comes from a file; it must not lead out of the folder.
      let name = file.split(separator: "/").last.map(String.init) ?? file
      let bytes = try FileReader(limit: 64 << 20).read(folder.file(name))
      let data = bytes.withBytes { HTML.base64($0) }
      return """
        <figure><img src="data:image/png;base64,\(data)" width="\(width)" height="\(height)" alt="\(HTML.escaped(caption))">
        <figcaption>\(HTML.inline(caption))</figcaption></figure>

        """
    }
  }

  private func table(_ title: String, _ columns: [String], _ rows: [[String]]) -> String {
    var result = "<div class=\"wide\"><table>"
    if !title.isEmpty { result += "<caption>\(HTML.inline(title))</caption>" }
    let numeric = columns.indices.map { column in rows.allSatisfy { $0[column].isNumeric } }
    func cell(_ tag: String, _ text: String, _ column: Int) -> String {
      "<\(tag)\(numeric[column] ? " class=\"n\"" : "")>\(HTML.inline(text))</\(tag)>"
    }
    result += "<thead><tr>" + columns.indices.map { cell("th", columns[$0], $0) }.joined() + "</tr></thead>\n<tbody>\n"
    for row in rows { result += "<tr>" + row.indices.map { cell("td", row[$0], $0) }.joined() + "</tr>\n" }
    return result + "</tbody></table></div>\n"
  }

  private func table(of checks: [Check]) -> String {
    if checks.isEmpty { return "" }
    var result = "<div class=\"wide\"><table class=\"checks\"><caption>Checks</caption><thead><tr><th>What</th>"
    result += "<th class=\"n\">Value</th><th>Expected</th><th>Known from</th><th></th></tr></thead>\n<tbody>\n"
    for check in checks {
      let style = check.isJudged ? (check.passes ? "pass" : "fail") : "shown"
      result +=
        "<tr class=\"\(style)\"><td>\(HTML.inline(check.name))</td><td class=\"n\">\(HTML.escaped(check.valueText))"
      result += "</td><td>\(HTML.escaped(check.referenceText))</td><td>\(HTML.inline(check.source))</td>"
      result += "<td>\(style)</td></tr>\n"
    }
    return result + "</tbody></table></div>\n"
  }

  private func footer(of entry: Entry) -> String {
    let record = entry.record
    var result = "<footer>"
    if let seconds = entry.seconds {
      result += "\(seconds < 1 ? "\((seconds * 1000).fixed(0)) ms" : "\(seconds.fixed(1)) s"), "
    }
    result += "again with <code>\(HTML.escaped(record.commandForThis))</code>"
    let files = record.files.filter { !$0.hasSuffix(".png") }
    if !files.isEmpty {
      let links = files.map { file in
        "<a href=\"\(HTML.escaped(record.id))/\(HTML.escaped(file))\">\(HTML.escaped(file))</a>"
      }
      result += "<br>Files: \(links.joined(separator: ", "))"
    }
    return result + "</footer>\n"
  }
}

extension RunRecord {
  /// The command that runs just this part as it was run.
  var commandForThis: String {
    var words = ["swift run -c release", place.program, id]
    if seed != Settings().seed { words += ["--seed", String(seed)] }
    if isQuick { words.append("--quick") }
    return words.joined(separator: " ")
  }
}

extension String {
  /// Whether a cell holds a number, so that the column is set flush right.
  fileprivate var isNumeric: Bool {
    guard let first = unicodeScalars.first else { return true }
    return first.properties.numericType != nil
      || ["−", "-", "+", "±", "∞", "<", "≤", "≥", ".", "N", "–"].contains(first)
      || self == "nan"
  }
}
