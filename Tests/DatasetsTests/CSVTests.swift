import Datasets
import Tensors
import Testing

struct CSVTests {
  @Test("quotes, doubled quotes, line breaks in cells, CRLF and empty lines")
  func cells() throws {
    let table = try CSVTable(text: "name,\"a,b\"\r\n\"say \"\"hi\"\"\",1\r\n\r\n\"two\nlines\", 2 \nlast,3")
    #expect(table.columns == ["name", "a,b"])
    #expect(table.rows == [["say \"hi\"", "1"], ["two\nlines", "2"], ["last", "3"]])
    #expect(table.lines == [2, 4, 6] && !table.hasByteOrderMark)
  }

  @Test("a first line of names is a header, one with a number is not, and both can be said")
  func headers() throws {
    #expect(try CSVTable(text: "x,y\n1,2\n").columns == ["x", "y"])
    #expect(try CSVTable(text: "1,a\n2,b\n").columns == ["0", "1"])
    #expect(try CSVTable(text: "x,y\n1,2\n", header: .absent).rows.count == 2)
    #expect(try CSVTable(text: "1,2\n3,4\n", header: .present).columns == ["1", "2"])
    let marked = try CSVTable(text: "\u{feff}x,y\n1,2\n")
    #expect(marked.hasByteOrderMark && marked.columns == ["x", "y"])
  }

  @Test(
    "a mistake in the file is named with its line",
    arguments: [
      ("x,y\n1,2\n3\n", 3, "1"), ("x,y\n1,\"2\n3,4\n", 2, "the end of the file"),
      ("x,y\n1,\"2\"3\n", 2, "more text"), ("x,x\n1,2\n", 1, "a name twice"),
    ])
  func mistakes(_ text: String, _ line: Int, _ found: String) {
    let error = #expect(throws: DataError.self) { try CSVTable(text: text, path: "t.csv") }
    guard case .line("t.csv", line, _, found) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  private let flowers = "length,width,kind\n1,2,rose\n3,NA,iris\n5,6,rose\n"

  @Test("columns become features, names become classes in the order of the alphabet")
  func samples() throws {
    let table = try CSVTable(text: flowers, path: "t.csv")
    let data = try CSVSamples(table, label: "kind", as: .classes, missing: .leftOut)
    #expect(data.features == ["length", "width"] && data.classes == ["rose"] && data.leftOut == 1)
    let filled = try CSVSamples(table, label: "kind", as: .classes, missing: .filled(0))
    #expect(filled.inputs.scalars == [1, 2, 3, 0, 5, 6] && filled.classes == ["iris", "rose"])
    #expect(filled.targets.scalars == [1, 0, 1] && filled.targets.dtype == .int64)
    let numbers = try CSVSamples(table, label: "length", as: .numbers, features: ["width"], missing: .leftOut)
    #expect(numbers.targets.shape == [2, 1] && numbers.targets.scalars == [1, 5] && numbers.inputs.scalars == [2, 6])
    let digits = try CSVSamples(CSVTable(text: "x,d\n1,10\n1,9\n"), label: "d", as: .classes)
    #expect(digits.classes == ["9", "10"])
  }

  @Test("a cell that is no number, or empty, is named with its line and column")
  func badCells() throws {
    let table = try CSVTable(text: flowers, path: "t.csv")
    let missing = #expect(throws: DataError.self) { try CSVSamples(table, label: "kind", as: .classes) }
    #expect(missing?.description == "t.csv, line 3: expected a number in column width, found no value (\"NA\")")
    let text = #expect(throws: DataError.self) { try CSVSamples(table, label: "width", as: .numbers) }
    #expect(text?.description == "t.csv, line 2: expected a number in column kind, found \"rose\"")
    let unknown = #expect(throws: DataError.self) { try CSVSamples(table, label: "sort", as: .classes) }
    #expect(unknown?.description == "t.csv: expected a column sort, found only the columns length, width, kind")
  }
}
