internal import Files

/// Writing and reading whole files through `Files`, with the errors of this package.
enum PictureFile {
  /// Writes bytes so that a reader finds either the old content or the new one, never a part.
  static func write(_ bytes: [UInt8], to path: String) throws(DrawingError) {
    do throws(SaveError) { try AtomicWriter().write(bytes, to: path) } catch { throw .cannotWrite(error) }
  }

  /// Reads a file of at most `limit` bytes.
  static func read(_ path: String, limit: Int) throws(DrawingError) -> [UInt8] {
    do throws(LoadError) {
      return try FileReader(limit: limit).read(path).withBytes { Array($0) }
    } catch { throw .cannotRead(error) }
  }
}
