/// Why a text is not accepted as JSON.
public struct JSONError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The position of the first byte that does not fit.
  public let offset: Int
  /// What was expected there.
  public let expected: String

  /// A sentence with the position.
  public var description: String { "expected \(expected) at byte \(offset)" }
}

extension JSONValue {
  /// Reads strict JSON: one value, valid UTF-8, no duplicate names, nested at most `depth` deep.
  public init(parsing bytes: some Sequence<UInt8>, depth: Int = 64) throws(JSONError) {
    var parser = JSONParser(bytes: Array(bytes), depth: depth)
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  let depth: Int
  var position = 0

  init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
  }

  mutating func document() throws(JSONError) -> JSONValue {
    skipSpace()
    let value = try value(level: 0)
    skipSpace()
    if position < bytes.count { throw error("the end") }
    return value
  }

  private mutating func value(level: Int) throws(JSONError) -> JSONValue {
    if level > depth { throw error("at most \(depth) levels") }
    switch peek {
    case UInt8(ascii: "{"): return .object(try members(level: level))
    case UInt8(ascii: "["): return .array(try elements(level: level))
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    default: return try number()
    }
  }

  private mutating func members(level: Int) throws(JSONError) -> [(name: String, value: JSONValue)] {
    var members: [(name: String, value: JSONValue)] = []
    var names: Set<String> = []
    position += 1
    skipSpace()
    if take("}") { return members }
    repeat {
      skipSpace()
      let start = position
      let name = try string()
      // Swift compares canonically equal texts as equal, so two spellings of one name count as twice, too.
      if !names.insert(name).inserted { throw JSONError(offset: start, expected: "a name that was not there before") }
      skipSpace()
      if !take(":") { throw error("a colon") }
      skipSpace()
      members.append((name, try value(level: level + 1)))
      skipSpace()
    } while take(",")
    if !take("}") { throw error("a comma or a closing brace") }
    return members
  }

  private mutating func elements(level: Int) throws(JSONError) -> [JSONValue] {
    var elements: [JSONValue] = []
    position += 1
    skipSpace()
    if take("]") { return elements }
    repeat {
      skipSpace()
      elements.append(try value(level: level + 1))
      skipSpace()
    } while take(",")
    if !take("]") { throw error("a comma or a closing bracket") }
    return elements
  }

  private mutating func string() throws(JSONError) -> String {
    if !take("\"") { throw error("a string") }
    let start = position
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      if byte < 0x20 { throw error("no control character in a string") }
      position += 1
      if byte == UInt8(ascii: "\\") {
        text.append(contentsOf: try escape())
      } else {
        text.append(byte)
      }
    }
    if !take("\"") { throw error("the end of a string") }
    guard let string = String(validating: text, as: UTF8.self) else {
      throw JSONError(offset: start, expected: "valid UTF-8")
    }
    return string
  }

  private mutating func escape() throws(JSONError) -> [UInt8] {
    guard let byte = peek else { throw error("an escape") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw error("an escape")
    }
  }

  private mutating func unicodeEscape() throws(JSONError) -> [UInt8] {
    var code = try fourDigits()
    if (0xd800..<0xdc00).contains(code) {
      guard take("\\"), take("u") else { throw error("the second half of a surrogate pair") }
      let low = try fourDigits()
      guard (0xdc00..<0xe000).contains(low) else { throw error("the second half of a surrogate pair") }
      code = 0x10000 + (code - 0xd800) << 10 + (low - 0xdc00)
    }
    guard let scalar = Unicode.Scalar(code) else { throw error("a Unicode scalar") }
    return Array(String(Character(scalar)).utf8)
  }

  private mutating func fourDigits() throws(JSONError) -> UInt32 {
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = peek, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw error("four hexadecimal digits")
      }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }

  private mutating func number() throws(JSONError) -> JSONValue {
    let start = position
    _ = take("-")
    if take("0") {
      if let byte = peek, isDigit(byte) { throw error("no digit after a leading zero") }
    } else {
      try digits()
    }
    var isWhole = true
    if take(".") {
      isWhole = false
      try digits()
    }
    if take("e") || take("E") {
      isWhole = false
      if !take("+") { _ = take("-") }
      try digits()
    }
    let text = String(decoding: bytes[start..<position], as: UTF8.self)
    if isWhole, let integer = Int(text) { return .integer(integer) }
    // The state of a random source uses all 64 bits; a Double would lose eleven of them.
    if isWhole, let integer = UInt64(text) { return .unsigned(integer) }
    guard let number = Double(text), number.isFinite else {
      throw JSONError(offset: start, expected: "a number that fits")
    }
    return .number(number)
  }

  private mutating func digits() throws(JSONError) {
    let start = position
    while let byte = peek, isDigit(byte) { position += 1 }
    if position == start { throw error("a value") }
  }

  private func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }

  private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
    let expected = "\(word)"
    guard bytes[position...].starts(with: expected.utf8) else { throw error(expected) }
    position += expected.utf8.count
    return value
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { position += 1 }
  }

  private func error(_ expected: String) -> JSONError { JSONError(offset: position, expected: expected) }
}
