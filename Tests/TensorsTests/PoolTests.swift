import Glibc
import Tensors
import Testing

@Suite struct PoolTests {
  /// How many pages the system has mapped for this process so far.
  private static var pages: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_minflt
  }

  @Test("large blocks of a new size are kept although the pool is full of others")
  func fullPool() async {
    // In a process of its own, because the pool belongs to the process.
    await #expect(processExitsWith: .success) {
      do {
        let others = (0..<12).map { _ in Tensor.full([6_000_000], 1) }
        #expect(others.count == 12)
      }
      var sum = Tensor.full([10_000_000], 1)[0].scalar
      let before = Self.pages
      for _ in 0..<9 { sum += Tensor.full([10_000_000], 1)[0].scalar }
      let mapped = Self.pages - before
      #expect(sum == 10)
      // Nine blocks of 40 MB are 180 pages of 2 MB, or 90,000 of 4 kB.
      #expect(mapped < 90, "\(mapped) pages")
    }
  }
}
