public import Files

/// Numbers in named columns, such as the history of a training, for spreadsheets and other programs.
public struct NumberTable: Sendable {
  /// The names of the columns.
  public var columns: [String]
  /// The rows; nil is an empty cell.
  public private(set) var rows: [[Double?]] = []

  /// A table without rows.
  public init(columns: [String]) { self.columns = columns }

  /// Appends a row with one cell for each column.
  public mutating func append(_ row: [Double?]) {
    if row.count != columns.count {
      fatalError("NumberTable: a row of \(row.count) cells does not fit \(columns.count) columns")
    }
    rows.append(row)
  }

  /// The table as CSV (RFC 4180): whole numbers without fraction, others so that they read back exactly.
  public var csv: String {
    var text = columns.map(Self.quoted).joined(separator: ",") + "\n"
    for row in rows { text += row.map { $0.map(Self.cell) ?? "" }.joined(separator: ",") + "\n" }
    return text
  }

  /// The table as JSON: an object with one array for each column.
  public var json: JSONValue {
    .object(
      columns.indices.map { column in
        (columns[column], .array(rows.map { row in row[column].map(Self.value) ?? .null }))
      })
  }

  /// Writes the table as CSV.
  public func write(csv path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    try writer.write(Array(csv.utf8), to: path)
  }

  /// Writes the table as JSON.
  public func write(json path: String, writer: AtomicWriter = AtomicWriter()) throws(SaveError) {
    try writer.write(Array((json.text + "\n").utf8), to: path)
  }

  private static func value(_ number: Double) -> JSONValue {
    Int(exactly: number).map(JSONValue.integer) ?? .number(number)
  }

  private static func cell(_ number: Double) -> String {
    Int(exactly: number).map(String.init) ?? String(describing: number)
  }

  private static func quoted(_ name: String) -> String {
    guard name.contains(where: { "\",\n\r".contains($0) }) else { return name }
    return "\"" + name.replacing("\"", with: "\"\"") + "\""
  }
}
