public import Files

extension Report {
  /// The report as one page that needs no other file: figures are inside, nothing is loaded from anywhere.
  public func html() throws(LoadError) -> String {
    var page = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Wabe: the sheets, worked out</title>
      <style>\(Self.style)</style>
      </head>
      <body>

      """
    page += navigation
    page += "<main>\n" + header
    for sheet in sheets {
      page += "<section class=\"sheet\" id=\"\(HTML.escaped(sheet.program))\">\n<h1>\(HTML.escaped(sheet.title))</h1>\n"
      for exercise in sheet.exercises {
        if !exercise.title.isEmpty { page += "<h2>\(HTML.inline(exercise.title))</h2>\n" }
        for entry in exercise.entries { page += try article(entry) }
      }
      page += "</section>\n"
    }
    return page + "</main>\n</body>\n</html>\n"
  }

  private var navigation: String {
    var result = "<nav aria-label=\"Exercises\">\n<p class=\"brand\"><a href=\"#top\">⬡ Wabe</a></p>\n"
    for sheet in sheets {
      result += "<p><a href=\"#\(HTML.escaped(sheet.program))\">\(HTML.escaped(sheet.title))</a></p>\n<ul>\n"
      for entry in sheet.exercises.flatMap(\.entries) {
        let record = entry.record
        let mark = record.passes ? "" : " <b class=\"fail\">fails</b>"
        result += "<li><a href=\"#\(HTML.escaped(record.id))\">\(HTML.escaped(record.number)) "
        result += "\(HTML.inline(record.title))</a>\(mark)</li>\n"
      }
      result += "</ul>\n"
    }
    return result + "</nav>\n"
  }

  private var header: String {
    let judged = checks.filter(\.isJudged)
    let figures = entries.reduce(0) { sum, entry in sum + entry.record.blocks.count { $0.isFigure } }
    let seconds = entries.compactMap(\.seconds).reduce(0, +)
    let facts = [
      ("parts", "\(parts)"), ("checks passed", "\(judged.count - failures) of \(judged.count)"),
      ("figures", "\(figures)"), ("seconds", seconds.fixed(1)),
    ]
    let first = entries.first?.record
    var result = "<header id=\"top\">\n<h1 class=\"title\">The sheets, worked out</h1>\n"
    result += "<p class=\"lead\">Every part of every exercise: what it asks, a worked answer, what a program measured, "
    result += "and whether that agrees with what is known.</p>\n<dl class=\"facts\">\n"
    for (name, value) in facts { result += "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n" }
    result += "</dl>\n"
    if let first {
      let commit = first.commit.map { ", commit \($0.prefix(12))" } ?? ""
      result += "<p class=\"origin\">\(HTML.escaped(first.software))\(HTML.escaped(commit)), seed \(first.seed)"
      result += "\(first.isQuick ? ", a quick run: measured thresholds are shown, not judged" : "")</p>\n"
    }
    for (name, reason) in damaged {
      result += "<p class=\"fail\">\(HTML.escaped(name)) is left out: \(HTML.escaped(reason.description))</p>\n"
    }
    return result + "</header>\n"
  }
}

extension RunRecord {
  /// The number of the part on its sheet: the identifier without the sheet.
  var number: String { id.split(separator: ".").dropFirst().joined(separator: ".") }
}

extension Block {
  var isFigure: Bool { if case .figure = self { true } else { false } }
}
