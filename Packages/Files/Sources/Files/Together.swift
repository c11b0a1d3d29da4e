internal import Dispatch

/// Runs two closures at the same time, where there are two processors, and returns when both have ended.
///
/// The caller promises that they do not touch the same variables.
func together(_ first: () -> Void, _ second: () -> Void) {
  withoutActuallyEscaping(first) { first in
    withoutActuallyEscaping(second) { second in
      // Unsafe only in name: each closure runs once, both end before this function does, and they share nothing.
      nonisolated(unsafe) let pair = (first, second)
      DispatchQueue.concurrentPerform(iterations: 2) { part in
        if part == 0 { pair.0() } else { pair.1() }
      }
    }
  }
}
