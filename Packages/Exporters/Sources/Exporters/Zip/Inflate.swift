internal import CZlib
internal import Files

/// Unpacks raw deflate data that must give exactly `size` bytes.
func inflated(_ packed: FileBytes, to size: Int, of name: String, path: String) throws(LoadError) -> FileBytes {
  var output = [UInt8](repeating: 0, count: size)
  let isWhole = packed.withBytes { input in
    output.withUnsafeMutableBytes { output in inflate(input, into: output) }
  }
  guard isWhole else {
    throw .corrupt(path: path, expected: "\(size) bytes of compressed data in \(name)", found: "other data")
  }
  return FileBytes(output)
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
