/// Text as HTML.
enum HTML {
  /// The text with the characters that HTML gives a meaning replaced.
  static func escaped(_ text: some StringProtocol) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A paragraph's text with its marks of code and emphasis.
  static func inline(_ text: String) -> String {
    Markup.pieces(of: text).map { kind, text in
      switch kind {
      case .plain: escaped(text)
      case .code: "<code>\(escaped(text))</code>"
      case .emphasis: "<em>\(escaped(text))</em>"
      }
    }.joined()
  }

  /// Bytes as text of 64 letters (RFC 4648), for pictures inside a page.
  static func base64(_ bytes: UnsafeRawBufferPointer) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var word = UInt32(bytes[start]) << 16
      if count > 1 { word |= UInt32(bytes[start + 1]) << 8 }
      if count > 2 { word |= UInt32(bytes[start + 2]) }
      for part in 0..<4 {
        let letter = letters[Int(word >> UInt32(18 - 6 * part)) & 63]
        result.append(part <= count ? letter : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
