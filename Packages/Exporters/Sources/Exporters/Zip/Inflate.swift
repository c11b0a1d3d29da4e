internal import Files

/// Unpacks the raw deflate data of a member, which must give exactly `size` bytes.
func inflated(_ packed: FileBytes, to size: Int, of name: String, path: String) throws(LoadError) -> FileBytes {
  guard let whole = packed.inflated(to: size) else {
    throw .corrupt(path: path, expected: "\(size) bytes of compressed data in \(name)", found: "other data")
  }
  return whole
}
