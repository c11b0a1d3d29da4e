internal import Glibc

/// Reads whole files into memory: regular files only, never waiting for a pipe, never more than a limit.
public struct FileReader: Sendable {
  /// The largest file that is accepted, in bytes.
  public var limit: Int
  private let operations: any FileOperations

  /// A reader on the operating system, or on a stand-in for tests.
  public init(limit: Int = 4 << 30, operations: any FileOperations = SystemFiles()) {
    self.limit = limit
    self.operations = operations
  }

  /// The bytes of the file at `path`.
  public func read(_ path: String) throws(LoadError) -> FileBytes {
    try read(path, digestAfter: nil).bytes
  }

  /// The bytes of the file at `path`, and the SHA-256 of those after the first `skipped`.
  public func read(_ path: String, digestAfter skipped: Int?) throws(LoadError) -> (bytes: FileBytes, digest: [UInt8]) {
    let file = try open(path)
    // A file that was only read loses nothing by a failed close.
    defer { try? operations.close(file) }
    let count = try length(of: file, path: path)
    var hash = skipped.map { _ in SHA256() }
    let bytes = try FileBytes(byteCount: count) { buffer throws(LoadError) in
      try fill(buffer, from: file, path: path, hash: &hash, skipped: skipped ?? 0)
    }
    guard let bytes else { throw .system(SystemError(.read, ENOMEM), path: path) }
    return (bytes, hash?.digest() ?? [])
  }

  /// The first bytes of the file at `path`, at most `count`.
  public func read(_ path: String, first count: Int) throws(LoadError) -> FileBytes {
    let file = try open(path)
    defer { try? operations.close(file) }
    let count = min(count, try length(of: file, path: path))
    let bytes = try FileBytes(byteCount: count) { buffer throws(LoadError) in
      try read(into: buffer, from: file, at: 0, path: path)
    }
    guard let bytes else { throw .system(SystemError(.read, ENOMEM), path: path) }
    return bytes
  }

  private func open(_ path: String) throws(LoadError) -> Int32 {
    if path.utf8.contains(0) { throw .notFound(path: path) }
    do throws(SystemError) { return try operations.open(path, in: AT_FDCWD) } catch {
      // Sockets answer so; the other special kinds are seen later.
      if error.code == ENXIO { throw .notRegularFile(path: path, kind: "socket") }
      throw LoadError(error, path: path)
    }
  }

  private func length(of file: Int32, path: String) throws(LoadError) -> Int {
    let status: FileStatus
    do throws(SystemError) { status = try operations.status(of: file) } catch { throw LoadError(error, path: path) }
    if status.kind != .file { throw .notRegularFile(path: path, kind: status.kind.rawValue) }
    if status.byteCount > limit { throw .tooLarge(path: path, bytes: status.byteCount, limit: limit) }
    return status.byteCount
  }

  // One thread reads a piece while another hashes the piece before.
  private func fill(
    _ buffer: UnsafeMutableRawBufferPointer, from file: Int32, path: String, hash: inout SHA256?, skipped: Int
  ) throws(LoadError) {
    let step = 4 << 20
    var (ready, hashed) = (0, min(skipped, buffer.count))
    while ready < buffer.count || (hash != nil && hashed < ready) {
      let next = ready..<min(ready + step, buffer.count)
      let target = UnsafeMutableRawBufferPointer(rebasing: buffer[next])
      let previous = UnsafeRawBufferPointer(rebasing: buffer[min(hashed, ready)..<ready])
      if hash == nil || previous.isEmpty {
        try read(into: target, from: file, at: next.lowerBound, path: path)
      } else if target.isEmpty {
        hash?.update(previous)
      } else {
        var digest = hash ?? SHA256()
        var outcome: Result<Void, LoadError> = .success(())
        together {
          digest.update(previous)
        } _: {
          do throws(LoadError) { try read(into: target, from: file, at: next.lowerBound, path: path) } catch {
            outcome = .failure(error)
          }
        }
        hash = digest
        try outcome.get()
      }
      hashed = max(hashed, ready)
      ready = next.upperBound
    }
  }

  private func read(
    into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at start: Int, path: String
  ) throws(LoadError) {
    var done = 0
    while done < buffer.count {
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
      let count: Int
      do throws(SystemError) { count = try operations.read(into: rest, from: file, at: start + done) } catch {
        if error.code == EINTR { continue }
        throw LoadError(error, path: path)
      }
      if count == 0 {
        throw .corrupt(path: path, expected: "a file that stays as it is", found: "one that was cut while read")
      }
      done += count
    }
  }
}
