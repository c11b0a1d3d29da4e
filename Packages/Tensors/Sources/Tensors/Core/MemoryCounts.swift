internal import TensorKernels

/// How often tensor memory was taken, given back and copied since the process started, for tests and benchmarks.
public struct MemoryCounts: Sendable, Equatable {
  /// Blocks of memory that were handed out.
  public let allocations: Int
  /// Blocks that were handed out and not given back.
  public let live: Int
  /// Copies that were made because shared memory was about to be written.
  public let copies: Int

  /// The counts over all threads at this moment.
  public static var current: MemoryCounts {
    let counts = wabe_memory()
    return MemoryCounts(
      allocations: Int(counts.allocations), live: Int(counts.live), copies: Int(counts.copies))
  }
}
