import Foundation
import TensorKernels
import Tensors
import Testing

/// Runs a job that counts its parts, each of which runs a job of its own if `nested`.
private func countParts(_ count: Int, nested: Bool = false) -> [Int32] {
  var counts = [Int32](repeating: 0, count: count)
  counts.withUnsafeMutableBufferPointer { buffer in
    var context = (buffer.baseAddress, nested)
    withUnsafeMutableBytes(of: &context) { bytes in
      wabe_parallel(count, bytes.baseAddress) { context, index in
        guard let context = context?.assumingMemoryBound(to: (UnsafeMutablePointer<Int32>?, Bool).self) else { return }
        context.pointee.0?[index] += 1
        if context.pointee.1 {
          var inner: Int32 = 0
          withUnsafeMutableBytes(of: &inner) { bytes in
            wabe_parallel(3, bytes.baseAddress) { context, _ in
              context?.assumingMemoryBound(to: Int32.self).pointee += 1  // alone on this thread, so without a race
            }
          }
          context.pointee.0?[index] += inner
        }
      }
    }
  }
  return counts
}

@Suite struct EngineTests {
  @Test("every part of a shared job runs exactly once", arguments: [1, 2, 3, 16, 64])
  func everyPartOnce(threads: Int) {
    wabe_set_threads(Int32(threads))
    defer { wabe_set_threads(0) }
    for count in [0, 1, 2, 3, 17, 1000] {
      for _ in 0..<50 { #expect(countParts(count) == [Int32](repeating: 1, count: count)) }
    }
  }

  @Test("large operations are worth sharing, small ones never, and those between not on one thread")
  func worthSharing() {
    wabe_set_threads(2)
    defer { wabe_set_threads(0) }
    #expect(wabe_worth_sharing(1 << 20, 1 << 20) && wabe_worth_sharing(1 << 21, 1 << 20))
    #expect(!wabe_worth_sharing((1 << 18) - 1, 1 << 20))
    // In between it depends on the cores, but once they are found near, they stay so.
    if wabe_worth_sharing(1 << 18, 1 << 20) { #expect(wabe_worth_sharing(1 << 18, 1 << 20)) }
    wabe_set_threads(1)
    #expect(!wabe_worth_sharing(1 << 19, 1 << 20))
  }

  @Test("a team at work takes no second job, and says so")
  func oneJobAtATime() {
    wabe_set_threads(2)
    defer { wabe_set_threads(0) }
    // Each part asks for the team, which the job it belongs to has. Other tests may have it when this one asks first.
    var jobs = 0
    for _ in 0..<5000 where jobs < 20 {
      var taken: (Int32, Int32) = (0, 0)
      let isOurs = withUnsafeMutableBytes(of: &taken) { bytes in
        wabe_parallel_if_free(2, bytes.baseAddress) { context, index in
          let gotIt = wabe_parallel_if_free(2, nil) { _, _ in }
          context?.assumingMemoryBound(to: Int32.self)[index] = gotIt ? 1 : 0
        }
      }
      if isOurs { jobs += 1 } else { usleep(1000) }
      #expect(taken == (0, 0))
    }
    #expect(jobs == 20)
  }

  @Test("a job inside a job runs on the thread that asks for it")
  func nestedJobs() {
    wabe_set_threads(4)
    defer { wabe_set_threads(0) }
    for _ in 0..<200 { #expect(countParts(20, nested: true) == [Int32](repeating: 4, count: 20)) }
  }

  @Test("jobs of many tasks at once neither wait for each other for ever nor mix")
  func manyTasks() async {
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<16 {
        group.addTask {
          let a = scattered([70, 130], .float32, seed: task)
          let b = scattered([130, 90], .float32, seed: task + 100)
          let first = a.matmul(b).scalars
          return (0..<40).allSatisfy { _ in a.matmul(b).scalars == first }
        }
      }
      for await same in group { #expect(same) }
    }
  }

  @Test("the threads at work on one job have different numbers below that of the threads", arguments: [1, 2, 5])
  func threadNumbers(threads: Int) {
    wabe_set_threads(Int32(threads))
    defer { wabe_set_threads(0) }
    var numbers = [Int32](repeating: -1, count: 500)
    numbers.withUnsafeMutableBytes { bytes in
      wabe_parallel(500, bytes.baseAddress) { context, part in
        context?.assumingMemoryBound(to: Int32.self)[part] = wabe_thread_number()
      }
    }
    #expect(numbers.allSatisfy { $0 >= 0 && $0 < threads })
  }

  @Test("the number of threads is at least one and at most what was asked for")
  func numberOfThreads() {
    defer { wabe_set_threads(0) }
    #expect(wabe_threads() >= 1)
    wabe_set_threads(5)
    #expect(wabe_threads() == 5)
    wabe_set_threads(-3)
    #expect(wabe_threads() == 1)
    wabe_set_threads(1 << 20)
    #expect(wabe_threads() == 256)
  }
}
