internal import Dispatch

/// Work on `count` places in parts of about `size` of them, on as many threads as there are processors. All parts have
/// ended when this returns.
func inParts(of count: Int, size: Int, _ body: @Sendable (Range<Int>) -> Void) {
  let size = max(size, 1)
  let parts = max(count / size, 1)  // the last part has the rest too
  guard parts > 1 else { return body(0..<count) }
  DispatchQueue.concurrentPerform(iterations: parts) { part in
    body(part * size..<(part == parts - 1 ? count : (part + 1) * size))
  }
}
