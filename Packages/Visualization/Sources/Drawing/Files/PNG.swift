internal import CPNG

/// PNG files in memory: writing with resolution and provenance, reading with a limit.
public enum PNG {
  /// How the pixels are stored.
  public enum Storage: Hashable, Sendable {
    /// A palette up to 256 colours, else three channels, or four if anything is transparent.
    case automatic
    /// Red, green and blue.
    case rgb
    /// Red, green, blue and opacity.
    case rgba
  }

  /// A picture read from a file.
  public struct Decoded: Sendable {
    /// The pixels.
    public let image: Image
    /// Whether the file stores colours rather than grays.
    public let hasColor: Bool
    /// The resolution in dots per inch, if the file says so.
    public let dpi: Double?
    /// The text stored beside the pixels, by keyword, in file order.
    public let text: [Provenance.Entry]

    /// The text with a keyword.
    public subscript(keyword: String) -> String? { text.first { $0.keyword == keyword }?.text }
  }

  /// Makes a PNG file. The same input always gives the same bytes; `level` 1 is fastest, 9 is smallest.
  public static func encode(
    _ image: Image, dpi: Double? = nil, provenance: Provenance? = nil, storage: Storage = .automatic, level: Int = 2
  ) throws(DrawingError) -> [UInt8] {
    let texts = try (provenance?.entries ?? []).map { entry throws(DrawingError) in try StoredText(entry) }
    let pointers = texts.map(\.pointers)
    defer { withExtendedLifetime(texts) {} }
    var buffer = cpng_buffer()
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let status = pointers.withUnsafeBufferPointer { list in
      var options = cpng_options()
      options.color =
        switch storage {
        case .automatic: CPNG_COLOR_AUTOMATIC
        case .rgb: CPNG_COLOR_RGB
        case .rgba: CPNG_COLOR_RGBA
        }
      options.level = Int32(min(max(level, 0), 9))
      options.pixels_per_metre = UInt32((max(dpi ?? 0, 0) / 0.0254).rounded())
      options.texts = list.baseAddress
      options.text_count = list.count
      return cpng_encode(image.pixels, UInt32(image.width), UInt32(image.height), &options, shared, &buffer, &message)
    }
    defer { cpng_free(buffer.bytes) }
    guard status == 0 else { throw .badPNG(reason: text(message)) }
    return Array(UnsafeBufferPointer(start: buffer.bytes, count: buffer.count))
  }

  /// Reads a PNG file of any kind: gray, colour or palette, 1 to 16 bits (16 are reduced to 8), interlaced or not.
  /// A picture of more than `pixelLimit` pixels is refused before any memory is spent on it.
  public static func decode(_ bytes: [UInt8], pixelLimit: Int = 1 << 26) throws(DrawingError) -> Decoded {
    var result = cpng_image()
    var message = [CChar](repeating: 0, count: Int(CPNG_MESSAGE_SIZE))
    let status = cpng_decode(bytes, bytes.count, UInt64(max(pixelLimit, 0)), &result, &message)
    defer {
      cpng_free(result.pixels)
      cpng_free(result.text.bytes)
    }
    let width = Int(result.width)
    let height = Int(result.height)
    if status == 1 { throw .tooManyPixels(width: width, height: height, limit: pixelLimit) }
    guard status == 0 else { throw .badPNG(reason: text(message)) }
    let pixels = Array(UnsafeBufferPointer(start: result.pixels, count: width * height))
    let words = UnsafeBufferPointer(start: result.text.bytes, count: result.text.count)
      .split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    let pairs = stride(from: 0, to: words.count - 1, by: 2).map { Provenance.Entry(words[$0], words[$0 + 1]) }
    return Decoded(
      image: Image(width: width, height: height, pixels: pixels), hasColor: result.had_color != 0,
      dpi: result.pixels_per_metre > 0 ? Double(result.pixels_per_metre) * 0.0254 : nil, text: pairs)
  }

  /// Reads a PNG file from the disk.
  public static func read(_ path: String, pixelLimit: Int = 1 << 26) throws(DrawingError) -> Decoded {
    try decode(PictureFile.read(path, limit: 1 << 30), pixelLimit: pixelLimit)
  }

  /// The checksum of PNG chunks.
  static func checksum(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    bytes.withUnsafeBufferPointer { cpng_crc32(0, $0.baseAddress, $0.count) }
  }

  private static func text(_ message: [CChar]) -> String {
    String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// One text chunk in memory that C can point to. PNG allows keywords of 1 to 79 Latin-1 characters and texts without
/// a zero byte.
private final class StoredText {
  private let keyword: UnsafeMutablePointer<CChar>
  private let text: UnsafeMutablePointer<CChar>
  private let international: Bool

  init(_ entry: Provenance.Entry) throws(DrawingError) {
    let name = entry.keyword.unicodeScalars.map(\.value)
    let printable = name.allSatisfy { (32...126).contains($0) || (161...255).contains($0) }
    guard (1...79).contains(name.count), printable, name.first != 32, name.last != 32 else {
      throw .badPNG(reason: "the keyword \"\(entry.keyword)\" must have 1 to 79 printable Latin-1 characters")
    }
    let latin = entry.text.unicodeScalars.allSatisfy { $0.value < 256 }
    keyword = StoredText.copy(name.map { UInt8($0) })
    text = StoredText.copy(latin ? entry.text.unicodeScalars.map { UInt8($0.value) } : Array(entry.text.utf8))
    international = !latin
  }

  deinit {
    keyword.deallocate()
    text.deallocate()
  }

  var pointers: cpng_text { cpng_text(keyword: keyword, text: text, international: international ? 1 : 0) }

  private static func copy(_ bytes: [UInt8]) -> UnsafeMutablePointer<CChar> {
    let kept = bytes.filter { $0 != 0 }
    let result = UnsafeMutablePointer<CChar>.allocate(capacity: kept.count + 1)
    for (index, byte) in kept.enumerated() { result[index] = CChar(bitPattern: byte) }
    result[kept.count] = 0
    return result
  }
}

/// Does the parts on as many threads as there are processors.
private let shared: cpng_share = { count, context, part in
  // Unsafe only in name: the parts write to different places, and all end before this does.
  nonisolated(unsafe) let context = context
  inParts(of: count, size: 1) { for index in $0 { part?(context, index) } }
}
