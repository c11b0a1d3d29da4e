import Console
import Synchronization
import Testing

/// Collects what is written, in place of a stream.
final class Recorder: Sendable {
  private let content = Mutex("")

  var text: String { content.withLock { $0 } }

  func add(_ text: String) { content.withLock { $0 += text } }

  /// Forgets and returns what was written so far.
  func take() -> String {
    content.withLock { text in
      defer { text = "" }
      return text
    }
  }

  func terminal(isTerminal: Bool = false, hasColor: Bool = false, isUnicode: Bool = true, width: Int = 80) -> Terminal {
    Terminal(isTerminal: isTerminal, hasColor: hasColor, isUnicode: isUnicode, width: width) { self.add($0) }
  }
}

/// What a process that was ended wrote to standard error.
func complaint(of result: ExitTest.Result?) -> String {
  String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
}
