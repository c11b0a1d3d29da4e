internal import CDigest
internal import Glibc

/// The end of an `AtomicWriter` into which bytes are put.
public struct FileSink {
  /// How many bytes were appended so far.
  public private(set) var count = 0
  /// The path that the bytes will be at, for messages.
  public let path: String
  private let operations: any FileOperations
  private let file: Int32
  private var hash: SHA256?

  // Below this a second thread costs more than it saves.
  private static let parallelSize = 1 << 20
  // What is hashed and searched in turns: it stays in the processor's nearest memory in between.
  private static let blockSize = 1 << 15

  init(operations: any FileOperations, file: Int32, path: String) {
    self.operations = operations
    self.file = file
    self.path = path
  }

  /// From here on, appended bytes also go into a SHA-256.
  public mutating func startDigest() { hash = SHA256() }

  /// The SHA-256 of what was appended since `startDigest`.
  public var digest: [UInt8] { (hash ?? SHA256()).digest() }

  /// Appends bytes at the end.
  public mutating func append(_ source: some ByteSource) throws(SaveError) {
    try source.withBytes { bytes throws(SaveError) in try append(raw: bytes) }
  }

  /// Appends the bytes of any source at the end.
  public mutating func append(part: any ByteSource) throws(SaveError) { try append(part) }

  /// Appends memory at the end.
  public mutating func append(raw bytes: UnsafeRawBufferPointer) throws(SaveError) {
    _ = try append(bytes) { _ in 0 }
  }

  /// Appends the numbers of an array and tells how many of them are NaN or infinite, which costs next to nothing while
  /// they are hashed.
  public mutating func append(counting array: NamedArray) throws(SaveError) -> Int {
    let bytes = array.bytes
    let count: (UnsafeRawBufferPointer) -> Int
    switch array.type {
    case .float32: count = { wabe_non_finite_float32($0.baseAddress, $0.count / 4) }
    case .float64: count = { wabe_non_finite_float64($0.baseAddress, $0.count / 8) }
    default: count = { _ in 0 }
    }
    return try bytes.withBytes { bytes throws(SaveError) in try append(bytes, count) }
  }

  private mutating func append(
    _ bytes: UnsafeRawBufferPointer, _ inspect: (UnsafeRawBufferPointer) -> Int
  ) throws(SaveError) -> Int {
    let found: Int
    if bytes.count < Self.parallelSize || hash == nil {
      hash?.update(bytes)
      found = inspect(bytes)
      try write(bytes, at: count)
    } else {
      found = try writeWhileHashing(bytes, inspect)
    }
    count += bytes.count
    return found
  }

  /// Appends zeros.
  public mutating func appendZeros(_ zeros: Int) throws(SaveError) {
    var rest = zeros
    while rest > 0 {
      let step = min(rest, 1 << 16)
      try append(ByteArray([UInt8](repeating: 0, count: step)))
      rest -= step
    }
  }

  /// Replaces bytes that were appended before, such as a header whose content is known last; not part of the digest.
  public mutating func overwrite(_ bytes: [UInt8], at offset: Int) throws(SaveError) {
    try ByteArray(bytes).withBytes { raw throws(SaveError) in try write(raw, at: offset) }
  }

  private func write(_ bytes: UnsafeRawBufferPointer, at start: Int) throws(SaveError) {
    var done = 0
    while done < bytes.count {
      do throws(SystemError) {
        let rest = UnsafeRawBufferPointer(rebasing: bytes[done...])
        let written = try operations.write(rest, to: file, at: start + done)
        // POSIX does not allow 0 here; repeating it would never end.
        if written == 0 { throw SystemError(.write, EIO) }
        done += written
      } catch {
        if error.code != EINTR { throw SaveError(error, path: path) }
      }
    }
  }

  // Copying into the system's cache and hashing take about as long as each other: two threads halve the time.
  private mutating func writeWhileHashing(
    _ bytes: UnsafeRawBufferPointer, _ inspect: (UnsafeRawBufferPointer) -> Int
  ) throws(SaveError) -> Int {
    var (hash, found) = (hash ?? SHA256(), 0)
    var outcome: Result<Void, SaveError> = .success(())
    let (sink, start) = (self, count)
    together {
      for first in stride(from: 0, to: bytes.count, by: Self.blockSize) {
        let end = Swift.min(first + Self.blockSize, bytes.count)
        let block = UnsafeRawBufferPointer(rebasing: bytes[first..<end])
        hash.update(block)
        found += inspect(block)
      }
    } _: {
      do throws(SaveError) { try sink.write(bytes, at: start) } catch { outcome = .failure(error) }
    }
    self.hash = hash
    try outcome.get()
    return found
  }
}
