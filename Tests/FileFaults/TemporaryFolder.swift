internal import Foundation

/// A folder of its own for one test, removed with the value's last use.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let path: String

  /// Creates the folder.
  public init() throws {
    let base = FileManager.default.temporaryDirectory.appendingPathComponent("wabe-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: base, withIntermediateDirectories: true)
    path = base.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of a file in it.
  public func file(_ name: String) -> String { "\(path)/\(name)" }

  /// The names in it, sorted.
  public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  /// The content of a file in it.
  public func bytes(_ name: String) -> [UInt8]? { FileManager.default.contents(atPath: file(name)).map { [UInt8]($0) } }

  /// Puts a file into it.
  public func put(_ bytes: [UInt8], as name: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
  }
}
