/// Why something could not be saved. Whatever was at the path before is still there, untouched.
///
/// There is one exception: when only the last step fails, the synchronization of the folder, the new file is already in
/// place, whole, but a power failure could still bring the old one back.
public enum SaveError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The disk, the quota or the user's file size limit is full.
  case noSpace(path: String, reason: String)
  /// The system refused a step.
  case system(SystemError, path: String)
  /// What is at the path is not a file: a folder, a pipe, a device, a link.
  case notRegularFile(path: String, kind: String)
  /// The path cannot name a file.
  case badPath(String, reason: String)
  /// A tensor holds NaN or infinity.
  case nonFinite(path: String, name: String, count: Int)
  /// The content cannot be written in this format.
  case unsupported(path: String, reason: String)

  /// One sentence: the path, what went wrong, what to do.
  public var description: String {
    switch self {
    case .noSpace(let path, let reason):
      "\(printable(path)): not saved: \(reason): free some space and save again; the previous file is untouched"
    case .system(let error, let path):
      "\(printable(path)): not saved: cannot \(error.operation.rawValue): \(error.reason)"
    case .notRegularFile(let path, let kind):
      "\(printable(path)): not saved: there is a \(kind) of this name: choose another name or remove it"
    case .badPath(let path, let reason):
      "\(printable(path)): not saved: \(reason)"
    case .nonFinite(let path, let name, let count):
      "\(printable(path)): not saved: \(printable(name)) holds \(count) NaN or infinite numbers: "
        + "find the step that made them, or save with allowNonFinite: true"
    case .unsupported(let path, let reason):
      "\(printable(path)): not saved: \(reason)"
    }
  }

  init(_ error: SystemError, path: String) {
    self = error.isNoSpace ? .noSpace(path: path, reason: error.reason) : .system(error, path: path)
  }
}
