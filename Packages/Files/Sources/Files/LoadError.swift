internal import Glibc

/// Why something could not be loaded. Nothing of the receiver was changed.
public enum LoadError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is nothing of this name, or no folder that could hold it.
  case notFound(path: String)
  /// There is a folder, pipe, device or link where a file was expected.
  case notRegularFile(path: String, kind: String)
  /// The file, or what it declares to hold, is larger than the caller allows.
  case tooLarge(path: String, bytes: Int, limit: Int)
  /// The system refused a step.
  case system(SystemError, path: String)
  /// The bytes are not what was written: damage, a cut transfer, or another format.
  case corrupt(path: String, expected: String, found: String)
  /// The file was written by a newer version of this library.
  case unsupportedVersion(path: String, found: Int, newest: Int)
  /// The file is valid but uses something that is refused for safety.
  case forbidden(path: String, object: String, feature: String)
  /// The file is whole, but belongs to something else.
  case mismatch(path: String, Mismatch)
  /// The separate process that reads foreign files died or gave up.
  case readerFailed(path: String, reason: String)

  /// One sentence: the path, what was expected and found, what to do.
  public var description: String {
    switch self {
    case .notFound(let path):
      "\(printable(path)): not found: check the spelling and the working folder"
    case .notRegularFile(let path, let kind):
      "\(printable(path)): expected a file, found a \(kind): give the path of the file itself"
    case .tooLarge(let path, let bytes, let limit):
      "\(printable(path)): \(bytes) bytes are more than the limit of \(limit): pass a larger limit if you trust it"
    case .system(let error, let path):
      "\(printable(path)): cannot \(error.operation.rawValue): \(error.reason)"
    case .corrupt(let path, let expected, let found):
      "\(printable(path)): damaged or of another format: expected \(expected), found \(printable(found)): "
        + "use an older copy"
    case .unsupportedVersion(let path, let found, let newest):
      "\(printable(path)): format version \(found) is newer than \(newest), the newest known here: update the library"
    case .forbidden(let path, let object, let feature):
      "\(printable(path)): \(printable(object)): \(printable(feature)) is not accepted from files: "
        + "write the file again with plain arrays only"
    case .mismatch(let path, let mismatch):
      "\(printable(path)): does not fit: \(mismatch)"
    case .readerFailed(let path, let reason):
      "\(printable(path)): not read: \(printable(reason))"
    }
  }

  init(_ error: SystemError, path: String) {
    switch error.code {
    case ENOENT, ENOTDIR: self = .notFound(path: path)
    case ELOOP: self = .notRegularFile(path: path, kind: "symbolic link")
    default: self = .system(error, path: path)
    }
  }
}
