internal import Glibc

/// Writes files so that each path always holds either the whole old content or the whole new content.
///
/// The bytes go to a new file beside the target, reach the disk, and take the target's name in one step; then the
/// folder reaches the disk too. A crash, a full disk or a pulled plug at any moment leaves the old file as it was.
public struct AtomicWriter: Sendable {
  private let operations: any FileOperations

  /// A writer on the operating system, or on a stand-in for tests.
  public init(operations: any FileOperations = SystemFiles()) {
    self.operations = operations
  }

  /// Writes bytes to `path`.
  public func write(_ bytes: [UInt8], to path: String) throws(SaveError) {
    try write(to: path) { sink throws(SaveError) in try sink.append(ByteArray(bytes)) }
  }

  /// Writes to `path` what `produce` puts into the sink; when it throws, nothing has happened.
  public func write<Result>(
    to path: String, _ produce: (inout FileSink) throws(SaveError) -> Result
  ) throws(SaveError) -> Result {
    let (folder, name) = try split(path)
    let directory: Int32
    do throws(SystemError) { directory = try operations.openDirectory(folder) } catch {
      throw SaveError(error, path: path)
    }
    let outcome: Swift.Result<Result, SaveError>
    do throws(SaveError) {
      outcome = .success(try write(name, in: directory, path: path, produce))
    } catch { outcome = .failure(error) }
    // The folder was only read through this descriptor: a failed close cannot lose anything.
    try? operations.close(directory)
    return try outcome.get()
  }

  private func write<Result>(
    _ name: String, in directory: Int32, path: String, _ produce: (inout FileSink) throws(SaveError) -> Result
  ) throws(SaveError) -> Result {
    try checkTarget(name, in: directory, path: path)
    let (file, temporary) = try create(for: name, in: directory, path: path)
    var isOpen = true
    do throws(SaveError) {
      var sink = FileSink(operations: operations, file: file, path: path)
      let result = try produce(&sink)
      do throws(SystemError) {
        // A failed fsync is never repeated: the system may have dropped the bytes and would then report success.
        try operations.synchronize(file)
        isOpen = false
        try operations.close(file)
        try operations.rename(temporary, to: name, in: directory)
      } catch { throw SaveError(error, path: path) }
      do throws(SystemError) { try operations.synchronize(directory) } catch { throw SaveError(error, path: path) }
      return result
    } catch {
      if isOpen { try? operations.close(file) }
      // After a successful rename there is nothing of this name any more, and this does nothing.
      try? operations.remove(temporary, in: directory)
      throw error
    }
  }

  private func checkTarget(_ name: String, in directory: Int32, path: String) throws(SaveError) {
    let status: FileStatus?
    do throws(SystemError) { status = try operations.status(of: name, in: directory) } catch {
      throw SaveError(error, path: path)
    }
    if let status, status.kind != .file {
      throw .notRegularFile(path: path, kind: status.kind.rawValue)
    }
  }

  private func create(
    for name: String, in directory: Int32, path: String
  ) throws(SaveError) -> (file: Int32, temporary: String) {
    var attempt = 0
    while true {
      let temporary = TemporaryName(target: name, process: getpid(), attempt: attempt).text
      do throws(SystemError) {
        return (try operations.create(temporary, in: directory), temporary)
      } catch {
        // Taken by another thread of this process, or left by an earlier one with the same number.
        if error.code == EEXIST, attempt < 10_000 {
          attempt += 1
        } else if error.code != EINTR {
          throw SaveError(error, path: path)
        }
      }
    }
  }

  private func split(_ path: String) throws(SaveError) -> (folder: String, name: String) {
    if path.utf8.contains(0) { throw .badPath(path, reason: "a path cannot contain a NUL character") }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let name = String(parts.last ?? "")
    if ["", ".", ".."].contains(name) { throw .badPath(path, reason: "the path does not end in the name of a file") }
    let folder = parts.dropLast().joined(separator: "/")
    return (folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder, name)
  }
}
