import Glibc
import Testing

/// The program `console-probe` in a process of its own, with pipes in place of its streams.
final class Probe {
  private let process: pid_t
  private var output: Int32
  private let errors: Int32

  /// Starts it. What it writes goes into pipes, or standard output into the file `target`.
  init(_ arguments: [String], output target: String? = nil) throws {
    let folder = CommandLine.arguments[0].split(separator: "/").dropLast().joined(separator: "/")
    let path = "/\(folder)/console-probe"
    try #require(access(path, X_OK) == 0, "\(path) was not built")
    var (reading, writing) = ([Int32](repeating: -1, count: 2), [Int32](repeating: -1, count: 2))
    try #require(pipe(&reading) == 0)
    try #require(pipe(&writing) == 0)
    // Only what it is given as a stream stays open in the process.
    for end in reading + writing { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let target {
      posix_spawn_file_actions_addopen(&actions, 1, target, O_WRONLY, 0)
    } else {
      posix_spawn_file_actions_adddup2(&actions, reading[1], 1)
    }
    posix_spawn_file_actions_adddup2(&actions, writing[1], 2)
    // Signals as a shell would hand them on, whatever this process does with them itself.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGPIPE] { sigaddset(&signals, signal) }
    posix_spawnattr_setsigdefault(&attributes, &signals)
    // The threads of the tests block all signals, which a new process would inherit.
    var nothing = sigset_t()
    sigemptyset(&nothing)
    posix_spawnattr_setsigmask(&attributes, &nothing)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var environment = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
    defer { for word in words + environment { free(word) } }
    var process: pid_t = 0
    let status = posix_spawn(&process, path, &actions, &attributes, &words, &environment)
    close(reading[1])
    close(writing[1])
    try #require(status == 0)
    (self.process, output, errors) = (process, reading[0], writing[0])
  }

  deinit {
    close(output)
    close(errors)
  }

  /// Waits until it has written something to standard output, and takes up to 16 bytes of it.
  @discardableResult
  func waitForOutput() -> String {
    var bytes = [UInt8](repeating: 0, count: 16)
    let count = read(output, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }

  func send(_ signal: Int32) { kill(process, signal) }

  /// Goes away as a reader.
  func closeOutput() {
    close(output)
    output = -1
  }

  /// Everything it still writes, and its exit code; minus the signal, if one killed it.
  func end() -> (code: Int32, output: String, errors: String) {
    let texts = (text(of: output), text(of: errors))
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0, errno == EINTR {}
    let signal = status & 0x7F
    return (signal == 0 ? status >> 8 & 0xFF : -signal, texts.0, texts.1)
  }

  private func text(of descriptor: Int32) -> String {
    var content: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while descriptor >= 0 {
      let count = read(descriptor, &bytes, bytes.count)
      if count < 0, errno == EINTR { continue }
      if count <= 0 { break }
      content += bytes[..<count]
    }
    return String(decoding: content, as: UTF8.self)
  }
}
