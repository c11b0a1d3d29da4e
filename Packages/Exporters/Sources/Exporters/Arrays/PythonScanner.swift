/// Reads the few Python literals that a `.npy` header consists of; nothing is evaluated.
struct PythonScanner {
  /// A value of the header.
  enum Value: Equatable {
    case text(String), bool(Bool), tuple([Int])
  }

  private let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The whole text as one dictionary; nil when it is anything else.
  mutating func dictionary() -> [String: Value]? {
    var entries: [String: Value] = [:]
    guard take("{") else { return nil }
    while !take("}") {
      guard let name = text(), take(":"), let value = value(), entries.updateValue(value, forKey: name) == nil else {
        return nil
      }
      if !take(",") {
        guard take("}") else { return nil }
        break
      }
    }
    skipSpace()
    return position == bytes.count ? entries : nil
  }

  private mutating func value() -> Value? {
    if let text = text() { return .text(text) }
    if word("True") { return .bool(true) }
    if word("False") { return .bool(false) }
    return tuple().map(Value.tuple)
  }

  private mutating func tuple() -> [Int]? {
    guard take("(") else { return nil }
    var (numbers, hasComma) = ([Int](), false)
    while !take(")") {
      guard numbers.isEmpty || hasComma, let number = number() else { return nil }
      numbers.append(number)
      hasComma = take(",")
    }
    // Without a comma, parentheses around one number are not a tuple in Python.
    return numbers.count == 1 && !hasComma ? nil : numbers
  }

  private mutating func number() -> Int? {
    skipSpace()
    let start = position
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
    return Int(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func text() -> String? {
    skipSpace()
    guard position < bytes.count, bytes[position] == 0x27 || bytes[position] == 0x22 else { return nil }
    let quote = bytes[position]
    guard let end = bytes[(position + 1)...].firstIndex(of: quote) else { return nil }
    let inner = bytes[(position + 1)..<end]
    guard inner.allSatisfy({ (0x20..<0x7f).contains($0) && $0 != 0x5c }) else { return nil }
    position = end + 1
    return String(decoding: inner, as: UTF8.self)
  }

  private mutating func word(_ word: String) -> Bool {
    skipSpace()
    guard bytes[position...].starts(with: word.utf8) else { return false }
    position += word.utf8.count
    return true
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while position < bytes.count, [0x20, 0x0a].contains(bytes[position]) { position += 1 }
  }
}
