import Files
import Testing

@Suite struct JSONTests {
  @Test(
    "valid JSON is read and written back as it was",
    arguments: [
      "null", "true", "[]", "{}", "0", "-1", "9223372036854775807", "9223372036854775808",
      "18446744073709551615", "1.5", "\"\"", "\"ü⬡\"", "[1,[2,[3]]]",
      #"{"b":1,"a":{"c":[null,false]}}"#, #""\"\\\n""#, #""\u0001""#,
    ])
  func roundTrip(text: String) throws {
    #expect(try JSONValue(parsing: text.utf8).text == text)
  }

  @Test(
    "escapes, spaces and exponents are understood",
    arguments: [
      (#" [ 1 , 2 ] "#, JSONValue.array([.integer(1), .integer(2)])),
      (#""\ud83d\udc1d\/\b\f\t\r""#, .string("🐝/\u{8}\u{c}\t\r")),
      ("1e3", .number(1000)), ("-0.5E-1", .number(-0.05)),
      ("18446744073709551616", .number(18_446_744_073_709_551_616)),
    ])
  func understood(text: String, value: JSONValue) throws {
    #expect(try JSONValue(parsing: text.utf8) == value)
  }

  @Test(
    "what is not JSON, or means two things, is refused",
    arguments: [
      "", " ", "nul", "01", "1.", ".5", "+1", "-", "1e", "1e999", "[1,]", "[1 2]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}",
      "{\"a\":1,\"a\":2}", "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "[] []",
      "\"a\nb\"", "\u{feff}1", "NaN", "Infinity", "[", "{\"a\"", "{\"\\u0061\":1,\"a\":2}", "1\0",
    ])
  func refused(text: String) {
    #expect(throws: JSONError.self) { try JSONValue(parsing: text.utf8) }
  }

  @Test("depth is limited before the stack is")
  func depth() {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    #expect(throws: JSONError.self) { try JSONValue(parsing: deep) }
    #expect(throws: JSONError.self) { try JSONValue(parsing: [0x22, 0xff, 0x22]) }
  }
}
