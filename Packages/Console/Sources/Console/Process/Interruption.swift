#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import Synchronization

/// Lets a run finish its step and save before it ends, when a person presses Ctrl-C or the system wants it to end.
///
/// ```swift
/// Interruption.listen()
/// for epoch in 1...epochs where !Interruption.isRequested { … }
/// ```
///
/// The first signal only asks; a second one ends the program at once. `Command.run` turns a request into the exit code
/// 130 or 143. A program that does not listen ends at the first signal, as ever.
public enum Interruption {
  // What a signal handler can reach has to belong to the process: a handler has no argument to carry anything in.
  fileprivate static let requested = Atomic<Int32>(0)
  fileprivate static let isOnScreen = Atomic<Bool>(false)
  private static let isListening = Atomic<Bool>(false)

  /// Whether the run should end: save and return.
  public static var isRequested: Bool { requested.load(ordering: .relaxed) != 0 }

  /// The signal that asked: SIGINT (2) or SIGTERM (15), or SIGPIPE (13) when the reader of standard output went away.
  public static var signal: Int32? {
    let number = requested.load(ordering: .relaxed)
    return number == 0 ? nil : number
  }

  /// Listens from now on. A signal that the caller of the program has set to be ignored stays ignored.
  public static func listen() {
    // Everything the handler touches exists from here on; it must not be made inside a handler.
    requested.store(0, ordering: .relaxed)
    isOnScreen.store(isatty(STDERR_FILENO) == 1, ordering: .relaxed)
    isListening.store(true, ordering: .relaxed)
    for signal in [SIGINT, SIGTERM] where !isIgnored(signal) { install(handleInterruption, for: signal) }
    // A program that was started from a thread pool inherits the pool's mask, which blocks both; unlike "ignored", which
    // `nohup` means, that is no wish of anybody.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM] { sigaddset(&signals, signal) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// The reader of standard output went away: a request for those who listen, a quiet end for the others.
  static func outputWasClosed() {
    guard isListening.load(ordering: .relaxed) else { exit(ExitCode.success.rawValue) }
    _ = requested.compareExchange(expected: 0, desired: SIGPIPE, ordering: .relaxed)
  }

  /// A closed pipe or a full file is an error to handle, not a reason to be killed.
  static func ignoreWriteSignals() {
    for signal in [SIGPIPE, SIGXFSZ] { install(SIG_IGN, for: signal) }
  }
}

/// Notes the signal; ends the program if one was noted before. Does only what a signal handler may do.
private func handleInterruption(_ signal: Int32) {
  let earlier = Interruption.requested.compareExchange(expected: 0, desired: signal, ordering: .relaxed).original
  if earlier == 0 { return }
  if Interruption.isOnScreen.load(ordering: .relaxed) {
    // The shell's prompt begins on a line of its own, even if a progress bar was being drawn.
    var lineFeed: UInt8 = 10
    _ = write(STDERR_FILENO, &lineFeed, 1)
  }
  _exit(128 + signal)
}

private func install(_ handler: sighandler_t?, for signal: Int32) {
  var action = sigaction()
  #if canImport(Glibc)
  action.__sigaction_handler.sa_handler = handler
  #else
  action.__sigaction_u.__sa_handler = handler
  #endif
  // Reading and writing go on after the handler instead of failing half-way.
  action.sa_flags = SA_RESTART
  sigemptyset(&action.sa_mask)
  sigaction(signal, &action, nil)
}

private func isIgnored(_ signal: Int32) -> Bool {
  var action = sigaction()
  guard sigaction(signal, nil, &action) == 0 else { return false }
  #if canImport(Glibc)
  let handler = action.__sigaction_handler.sa_handler
  #else
  let handler = action.__sigaction_u.__sa_handler
  #endif
  return unsafeBitCast(handler, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
}
