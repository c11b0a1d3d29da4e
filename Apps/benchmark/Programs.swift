#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Why another program gave no number.
struct ProgramError: Error, CustomStringConvertible {
  let description: String
}

/// A program, to be run in a process of its own.
struct Program {
  let path: String
  let arguments: [String]
  /// Variables that it sees besides those of this process.
  var environment: [String: String] = [:]

  /// The program of this name beside the running one.
  init(_ name: String, _ arguments: [String] = []) throws(ProgramError) {
    path = try "\(Program.folder())/\(name)"
    self.arguments = arguments
    guard access(path, X_OK) == 0 else {
      throw ProgramError(description: "the program \(name) is not beside this one: swift build -c release makes it")
    }
  }

  /// The program at a path.
  init(at path: String, _ arguments: [String]) {
    self.path = path
    self.arguments = arguments
  }

  /// Where the running program lies.
  private static func folder() throws(ProgramError) -> String {
    guard let own = realpath("/proc/self/exe", nil) ?? realpath(CommandLine.arguments[0], nil) else {
      throw ProgramError(description: "the folder of the programs cannot be found: start this one by its whole path")
    }
    defer { free(own) }
    return String(cString: own).split(separator: "/").dropLast().map { "/\($0)" }.joined()
  }

  /// How a process ended.
  struct End {
    let process: pid_t
    /// The most memory that it held, in 10⁶ bytes.
    ///
    /// Linux counts in what this process held when it started the other one: only a small process learns the truth.
    let peakMegabytes: Double
    fileprivate let status: Int32
  }

  /// Starts it. Its standard output goes nowhere, or into `output`.
  func start(output: Int32? = nil) throws(ProgramError) -> pid_t {
    #if canImport(Darwin)
    var actions: posix_spawn_file_actions_t?
    #else
    var actions = posix_spawn_file_actions_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let output {
      posix_spawn_file_actions_adddup2(&actions, output, 1)
    } else {
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
    }
    var inherited: [String] = []
    var next = environ
    while let entry = next.pointee {
      let text = String(cString: entry)
      if !environment.keys.contains(where: { text.hasPrefix("\($0)=") }) { inherited.append(text) }
      next += 1
    }
    let own = environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var words = ([path] + arguments).map { strdup($0) } + [nil]
    var variables = (inherited + own).map { strdup($0) } + [nil]
    defer { for word in words + variables { free(word) } }
    var process: pid_t = 0
    let failure = posix_spawn(&process, path, &actions, nil, &words, &variables)
    guard failure == 0 else {
      throw ProgramError(description: "\(path) cannot be started: \(String(cString: strerror(failure)))")
    }
    return process
  }

  /// Waits for the end of a process that was started, or of any if none is named.
  static func wait(for process: pid_t = -1) throws(ProgramError) -> End {
    var status: Int32 = 0
    var usage = rusage()
    var ended: pid_t
    repeat { ended = wait4(process, &status, 0, &usage) } while ended < 0 && errno == EINTR
    guard ended > 0 else { throw ProgramError(description: "no process is left to wait for") }
    #if canImport(Darwin)
    let unit = 1e-6
    #else
    let unit = 1024e-6
    #endif
    return End(process: ended, peakMegabytes: Double(usage.ru_maxrss) * unit, status: status)
  }

  /// Throws unless the process ended well.
  func check(_ end: End) throws(ProgramError) {
    if end.status == 0 { return }
    let command = ([path] + arguments).joined(separator: " ")
    let signal = end.status & 0x7F
    throw ProgramError(
      description: "\(command) ended with \(signal == 0 ? "status \(end.status >> 8 & 0xFF)" : "signal \(signal)")")
  }

  /// Starts it and waits for a good end.
  @discardableResult
  func run() throws(ProgramError) -> End {
    let end = try Program.wait(for: start())
    try check(end)
    return end
  }
}

/// A folder that vanishes with everything in it when nothing refers to it any more.
final class TemporaryFolder {
  let path: String

  init() throws(ProgramError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    guard let made = strdup("\(parent)/wabe-benchmark-XXXXXX") else {
      throw ProgramError(description: "no memory for a path")
    }
    defer { free(made) }
    guard mkdtemp(made) != nil else {
      throw ProgramError(description: "no folder can be made in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  deinit {
    // A failure leaves files among others that are temporary.
    _ = try? Program(at: "/bin/rm", ["-rf", path]).run()
  }
}
