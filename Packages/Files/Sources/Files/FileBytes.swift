internal import Glibc

/// A file's bytes in memory, or a part of them; parts share the memory.
public struct FileBytes: ByteSource {
  private let block: Block
  private let range: Range<Int>

  /// How many bytes there are.
  public var byteCount: Int { range.count }

  /// Shows the bytes to `body`.
  public func withBytes<Result, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    defer { withExtendedLifetime(block) {} }
    return try body(UnsafeRawBufferPointer(rebasing: block.memory[range]))
  }

  /// The bytes from `part.lowerBound` up to `part.upperBound`, without a copy; nil when they are not all there.
  public func part(_ part: Range<Int>) -> FileBytes? {
    guard part.lowerBound >= 0, part.upperBound <= range.count else { return nil }
    return FileBytes(block: block, range: range.lowerBound + part.lowerBound..<range.lowerBound + part.upperBound)
  }

  /// A copy of bytes.
  public init(_ bytes: [UInt8]) {
    let block = Block(byteCount: bytes.count)
    guard let block else { fatalError("FileBytes: no memory for a copy of \(bytes.count) bytes") }
    bytes.withUnsafeBytes { block.memory.copyMemory(from: $0) }
    self.init(block: block, range: 0..<bytes.count)
  }

  /// Memory of `byteCount` bytes that `fill` writes; nil when there is not that much memory.
  init?<Failure: Error>(
    byteCount: Int, fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    guard let block = Block(byteCount: byteCount) else { return nil }
    try fill(UnsafeMutableRawBufferPointer(rebasing: block.memory[0..<byteCount]))
    self.init(block: block, range: 0..<byteCount)
  }

  private init(block: Block, range: Range<Int>) {
    self.block = block
    self.range = range
  }

  // Unchecked: the memory is written only by the initializers above, before anybody else can see it.
  private final class Block: @unchecked Sendable {
    let memory: UnsafeMutableRawBufferPointer
    private static let hugePage = 1 << 21

    init?(byteCount: Int) {
      // The system hands out the memory of large files in pages of 2 MB, which it would else do 4 KB at a time.
      let isLarge = byteCount >= 2 * Block.hugePage
      var base: UnsafeMutableRawPointer?
      guard posix_memalign(&base, isLarge ? Block.hugePage : 16, max(byteCount, 1)) == 0, let base else { return nil }
      if isLarge { madvise(base, byteCount, MADV_HUGEPAGE) }
      memory = UnsafeMutableRawBufferPointer(start: base, count: byteCount)
    }

    deinit { free(memory.baseAddress) }
  }
}
