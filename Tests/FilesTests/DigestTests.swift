import Files
import Testing

@Suite struct DigestTests {
  // NIST, "Example Values for SHA-256" and FIPS 180-2, appendix B.
  @Test(
    "SHA-256 gives the digests that NIST publishes, with and without the processor's instructions",
    arguments: [
      ("", 1, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", 1, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      ("a", 1_000_000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ])
  func published(text: String, times: Int, digest: String) {
    let bytes = [UInt8](String(repeating: text, count: times).utf8)
    for portable in [false, true] {
      var hash = SHA256(portable: portable)
      bytes.withUnsafeBytes { hash.update($0) }
      #expect(hexadecimal(hash.digest()) == digest)
    }
  }

  @Test("SHA-256 does not depend on how the bytes are cut, nor on the instructions used")
  func pieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 3) }
    for count in bytes.indices {
      let whole = bytes.prefix(count).withUnsafeBytes { SHA256.digest(of: $0) }
      var hash = SHA256(portable: true)
      for start in stride(from: 0, to: count, by: 37) {
        bytes[start..<min(start + 37, count)].withUnsafeBytes { hash.update($0) }
      }
      #expect(hash.digest() == whole, "length \(count)")
    }
  }

  // RFC 3720, appendix B.4, and the check value of the CRC catalogue.
  @Test(
    "CRC-32C gives the published check values",
    arguments: [
      ([UInt8]("123456789".utf8), 0xe306_9283),
      ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
      ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
      ([UInt8](0..<32), 0x46dd_794e),
    ] as [([UInt8], UInt32)])
  func crc(bytes: [UInt8], value: UInt32) {
    #expect(bytes.withUnsafeBytes { crc32c($0) } == value)
    let first = bytes.prefix(5).withUnsafeBytes { crc32c($0) }
    #expect(bytes.dropFirst(5).withUnsafeBytes { crc32c($0, continuing: first) } == value)
  }
}
