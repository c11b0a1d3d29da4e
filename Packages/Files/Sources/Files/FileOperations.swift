/// What the rest of this package asks of the operating system, one call each, so that tests can watch every call and
/// let any of them fail.
public protocol FileOperations: Sendable {
  /// Opens a folder, so that later steps stay in it even when it is renamed.
  func openDirectory(_ path: String) throws(SystemError) -> Int32
  /// Creates a folder; one that is there already is fine.
  func makeDirectory(_ path: String) throws(SystemError)
  /// Creates a file that must not exist yet; never follows a link.
  func create(_ name: String, in directory: Int32) throws(SystemError) -> Int32
  /// Writes some of the bytes at `offset` and says how many.
  func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws(SystemError) -> Int
  /// Returns when the bytes of the file or the names of the folder are on the disk.
  func synchronize(_ descriptor: Int32) throws(SystemError)
  /// Ends the use of a descriptor.
  func close(_ descriptor: Int32) throws(SystemError)
  /// Gives a file another name in one step, replacing what had that name.
  func rename(_ name: String, to newName: String, in directory: Int32) throws(SystemError)
  /// Removes a name.
  func remove(_ name: String, in directory: Int32) throws(SystemError)
  /// Opens for reading; never follows a link in the last part of the name, never waits for a pipe's other end.
  func open(_ name: String, in directory: Int32) throws(SystemError) -> Int32
  /// Tells what an open descriptor is.
  func status(of descriptor: Int32) throws(SystemError) -> FileStatus
  /// Tells what has this name, not following a link; nil when nothing has.
  func status(of name: String, in directory: Int32) throws(SystemError) -> FileStatus?
  /// Reads at `offset` into `buffer` and says how many bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int) throws(SystemError) -> Int
  /// The names in a folder, sorted.
  func names(in directory: Int32) throws(SystemError) -> [String]
}

/// What the system tells about a file.
public struct FileStatus: Sendable, Equatable {
  /// What has a name.
  public enum Kind: String, Sendable {
    /// The kinds of the POSIX standard.
    case file, folder, pipe, device, socket, link = "symbolic link", other = "special file"
  }

  /// What it is.
  public var kind: Kind
  /// Its length in bytes.
  public var byteCount: Int
  /// Who owns it, as the system's number.
  public var owner: UInt32
  /// When its content last changed, in seconds since 1970.
  public var modified: Int

  /// A status with these facts.
  public init(kind: Kind, byteCount: Int, owner: UInt32, modified: Int) {
    self.kind = kind
    self.byteCount = byteCount
    self.owner = owner
    self.modified = modified
  }
}
