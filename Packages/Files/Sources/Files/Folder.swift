/// A folder whose files have names that are not paths: the place of checkpoints, runs and exports.
public struct Folder: Sendable {
  /// Where it is.
  public let path: String
  private let operations: any FileOperations

  /// A folder that may not exist yet.
  public init(_ path: String, operations: any FileOperations = SystemFiles()) {
    self.path = path
    self.operations = operations
  }

  /// The path of the file `name` in this folder.
  public func file(_ name: String) -> String { path.hasSuffix("/") ? path + name : "\(path)/\(name)" }

  /// Makes the folder and those above it where they do not exist.
  public func make() throws(SaveError) {
    var current = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      current += current.isEmpty || current == "/" ? String(part) : "/" + part
      do throws(SystemError) { try operations.makeDirectory(current) } catch {
        throw SaveError(error, path: current)
      }
    }
  }

  /// The names in the folder, sorted.
  public var names: [String] {
    get throws(LoadError) {
      let directory: Int32
      do throws(SystemError) { directory = try operations.openDirectory(path) } catch {
        throw LoadError(error, path: path)
      }
      defer { try? operations.close(directory) }
      do throws(SystemError) { return try operations.names(in: directory) } catch {
        throw LoadError(error, path: path)
      }
    }
  }

  /// Removes files by name.
  public func remove(_ names: [String]) throws(SaveError) {
    if names.isEmpty { return }
    let directory: Int32
    do throws(SystemError) { directory = try operations.openDirectory(path) } catch {
      throw SaveError(error, path: path)
    }
    defer { try? operations.close(directory) }
    for name in names where !name.contains("/") {
      do throws(SystemError) { try operations.remove(name, in: directory) } catch {
        throw SaveError(error, path: file(name))
      }
    }
  }
}
