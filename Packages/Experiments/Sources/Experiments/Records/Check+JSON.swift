internal import Files

extension Check {
  var json: JSONValue {
    let condition: [(name: String, value: JSONValue)] =
      switch condition {
      case .equals(let reference, let tolerance): [("equals", .number(reference)), ("tolerance", .number(tolerance))]
      case .atMost(let bound): [("atMost", .number(bound))]
      case .atLeast(let bound): [("atLeast", .number(bound))]
      case .between(let low, let high): [("from", .number(low)), ("to", .number(high))]
      case .holds: []
      }
    let begin: [(name: String, value: JSONValue)] = [("name", .string(name)), ("value", .number(value))]
    let end: [(name: String, value: JSONValue)] = [
      ("kind", .string(kind.rawValue)), ("source", .string(source)), ("outcome", .string(outcome)),
    ]
    return .object(begin + condition + end)
  }

  init(_ reader: RecordReader) throws(LoadError) {
    name = try reader.text("name")
    value = try reader.number("value")
    if reader.value["equals"] != nil {
      condition = .equals(try reader.number("equals"), tolerance: try reader.number("tolerance"))
    } else if reader.value["atMost"] != nil {
      condition = .atMost(try reader.number("atMost"))
    } else if reader.value["atLeast"] != nil {
      condition = .atLeast(try reader.number("atLeast"))
    } else if reader.value["from"] != nil {
      condition = .between(try reader.number("from"), try reader.number("to"))
    } else {
      condition = .holds
    }
    guard let kind = Kind(rawValue: try reader.text("kind")) else { throw reader.error(expected: "a kind of check") }
    self.kind = kind
    source = try reader.text("source")
    isJudged = try reader.text("outcome") != "shown"
  }
}
