#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// Whole files, written so that a reader finds either the old content or the new one, never a part.
public enum AtomicFile {
  /// Writes bytes to a path: into a new temporary file beside it, flushed to the disk, then renamed over it. On any
  /// error the temporary file is removed and the old file is untouched.
  public static func write(_ bytes: [UInt8], to path: String) throws(DrawingError) {
    let (folder, name) = split(path)
    let (file, temporary) = try create(in: folder, for: name, path: path)
    do throws(DrawingError) {
      try fill(file, with: bytes, path: path)
      guard rename(temporary, path) == 0 else { throw failure(path, "rename the finished file") }
    } catch {
      unlink(temporary)
      throw error
    }
    try flushFolder(folder, path: path)
  }

  /// Reads a whole file of at most `limit` bytes.
  public static func read(_ path: String, limit: Int = 1 << 30) throws(DrawingError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, "open") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(path, "read") }
    guard status.st_size <= limit else {
      throw .file(path: path, action: "read", code: EFBIG, reason: "larger than \(limit) bytes")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        pread(file, $0.baseAddress?.advanced(by: filled), $0.count - filled, off_t(filled))
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw failure(path, "read") }
      if count == 0 { break }
      filled += count
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// The folder and the last part of a path.
  private static func split(_ path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    let folder = slash == path.startIndex ? "/" : String(path[..<slash])
    return (folder, String(path[path.index(after: slash)...]))
  }

  /// Creates a file that did not exist before, so that two programs never write into the same one.
  private static func create(
    in folder: String, for name: String, path: String
  ) throws(DrawingError) -> (file: Int32, path: String) {
    for attempt in 0..<100 {
      let temporary = "\(folder)/.\(name).\(getpid())-\(attempt).tmp"
      let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o644)
      if file >= 0 { return (file, temporary) }
      if errno == EINTR || errno == EEXIST { continue }
      throw failure(path, "create a file in its folder")
    }
    throw failure(path, "find a free name for a temporary file")
  }

  /// Writes all bytes, asks for them to be on the disk, and closes the file whatever happens.
  private static func fill(_ file: Int32, with bytes: [UInt8], path: String) throws(DrawingError) {
    do throws(DrawingError) {
      var written = 0
      while written < bytes.count {
        let count = bytes.withUnsafeBytes {
          systemWrite(file, $0.baseAddress?.advanced(by: written), $0.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { throw failure(path, "write") }
        written += count
      }
      // A failed fsync is not retried: the kernel may have dropped the pages and report success the second time.
      guard fsync(file) == 0 else { throw failure(path, "flush to the disk") }
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw failure(path, "close") }
  }

  /// Makes the rename itself durable.
  private static func flushFolder(_ folder: String, path: String) throws(DrawingError) {
    let file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, "open its folder") }
    defer { close(file) }
    guard fsync(file) == 0 else { throw failure(path, "flush its folder to the disk") }
  }

  /// The error of the system call that just failed.
  private static func failure(_ path: String, _ action: String) -> DrawingError {
    let code = errno
    return .file(path: path, action: action, code: code, reason: String(cString: strerror(code)))
  }
}

/// The system call `write`, under a name that does not collide with `AtomicFile.write`.
private func systemWrite(_ file: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(file, bytes, count)
}
