internal import Glibc

/// The operating system itself.
public struct SystemFiles: FileOperations {
  /// The operating system needs no preparation.
  public init() {}

  /// Opens a folder.
  public func openDirectory(_ path: String) throws(SystemError) -> Int32 {
    try checked(.openDirectory, systemOpen(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
  }

  /// Creates a folder.
  public func makeDirectory(_ path: String) throws(SystemError) {
    do throws(SystemError) { _ = try checked(.makeDirectory, mkdir(path, 0o755)) } catch {
      if error.code != EEXIST { throw error }
    }
  }

  /// Creates a file that must not exist yet.
  public func create(_ name: String, in directory: Int32) throws(SystemError) -> Int32 {
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    return try checked(.create, openat(directory, name, flags, 0o644))
  }

  /// Writes some of the bytes at `offset`.
  public func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws(SystemError) -> Int {
    try checked(.write, pwrite(file, bytes.baseAddress, bytes.count, off_t(offset)))
  }

  /// Waits until everything of the descriptor is on the disk.
  public func synchronize(_ descriptor: Int32) throws(SystemError) {
    _ = try checked(.synchronize, fsync(descriptor))
  }

  /// Ends the use of a descriptor.
  public func close(_ descriptor: Int32) throws(SystemError) {
    _ = try checked(.close, systemClose(descriptor))
  }

  /// Renames within a folder.
  public func rename(_ name: String, to newName: String, in directory: Int32) throws(SystemError) {
    _ = try checked(.rename, renameat(directory, name, directory, newName))
  }

  /// Removes a name from a folder.
  public func remove(_ name: String, in directory: Int32) throws(SystemError) {
    _ = try checked(.remove, unlinkat(directory, name, 0))
  }

  /// Opens for reading.
  public func open(_ name: String, in directory: Int32) throws(SystemError) -> Int32 {
    try checked(.open, openat(directory, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC))
  }

  /// Tells what an open descriptor is.
  public func status(of descriptor: Int32) throws(SystemError) -> FileStatus {
    var information = stat()
    _ = try checked(.inspect, fstat(descriptor, &information))
    return FileStatus(information)
  }

  /// Tells what has this name.
  public func status(of name: String, in directory: Int32) throws(SystemError) -> FileStatus? {
    var information = stat()
    do throws(SystemError) {
      _ = try checked(.inspect, fstatat(directory, name, &information, AT_SYMLINK_NOFOLLOW))
    } catch {
      if error.code == ENOENT { return nil }
      throw error
    }
    return FileStatus(information)
  }

  /// Reads at `offset`.
  public func read(
    into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
  ) throws(SystemError) -> Int {
    try checked(.read, pread(file, buffer.baseAddress, buffer.count, off_t(offset)))
  }

  /// The names in a folder, sorted.
  public func names(in directory: Int32) throws(SystemError) -> [String] {
    // `fdopendir` takes the descriptor over, so it gets one of its own.
    let own = try checked(.list, openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    guard let stream = fdopendir(own) else {
      let code = errno
      _ = systemClose(own)
      throw SystemError(.list, code)
    }
    defer { closedir(stream) }
    var names: [String] = []
    errno = 0
    while let entry = readdir(stream) {
      // The name is read through the entry's own memory: a copy of the struct would cut or overrun it.
      let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 0
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      names.append(String(cString: start))
      errno = 0
    }
    if errno != 0 { throw SystemError(.list, errno) }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  private func checked<Number: BinaryInteger>(
    _ operation: FileOperation, _ result: Number
  ) throws(SystemError) -> Number {
    if result < 0 { throw SystemError(operation, errno) }
    return result
  }
}

extension FileStatus {
  fileprivate init(_ information: stat) {
    let kind: Kind =
      switch information.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFIFO: .pipe
      case S_IFCHR, S_IFBLK: .device
      case S_IFSOCK: .socket
      case S_IFLNK: .link
      default: .other
      }
    self.init(
      kind: kind, byteCount: Int(information.st_size), owner: information.st_uid,
      modified: Int(information.st_mtim.tv_sec))
  }
}

// Inside the type, its own methods of these names hide the system's functions.
private func systemOpen(_ path: String, _ flags: Int32) -> Int32 { open(path, flags) }
private func systemClose(_ descriptor: Int32) -> Int32 { close(descriptor) }
