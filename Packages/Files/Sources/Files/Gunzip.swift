internal import CZlib

extension FileBytes {
  /// Whether these bytes begin as a gzip file does.
  public var isGzip: Bool { withBytes { $0.count >= 2 && $0[0] == 0x1f && $0[1] == 0x8b } }

  /// Unpacks a gzip file: every check sum must hold, and nothing may be missing or left over.
  ///
  /// - Parameters:
  ///   - path: The file these bytes came from, for messages.
  ///   - limit: The most bytes that may come out, however few went in.
  public func gunzipped(path: String, limit: Int) throws(LoadError) -> FileBytes {
    var (output, end) = ([UInt8](), GzipEnd.damaged)
    withBytes { input in end = gunzip(input, into: &output, limit: limit) }
    switch end {
    case .whole: return FileBytes(output)
    case .tooLarge: throw .tooLarge(path: path, bytes: limit + 1, limit: limit)
    case .cut: throw .corrupt(path: path, expected: "a whole gzip file", found: "one that ends too early")
    case .damaged: throw .corrupt(path: path, expected: "gzip data", found: "other data or a wrong check sum")
    case .surplus(let bytes):
      throw .corrupt(path: path, expected: "the end of the gzip data", found: "\(bytes) more bytes")
    }
  }
}

private enum GzipEnd {
  case whole, tooLarge, cut, damaged, surplus(Int)
}

private func gunzip(_ input: UnsafeRawBufferPointer, into output: inout [UInt8], limit: Int) -> GzipEnd {
  var stream = z_stream()
  guard wabe_gunzip_start(&stream) == Z_OK else { return .damaged }
  defer { inflateEnd(&stream) }
  // A piece at a time: what a file claims to unpack to is not believed before it is there.
  var piece = [UInt8](repeating: 0, count: 1 << 18)
  var read = 0
  while true {
    let source = UnsafeRawBufferPointer(rebasing: input[read...].prefix(1 << 30))
    stream.next_in = UnsafeMutablePointer(mutating: source.bindMemory(to: UInt8.self).baseAddress)
    stream.avail_in = UInt32(source.count)
    let (result, made) = piece.withUnsafeMutableBytes { target in
      stream.next_out = target.bindMemory(to: UInt8.self).baseAddress
      stream.avail_out = UInt32(target.count)
      let result = inflate(&stream, Z_NO_FLUSH)
      return (result, target.count - Int(stream.avail_out))
    }
    let taken = source.count - Int(stream.avail_in)
    read += taken
    if made > limit - output.count { return .tooLarge }
    output += piece[..<made]
    switch result {
    case Z_STREAM_END:
      if read == input.count { return .whole }
      // Gzip files may be joined end to end; anything else does not belong there.
      guard input.count - read >= 2, input[read] == 0x1f, input[read + 1] == 0x8b, inflateReset(&stream) == Z_OK else {
        return .surplus(input.count - read)
      }
    case Z_OK where taken > 0 || made > 0: continue
    case Z_OK, Z_BUF_ERROR: return .cut
    default: return .damaged
    }
  }
}
