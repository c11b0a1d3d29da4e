import Experiments
import Foundation
import Testing

@Suite("Report")
struct ReportTests {
  private func page(_ body: (String, String) throws -> Void) throws {
    try withTemporaryFolder { folder in
      _ = try Run.execute(RunTests.everything, RunTests.settings(folder), at: Sample.place)
      let report = try Report(readingFrom: folder)
      #expect(report.parts == 1 && report.checks.count == 3 && report.failures == 2)
      try body(try report.html(), report.summary)
    }
  }

  @Test("text is escaped, code and emphasis are marked, a product keeps its star")
  func inline() throws {
    try page { html, _ in
      #expect(html.contains("<p>With <code>code</code> &amp; <em>emphasis</em>, 2 * 3 &lt; 7.</p>"))
      #expect(html.contains("<pre class=\"formula\">σ(x)\n∂L/∂x</pre>"))
    }
  }

  @Test("the page carries its figures and loads nothing")
  func selfContained() throws {
    try page { html, _ in
      let start = try #require(html.range(of: "data:image/png;base64,"))
      let data = html[start.upperBound...].prefix { $0 != "\"" }
      let picture = try #require(Data(base64Encoded: String(data)))
      #expect(picture.starts(with: [0x89, 0x50, 0x4e, 0x47]))
      for loading in ["http:", "https:", "src=\"/", "<script", "<link", "url("] { #expect(!html.contains(loading)) }
    }
  }

  @Test("failing checks are marked and listed in the summary")
  func failures() throws {
    try page { html, summary in
      #expect(html.contains("<tr class=\"fail\"><td>lost</td>") && html.contains("<tr class=\"pass\"><td>nine</td>"))
      #expect(summary.contains("1 of 3 checks passed") && summary.contains("* `test.1`: lost: NaN, expected ≤ 1"))
    }
  }

  @Test("a damaged run is named and the others are shown")
  func damaged() throws {
    try withTemporaryFolder { folder in
      _ = try Run.execute(RunTests.everything, RunTests.settings(folder), at: Sample.place)
      try FileManager.default.createDirectory(atPath: "\(folder)/test.2", withIntermediateDirectories: true)
      try Data("{\"format\":".utf8).write(to: URL(fileURLWithPath: "\(folder)/test.2/run.json"))
      let report = try Report(readingFrom: folder)
      #expect(report.parts == 1 && report.damaged.map(\.name) == ["test.2"])
      #expect(try report.html().contains("test.2 is left out"))
    }
  }
}
