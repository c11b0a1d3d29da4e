public import Files
internal import Synchronization

/// The operating system, watched: every call is recorded, and any call can be made to fail.
public final class FaultyFiles: FileOperations {
  /// What to do instead of the real call.
  public enum Fault: Sendable {
    /// Fail with this `errno`, having done nothing.
    case error(Int32)
    /// Write or read a single byte only.
    case short
  }

  /// A recorded call.
  public struct Call: Sendable, Equatable {
    public var operation: FileOperation
    public var byteCount: Int
  }

  private struct State {
    var calls: [Call] = []
    var injected = 0
  }

  private let state = Mutex(State())
  private let system = SystemFiles()
  private let fault: @Sendable (_ index: Int, _ operation: FileOperation) -> Fault?

  /// Asks `fault` before every call, with the number of calls before it.
  public init(fault: @escaping @Sendable (_ index: Int, _ operation: FileOperation) -> Fault? = { _, _ in nil }) {
    self.fault = fault
  }

  /// Everything that was called so far.
  public var calls: [Call] { state.withLock { $0.calls } }

  /// How many calls were tampered with.
  public var injected: Int { state.withLock { $0.injected } }

  private func next(_ operation: FileOperation, _ byteCount: Int = 0) throws(SystemError) -> Bool {
    let index = state.withLock { state in
      state.calls.append(Call(operation: operation, byteCount: byteCount))
      return state.calls.count - 1
    }
    switch fault(index, operation) {
    case nil: return false
    case .short:
      state.withLock { $0.injected += 1 }
      return true
    case .error(let code):
      state.withLock { $0.injected += 1 }
      throw SystemError(operation, code)
    }
  }

  public func openDirectory(_ path: String) throws(SystemError) -> Int32 {
    _ = try next(.openDirectory)
    return try system.openDirectory(path)
  }

  public func makeDirectory(_ path: String) throws(SystemError) {
    _ = try next(.makeDirectory)
    try system.makeDirectory(path)
  }

  public func create(_ name: String, in directory: Int32) throws(SystemError) -> Int32 {
    _ = try next(.create)
    return try system.create(name, in: directory)
  }

  public func write(_ bytes: UnsafeRawBufferPointer, to file: Int32, at offset: Int) throws(SystemError) -> Int {
    let short = try next(.write, bytes.count)
    let part = UnsafeRawBufferPointer(rebasing: short ? bytes.prefix(1) : bytes[...])
    return try system.write(part, to: file, at: offset)
  }

  public func synchronize(_ descriptor: Int32) throws(SystemError) {
    _ = try next(.synchronize)
    try system.synchronize(descriptor)
  }

  public func close(_ descriptor: Int32) throws(SystemError) {
    // Linux closes the descriptor even when it reports an error.
    do throws(SystemError) { _ = try next(.close) } catch {
      try? system.close(descriptor)
      throw error
    }
    try system.close(descriptor)
  }

  public func rename(_ name: String, to newName: String, in directory: Int32) throws(SystemError) {
    _ = try next(.rename)
    try system.rename(name, to: newName, in: directory)
  }

  public func remove(_ name: String, in directory: Int32) throws(SystemError) {
    _ = try next(.remove)
    try system.remove(name, in: directory)
  }

  public func open(_ name: String, in directory: Int32) throws(SystemError) -> Int32 {
    _ = try next(.open)
    return try system.open(name, in: directory)
  }

  public func status(of descriptor: Int32) throws(SystemError) -> FileStatus {
    _ = try next(.inspect)
    return try system.status(of: descriptor)
  }

  public func status(of name: String, in directory: Int32) throws(SystemError) -> FileStatus? {
    _ = try next(.inspect)
    return try system.status(of: name, in: directory)
  }

  public func read(
    into buffer: UnsafeMutableRawBufferPointer, from file: Int32, at offset: Int
  ) throws(SystemError) -> Int {
    let short = try next(.read, buffer.count)
    let part = UnsafeMutableRawBufferPointer(rebasing: short ? buffer.prefix(1) : buffer[...])
    return try system.read(into: part, from: file, at: offset)
  }

  public func names(in directory: Int32) throws(SystemError) -> [String] {
    _ = try next(.list)
    return try system.names(in: directory)
  }
}
