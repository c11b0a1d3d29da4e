internal import Glibc

/// What was being done to a file.
public enum FileOperation: String, Sendable, CaseIterable {
  /// The steps of writing.
  case makeDirectory = "make the folder", openDirectory = "open the folder", create, write, synchronize, close, rename,
    remove
  /// The steps of reading.
  case open, inspect, read, list = "list the folder"
}

/// The operating system's answer to an operation that failed.
public struct SystemError: Error, Sendable, Equatable {
  /// What was being done.
  public let operation: FileOperation
  /// The system's number for the reason (`errno`).
  public let code: Int32

  /// An operation that failed for the reason `code`.
  public init(_ operation: FileOperation, _ code: Int32) {
    self.operation = operation
    self.code = code
  }

  /// The system's words for the reason.
  public var reason: String { describe(errno: code) }

  /// Whether the disk, or the quota or size limit of the user, is full.
  public var isNoSpace: Bool { [ENOSPC, EDQUOT, EFBIG].contains(code) }
}

func describe(errno code: Int32) -> String {
  var text = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
  return text.withUnsafeBufferPointer { buffer in
    String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

/// A name from a file or the system, safe to print: control characters are written as `\u{…}`, long names are cut.
public func printable(_ name: String) -> String {
  var text = ""
  for scalar in name.unicodeScalars.prefix(200) {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse:
      text += "\\u{\(String(scalar.value, radix: 16))}"
    default: text.unicodeScalars.append(scalar)
    }
  }
  return name.unicodeScalars.count > 200 ? text + "…" : text
}
