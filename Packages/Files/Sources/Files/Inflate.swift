internal import CZlib

extension FileBytes {
  /// Unpacks raw deflate data, as zip archives hold it, that must give exactly `size` bytes; nil when it does not.
  public func inflated(to size: Int) -> FileBytes? {
    var output = [UInt8](repeating: 0, count: size)
    let isWhole = withBytes { input in
      output.withUnsafeMutableBytes { output in inflate(input, into: output) }
    }
    return isWhole ? FileBytes(output) : nil
  }
}

/// Continues a CRC-32 (the one of zip, gzip and PNG) over more bytes; starts with 0.
public func crc32(_ bytes: UnsafeRawBufferPointer, continuing crc: UInt32 = 0) -> UInt32 {
  var crc = UInt(crc)
  var rest = bytes[...]
  while !rest.isEmpty {
    // zlib counts in 32 bits.
    let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 30))
    crc = CZlib.crc32(crc, piece.bindMemory(to: UInt8.self).baseAddress, UInt32(piece.count))
    rest = rest.dropFirst(1 << 30)
  }
  return UInt32(truncatingIfNeeded: crc)
}

private func inflate(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
  var stream = z_stream()
  guard wabe_inflate_start(&stream) == Z_OK else { return false }
  defer { inflateEnd(&stream) }
  var (read, written) = (0, 0)
  while true {
    // zlib counts in 32 bits.
    let source = UnsafeRawBufferPointer(rebasing: input[read...].prefix(1 << 30))
    let target = UnsafeMutableRawBufferPointer(rebasing: output[written...].prefix(1 << 30))
    stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(source.count)
    // One spare byte shows data that would go on: zlib needs somewhere to put it.
    var spare: UInt8 = 0
    let result = withUnsafeMutablePointer(to: &spare) { spare in
      stream.next_out = target.isEmpty ? spare : target.bindMemory(to: UInt8.self).baseAddress
      stream.avail_out = target.isEmpty ? 1 : UInt32(target.count)
      return CZlib.inflate(&stream, Z_NO_FLUSH)
    }
    if target.isEmpty && stream.avail_out == 0 { return false }
    let (taken, made) = (source.count - Int(stream.avail_in), target.count - Int(stream.avail_out))
    read += taken
    written += target.isEmpty ? 0 : made
    if result == Z_STREAM_END { return written == output.count && read == input.count }
    guard result == Z_OK, taken > 0 || made > 0 else { return false }
  }
}
