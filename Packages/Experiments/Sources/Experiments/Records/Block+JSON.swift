internal import Files

extension Block {
  var json: JSONValue {
    switch self {
    case .heading(let text): .object([("heading", .string(text))])
    case .paragraph(let text): .object([("paragraph", .string(text))])
    case .formula(let text): .object([("formula", .string(text))])
    case .listing(let text): .object([("listing", .string(text))])
    case .table(let title, let columns, let rows):
      .object([
        ("table", .string(title)), ("columns", .array(columns.map { .string($0) })),
        ("rows", .array(rows.map { row in .array(row.map { .string($0) }) })),
      ])
    case .figure(let file, let caption, let width, let height):
      .object([
        ("figure", .string(file)), ("caption", .string(caption)), ("width", .integer(width)),
        ("height", .integer(height)),
      ])
    }
  }

  init(_ reader: RecordReader) throws(LoadError) {
    guard case .object(let members) = reader.value, let kind = members.first?.name else {
      throw reader.error(expected: "a piece of an answer")
    }
    switch kind {
    case "heading": self = .heading(try reader.text(kind))
    case "paragraph": self = .paragraph(try reader.text(kind))
    case "formula": self = .formula(try reader.text(kind))
    case "listing": self = .listing(try reader.text(kind))
    case "table":
      let rows = try reader.list("rows").map { row throws(LoadError) in
        (row.value.array ?? []).map { $0.string ?? "" }
      }
      self = .table(title: try reader.text(kind), columns: try reader.texts("columns"), rows: rows)
    case "figure":
      self = .figure(
        file: try reader.text(kind), caption: try reader.text("caption"), width: try reader.integer("width"),
        height: try reader.integer("height"))
    default: throw reader.error(expected: "a piece of an answer")
    }
  }
}
