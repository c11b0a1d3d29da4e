import Console
import Testing

private func text(_ table: TextTable, width: Int = 80, hasColor: Bool = false) -> String {
  table.lines(for: Recorder().terminal(hasColor: hasColor, width: width)).joined(separator: "\n")
}

@Test("numbers stand with their decimal points below each other, text on the left")
func alignment() {
  var table = TextTable(["layer", "parameters", "loss", "change"])
  table.add(["hidden.weight", "1,024", "0.25", "-3 %"])
  table.add(["output.βias₁", "33", "12.125", "+12.5 %"])
  table.add(["残差", "7", "1e-3", "–"])
  table.add(["none", "", "nan"])
  #expect(
    text(table) == """
      layer          parameters    loss   change
      ─────────────  ──────────  ──────  ───────
      hidden.weight       1,024   0.25    -3 %
      output.βias₁           33  12.125  +12.5 %
      残差                    7   1e-3     –
      none                       nan
      """)
}

@Test("a table that is too wide is wrapped in its widest columns of text, never in numbers")
func wrappedTable() {
  var table = TextTable(["name", "number", "remark"])
  table.add(["first", "123456789.125", "a remark of several words"])
  table.add(["second", "2", "short"])
  let result = text(table, width: 36)
  #expect(
    result == """
      name           number  remark
      ──────  ─────────────  ─────────────
      first   123456789.125  a remark of
                             several words
      second          2      short
      """)
  for line in result.split(separator: "\n") { #expect(displayWidth(line) <= 36) }
}

@Test("a column can be cut instead, and columns can be told where to stand")
func shortenedTable() {
  var table = TextTable([.init("path", shortens: true), .init("version", .right), .init("id", .left)])
  table.add(["/data/sets/rings/train.h5", "v2", "007"])
  table.add(["残差ネットワークの画像.png", "v10", "12"])
  #expect(
    text(table, width: 28) == """
      path            version  id
      ──────────────  ───────  ───
      /data/sets/ri…       v2  007
      残差ネットワ…       v10  12
      """)
}

@Test("a style is around the text, not around the spaces, and vanishes without colours")
func styledTable() {
  var table = TextTable(["check", "result"])
  table.add([.init("loss"), .init("ok", .green)])
  let colored = text(table, hasColor: true).split(separator: "\n")
  #expect(colored[0] == "\u{1B}[1mcheck\u{1B}[0m  \u{1B}[1mresult\u{1B}[0m")
  #expect(colored[2] == "loss   \u{1B}[32mok\u{1B}[0m")
  #expect(text(table).split(separator: "\n")[2] == "loss   ok")
}

@Test("line breaks in a cell are kept, and other control characters cannot steer the terminal")
func controlCharacters() {
  var table = TextTable(["name", "text"])
  table.add(["a\nb", "\u{1B}[31mred\t"])
  #expect(text(table).split(separator: "\n").dropFirst(2) == ["a     \\u{1B}[31mred\\t", "b"])
}

@Test("a terminal that is not set to UTF-8 gets a rule of ASCII, and the table is written in one go")
func asciiTable() {
  var table = TextTable(["a", "b"])
  table.add(["xyz", "1"])
  let recorder = Recorder()
  recorder.terminal(isUnicode: false).print(table)
  #expect(recorder.text == "a    b\n---  -\nxyz  1\n")
}

@Test("a row with more cells than columns is a mistake that says so")
func tooManyCells() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    var table = TextTable(["a"])
    table.add(["1", "2"])
  }
  let message = complaint(of: result)
  #expect(message.contains("TextTable: a row of 2 cells in 1 columns"))
}
