internal import Files

/// The first 512 bytes of a checkpoint: what follows, how much of it, and its SHA-256.
///
/// They are checked before libhdf5 sees a byte. HDF5 calls such bytes a user block and skips them, so h5dump and h5py
/// open the file. A seal finds damage; it is no signature, because anybody can compute one.
struct Seal: Equatable {
  static let byteCount = 512
  static let newestVersion = 1
  // The high first byte and the line ends show what a text transfer broke, as in PNG's signature.
  private static let magic: [UInt8] = [0x89, 0x57, 0x41, 0x42, 0x45, 0x0d, 0x0a, 0x1a]

  var payloadBytes: Int
  var digest: [UInt8]
  var step: Int
  /// How good the model was, where that is known: lower is better.
  var score: Double?

  /// The seal as bytes: magic 8, version 2, flags 2 (1: has a score), zeros 4, payload 8, digest 32, step 8, score 8,
  /// zeros, CRC-32C 4.
  var encoded: [UInt8] {
    var bytes = Self.magic
    bytes +=
      littleEndian(UInt16(Self.newestVersion)) + littleEndian(UInt16(score == nil ? 0 : 1)) + littleEndian(UInt32(0))
    bytes += littleEndian(UInt64(payloadBytes)) + digest + littleEndian(UInt64(step))
    bytes += littleEndian((score ?? 0).bitPattern)
    bytes += [UInt8](repeating: 0, count: Self.byteCount - 4 - bytes.count)
    let crc = bytes.withUnsafeBytes { crc32c($0) }
    return bytes + littleEndian(crc)
  }

  init(payloadBytes: Int, digest: [UInt8], step: Int, score: Double?) {
    self.payloadBytes = payloadBytes
    self.digest = digest
    self.step = step
    self.score = score
  }

  /// Reads a seal.
  init(_ bytes: [UInt8], path: String) throws(LoadError) {
    guard bytes.count == Self.byteCount, Array(bytes.prefix(8)) == Self.magic else {
      throw .corrupt(path: path, expected: "the seal of a checkpoint", found: "other bytes")
    }
    let crc = bytes.withUnsafeBytes { crc32c(UnsafeRawBufferPointer(rebasing: $0.dropLast(4))) }
    guard number(bytes, 508, 4) == Int(crc) else {
      throw .corrupt(path: path, expected: "a whole seal", found: "one with a wrong check sum")
    }
    let version = number(bytes, 8, 2)
    guard version == Self.newestVersion else {
      throw .unsupportedVersion(path: path, found: version, newest: Self.newestVersion)
    }
    var pattern: UInt64 = 0
    for byte in bytes[64..<72].reversed() { pattern = pattern << 8 | UInt64(byte) }
    self.init(
      payloadBytes: number(bytes, 16, 8), digest: Array(bytes[24..<56]), step: number(bytes, 56, 8),
      score: number(bytes, 10, 2) == 1 ? Double(bitPattern: pattern) : nil)
    // Everything between is written as zero, so that no byte of the seal can change unnoticed or carry anything.
    guard encoded == bytes else {
      throw .corrupt(path: path, expected: "zeros where the seal says nothing", found: "other bytes")
    }
  }
}

private func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: number.littleEndian) { Array($0) }
}

private func number(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int {
  var result: UInt64 = 0
  for byte in bytes[start..<start + count].reversed() { result = result << 8 | UInt64(byte) }
  return Int(clamping: result)
}
