import Drawing
import Plotting
import Testing

/// A picture drawn by a closure.
struct Sketch: Picture {
  var size: Size
  var paint: @Sendable (Canvas) -> Void

  init(_ width: Double, _ height: Double, _ paint: @escaping @Sendable (Canvas) -> Void) {
    size = Size(width, height)
    self.paint = paint
  }

  func draw(on canvas: Canvas) throws(DrawingError) { paint(canvas) }
}

/// Repeatable numbers between 0 and 1.
struct Numbers {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 2_862_933_555_777_941_757 &+ 3_037_000_493 }

  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }
}

/// A PNG writer for tests that shares nothing with the library: stored (uncompressed) zlib blocks and its own sums.
struct HandmadePNG {
  var bytes: [UInt8] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

  /// `rows` hold the packed samples of each row without the filter byte.
  init(width: Int, height: Int, depth: UInt8, color: UInt8, rows: [[UInt8]], extra: [(String, [UInt8])] = []) {
    add("IHDR", word(width) + word(height) + [depth, color, 0, 0, 0])
    for (name, data) in extra { add(name, data) }
    add("IDAT", HandmadePNG.stored(rows.flatMap { [0] + $0 }))
    add("IEND", [])
  }

  mutating func add(_ name: String, _ data: [UInt8]) {
    let body = Array(name.utf8) + data
    bytes += word(data.count) + body + word(Int(HandmadePNG.crc(body)))
  }

  func word(_ value: Int) -> [UInt8] {
    [UInt8(value >> 24 & 255), UInt8(value >> 16 & 255), UInt8(value >> 8 & 255), UInt8(value & 255)]
  }

  static func crc(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xffff_ffff
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xedb8_8320 : crc >> 1 }
    }
    return ~crc
  }

  private static func stored(_ data: [UInt8]) -> [UInt8] {
    let count = data.count
    var (a, b) = (1, 0)
    for byte in data {
      a = (a + Int(byte)) % 65521
      b = (b + a) % 65521
    }
    let length = [UInt8(count & 255), UInt8(count >> 8)]
    let adler = [UInt8(b >> 8), UInt8(b & 255), UInt8(a >> 8), UInt8(a & 255)]
    return [0x78, 0x01, 1] + length + length.map { ~$0 } + data + adler
  }
}

/// The chunks of a PNG file, with their sums checked by an independent CRC.
func chunks(of bytes: [UInt8]) throws -> [(name: String, data: [UInt8])] {
  func word(_ at: Int) -> Int { bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) } }
  var result: [(name: String, data: [UInt8])] = []
  var at = 8
  while at < bytes.count {
    try #require(at + 12 <= bytes.count)
    let length = word(at)
    try #require(at + 12 + length <= bytes.count)
    let name = String(decoding: bytes[at + 4..<at + 8], as: UTF8.self)
    #expect(Int(HandmadePNG.crc(bytes[at + 4..<at + 8 + length])) == word(at + 8 + length), "sum of \(name)")
    result.append((name, Array(bytes[at + 8..<at + 8 + length])))
    at += 12 + length
  }
  return result
}
