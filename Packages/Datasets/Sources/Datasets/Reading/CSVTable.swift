internal import Files
internal import Tensors

/// The cells of a CSV file (RFC 4180) as text, with names for the columns.
public struct CSVTable: Sendable, Equatable {
  /// Whether the first line names the columns.
  public enum Header: Sendable {
    /// It does if no cell of it is a number or empty, and some cell of the second line is a number.
    case automatic
    /// It does.
    case present
    /// It does not; the columns are called "0", "1" and so on.
    case absent
  }

  /// The file, for messages.
  public let path: String
  /// The names of the columns.
  public let columns: [String]
  /// The cells of each row.
  public let rows: [[String]]
  /// The line on which each row begins, counted from 1.
  public let lines: [Int]
  /// Whether the file began with the UTF-8 byte order mark that spreadsheets write; it is no part of a name.
  public let hasByteOrderMark: Bool

  /// Reads the file at `path`; all rows have the same number of cells, empty lines are passed over.
  public init(
    _ path: String, header: Header = .automatic, separator: Character = ",", limit: Int = 1 << 30
  ) throws(DataError) {
    let bytes: FileBytes
    do throws(LoadError) { bytes = try FileReader(limit: limit).read(path) } catch { throw .file(error) }
    guard let text = bytes.withBytes({ String(validating: $0, as: UTF8.self) }) else {
      throw .format(path: path, expected: "text in UTF-8", found: "other bytes")
    }
    try self.init(text: text, path: path, header: header, separator: separator)
  }

  /// Takes text apart; `path` stands in messages.
  public init(
    text: String, path: String = "CSV", header: Header = .automatic, separator: Character = ","
  ) throws(DataError) {
    require(separator != "\"" && separator.isASCII, "CSVTable: \(separator) cannot separate cells")
    hasByteOrderMark = text.unicodeScalars.first == "\u{feff}"
    var parser = CSVParser(text: text, path: path, separator: separator, skipsMark: hasByteOrderMark)
    var parsed = try parser.rows()
    guard let first = parsed.first else { throw .format(path: path, expected: "rows of cells", found: "an empty file") }
    for row in parsed where row.cells.count != first.cells.count {
      throw .line(
        path: path, line: row.line, expected: "\(first.cells.count) cells, as in line \(first.line)",
        found: "\(row.cells.count)")
    }
    let named =
      switch header {
      case .present: true
      case .absent: false
      case .automatic:
        first.cells.allSatisfy { !$0.isEmpty && Double($0) == nil }
          && parsed.dropFirst().first.map { $0.cells.contains { Double($0) != nil } } ?? false
      }
    columns = named ? first.cells : first.cells.indices.map(String.init)
    if Set(columns).count != columns.count {
      throw .line(path: path, line: first.line, expected: "different names of columns", found: "a name twice")
    }
    if named { parsed.removeFirst() }
    (rows, lines) = (parsed.map(\.cells), parsed.map(\.line))
    self.path = path
  }
}

/// Goes through the bytes of a table once.
struct CSVParser {
  struct Row {
    var line: Int
    var cells: [String]
  }

  private let bytes: [UInt8]
  private let path: String
  private let separator: UInt8
  private var place: Int
  private var line = 1

  init(text: String, path: String, separator: Character, skipsMark: Bool) {
    bytes = Array(text.utf8)
    self.path = path
    self.separator = separator.asciiValue ?? 44
    place = skipsMark ? 3 : 0
  }

  mutating func rows() throws(DataError) -> [Row] {
    var rows: [Row] = []
    while place < bytes.count {
      let row = try row()
      if row.cells != [""] { rows.append(row) }
    }
    return rows
  }

  private mutating func row() throws(DataError) -> Row {
    var row = Row(line: line, cells: [])
    while true {
      row.cells.append(try cell())
      guard place < bytes.count else { return row }
      let end = bytes[place]
      place += 1
      if end == separator { continue }
      if end == 13, place < bytes.count, bytes[place] == 10 { place += 1 }
      line += 1
      return row
    }
  }

  private mutating func cell() throws(DataError) -> String {
    guard place < bytes.count, bytes[place] == 34 else {
      let start = place
      while place < bytes.count, !endsCell(bytes[place]) { place += 1 }
      let text = String(decoding: bytes[start..<place], as: UTF8.self)
      return String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    let first = line
    var content: [UInt8] = []
    place += 1
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      if byte == 10 { line += 1 }
      if byte != 34 {
        content.append(byte)
      } else if place < bytes.count, bytes[place] == 34 {
        content.append(34)
        place += 1
      } else if place == bytes.count || endsCell(bytes[place]) {
        return String(decoding: content, as: UTF8.self)
      } else {
        throw .line(path: path, line: line, expected: "the end of a cell after its closing quote", found: "more text")
      }
    }
    throw .line(path: path, line: first, expected: "a closing quote", found: "the end of the file")
  }

  private func endsCell(_ byte: UInt8) -> Bool { byte == separator || byte == 10 || byte == 13 }
}
