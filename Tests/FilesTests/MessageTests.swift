import Files
import Testing

@Suite struct MessageTests {
  @Test("a mismatch names everything at once, with the nearest name for what is missing")
  func mismatch() {
    let mismatch = Mismatch(
      missing: ["hidden.weight", "extra"], unexpected: ["hiden.weight", "other.bias"],
      different: [.init(name: "output.bias", expected: "float32 [1]", found: "float32 [3]")])
    #expect(
      mismatch.description == """
        missing hidden.weight (the file has hiden.weight), extra; unexpected hiden.weight, other.bias; \
        different output.bias (expected float32 [1], found float32 [3])
        """)
  }

  @Test("every message is one line, and names from files cannot control the terminal")
  func oneLine() {
    let name = "a\u{1b}[31m\nb\u{202e}"
    let messages: [String] = [
      SaveError.nonFinite(path: name, name: name, count: 3).description,
      SaveError.noSpace(path: name, reason: "full").description,
      LoadError.corrupt(path: name, expected: "x", found: name).description,
      LoadError.forbidden(path: name, object: name, feature: name).description,
      LoadError.mismatch(path: name, Mismatch(missing: [name], unexpected: [name + "x"])).description,
    ]
    for message in messages {
      #expect(!message.contains("\n") && !message.contains("\u{1b}") && !message.contains("\u{202e}"))
      #expect(message.contains("a\\u{1b}[31m\\u{a}b\\u{202e}"))
    }
  }
}
