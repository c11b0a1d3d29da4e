import Files
import Testing

/// "hello, hello, hello\n" as gzip 1.12 packs it (`gzip -n`).
private let packed: [UInt8] = [
  31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 203, 72, 205, 201, 201, 215, 81, 200, 64, 162, 184, 0, 231, 66, 110, 82, 20, 0, 0, 0,
]
private let text = "hello, hello, hello\n"

struct GunzipTests {
  @Test("a gzip file unpacks, also when two are joined") func whole() throws {
    let one = try FileBytes(packed).gunzipped(path: "a.gz", limit: 20)
    #expect(one.withBytes { String(decoding: $0, as: UTF8.self) } == text)
    let two = try FileBytes(packed + packed).gunzipped(path: "a.gz", limit: 40)
    #expect(two.withBytes { String(decoding: $0, as: UTF8.self) } == text + text)
  }

  @Test("no more comes out than the limit allows") func limit() {
    #expect(throws: LoadError.tooLarge(path: "a.gz", bytes: 20, limit: 19)) {
      try FileBytes(packed).gunzipped(path: "a.gz", limit: 19)
    }
  }

  @Test("a gzip file that is cut anywhere, goes on, or has one wrong byte is refused") func damaged() {
    for end in packed.indices {
      #expect(throws: LoadError.self, "cut at \(end)") {
        try FileBytes(Array(packed[..<end])).gunzipped(path: "a.gz", limit: 100)
      }
    }
    #expect(throws: LoadError.corrupt(path: "a.gz", expected: "the end of the gzip data", found: "3 more bytes")) {
      try FileBytes(packed + [1, 2, 3]).gunzipped(path: "a.gz", limit: 100)
    }
    // From the compressed data on; the header's time and system number mean nothing.
    for place in 10..<packed.count {
      var wrong = packed
      wrong[place] ^= 0x10
      #expect(throws: LoadError.self, "byte \(place)") {
        try FileBytes(wrong).gunzipped(path: "a.gz", limit: 100)
      }
    }
  }

  @Test("CRC-32 has its published check value") func crc() {
    #expect(Array("123456789".utf8).withUnsafeBytes { crc32($0) } == 0xcbf4_3926)
  }
}
