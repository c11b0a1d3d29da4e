internal import Files
public import Tensors

/// Reads IDX files, the format of MNIST and Fashion-MNIST: one array of numbers, plain or packed by gzip.
///
/// The bytes 0 0 type rank, then one big-endian 32-bit size per axis, then the elements, big-endian and row by row.
public enum IDX {
  /// The array in the file at `path`.
  ///
  /// Signed 8-bit and 16-bit integers become int32; all other types are kept.
  ///
  /// - Parameter limit: The most bytes that are read, and the most that a packed file may unpack to.
  public static func read(_ path: String, limit: Int = 2 << 30) throws(DataError) -> Tensor {
    let bytes: FileBytes
    do throws(LoadError) {
      let file = try FileReader(limit: limit).read(path)
      bytes = file.isGzip ? try file.gunzipped(path: path, limit: limit) : file
    } catch { throw .file(error) }
    return try bytes.withBytes { bytes throws(DataError) in try decode(bytes, path: path, limit: limit) }
  }

  private static func decode(_ bytes: UnsafeRawBufferPointer, path: String, limit: Int) throws(DataError) -> Tensor {
    guard bytes.count >= 4 else {
      throw .format(path: path, expected: "an IDX file of at least 4 bytes", found: "\(bytes.count) bytes")
    }
    guard bytes[0] == 0, bytes[1] == 0, let width = widths[bytes[2]], (1...6).contains(bytes[3]) else {
      let start = bytes.prefix(4).map { String($0, radix: 16) }.joined(separator: " ")
      throw .format(path: path, expected: "an IDX file: the bytes 0 0, a known type, 1 to 6 axes", found: start)
    }
    let rank = Int(bytes[3])
    let header = 4 + 4 * rank
    guard bytes.count >= header else {
      throw .format(path: path, expected: "\(rank) sizes in \(header) bytes", found: "\(bytes.count) bytes")
    }
    let sizes = (0..<rank).map { Int(number(bytes, at: 4 + 4 * $0) as UInt32) }
    var needed = width
    for size in sizes {
      let (product, overflows) = needed.multipliedReportingOverflow(by: size)
      needed = overflows ? Int.max / 2 : Swift.min(product, Int.max / 2)
    }
    guard needed <= limit else {
      throw .format(path: path, expected: "sizes that need at most \(limit) bytes", found: "the sizes \(sizes)")
    }
    guard bytes.count - header == needed else {
      throw .format(
        path: path, expected: "\(needed) bytes of elements for the sizes \(sizes)",
        found: "\(bytes.count - header) bytes")
    }
    return elements(UnsafeRawBufferPointer(rebasing: bytes[header...]), type: bytes[2], Shape(sizes))
  }

  /// The bytes of one element by type code.
  private static let widths: [UInt8: Int] = [0x08: 1, 0x09: 1, 0x0b: 2, 0x0c: 4, 0x0d: 4, 0x0e: 8]

  private static func elements(_ bytes: UnsafeRawBufferPointer, type: UInt8, _ shape: Shape) -> Tensor {
    let count = shape.elementCount
    switch type {
    case 0x08: return Tensor(Array(bytes), shape: shape)
    case 0x09: return Tensor(bytes.map { Int32(Int8(bitPattern: $0)) }, shape: shape)
    case 0x0b: return Tensor((0..<count).map { Int32(number(bytes, at: 2 * $0) as Int16) }, shape: shape)
    case 0x0c: return Tensor((0..<count).map { number(bytes, at: 4 * $0) as Int32 }, shape: shape)
    case 0x0d: return Tensor((0..<count).map { Float(bitPattern: number(bytes, at: 4 * $0)) }, shape: shape)
    default: return Tensor((0..<count).map { Double(bitPattern: number(bytes, at: 8 * $0)) }, shape: shape)
    }
  }

  private static func number<Number: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer, at start: Int) -> Number {
    Number(bigEndian: bytes.loadUnaligned(fromByteOffset: start, as: Number.self))
  }
}
