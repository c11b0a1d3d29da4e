internal import CDigest

/// The SHA-256 digest of bytes that may arrive in pieces (FIPS 180-4).
///
/// Processors with SHA instructions are about four times as fast as the portable code; both give the same digest.
public struct SHA256: Sendable {
  private var state: [UInt32] = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19,
  ]
  private var pending: [UInt8] = []
  private var count = 0
  private let portable: Bool

  /// Starts a digest of nothing; `portable` avoids the processor's SHA instructions (for comparison).
  public init(portable: Bool = false) {
    self.portable = portable
    pending.reserveCapacity(64)
  }

  /// Continues the digest with these bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count += bytes.count
    var rest = bytes[...]
    if !pending.isEmpty {
      let taken = min(64 - pending.count, rest.count)
      pending.append(contentsOf: rest.prefix(taken))
      rest = rest.dropFirst(taken)
      guard pending.count == 64 else { return }
      pending.withUnsafeBytes { mix($0, into: &state) }
      pending.removeAll(keepingCapacity: true)
    }
    let whole = rest.count / 64 * 64
    mix(UnsafeRawBufferPointer(rebasing: rest.prefix(whole)), into: &state)
    pending.append(contentsOf: rest.dropFirst(whole))
  }

  /// The 32 bytes of the digest.
  public func digest() -> [UInt8] {
    var last = pending
    last.append(0x80)
    let zeros = (last.count <= 56 ? 56 : 120) - last.count
    last.append(contentsOf: repeatElement(0, count: zeros))
    withUnsafeBytes(of: (UInt64(count) * 8).bigEndian) { last.append(contentsOf: $0) }
    var final = state
    last.withUnsafeBytes { mix($0, into: &final) }
    return final.flatMap { word in withUnsafeBytes(of: word.bigEndian) { Array($0) } }
  }

  /// The digest of one piece of memory.
  public static func digest(of bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var hash = SHA256()
    hash.update(bytes)
    return hash.digest()
  }

  private func mix(_ blocks: UnsafeRawBufferPointer, into state: inout [UInt32]) {
    guard let base = blocks.bindMemory(to: UInt8.self).baseAddress, blocks.count >= 64 else { return }
    state.withUnsafeMutableBufferPointer { words in
      let kernel = portable ? wabe_sha256_blocks_portable : wabe_sha256_blocks
      kernel(words.baseAddress, base, blocks.count / 64)
    }
  }
}

/// The CRC-32C (Castagnoli) of bytes, as TensorBoard's records and the seal of a checkpoint use it.
public func crc32c(_ bytes: UnsafeRawBufferPointer, continuing crc: UInt32 = 0) -> UInt32 {
  guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return crc }
  return wabe_crc32c(crc, base, bytes.count)
}

/// Bytes as lowercase hexadecimal digits.
public func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
  let digits = Array("0123456789abcdef".utf8)
  var text: [UInt8] = []
  for byte in bytes {
    text.append(digits[Int(byte >> 4)])
    text.append(digits[Int(byte & 15)])
  }
  return String(decoding: text, as: UTF8.self)
}
