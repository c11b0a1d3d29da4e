internal import Files

/// Reads the members of a JSON object and says what is missing.
struct RecordReader {
  let path: String
  let value: JSONValue

  func error(expected: String) -> LoadError {
    .corrupt(path: path, expected: expected, found: String(value.text.prefix(60)))
  }

  func text(_ name: String) throws(LoadError) -> String {
    guard let text = value[name]?.string else { throw error(expected: "a text \"\(name)\"") }
    return text
  }

  func integer(_ name: String) throws(LoadError) -> Int {
    guard let number = value[name]?.integer else { throw error(expected: "a whole number \"\(name)\"") }
    return number
  }

  /// A number; JSON has no infinity and no NaN, which are written as words.
  func number(_ name: String) throws(LoadError) -> Double {
    switch value[name] {
    case .string("NaN"): return .nan
    case .string("Infinity"): return .infinity
    case .string("-Infinity"): return -.infinity
    default:
      guard let number = value[name]?.number else { throw error(expected: "a number \"\(name)\"") }
      return number
    }
  }

  func list(_ name: String) throws(LoadError) -> [RecordReader] {
    guard let items = value[name]?.array else { throw error(expected: "a list \"\(name)\"") }
    return items.map { RecordReader(path: path, value: $0) }
  }

  func texts(_ name: String) throws(LoadError) -> [String] {
    try list(name).map { item throws(LoadError) in
      guard let text = item.value.string else { throw item.error(expected: "a text in \"\(name)\"") }
      return text
    }
  }
}
