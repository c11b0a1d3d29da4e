internal import CSandbox
public import Files
internal import Glibc

/// Reads HDF5 files of others in a process of its own, because hostile bytes can kill libhdf5 or worse.
///
/// The process is the program `wabe-h5read`, found through the variable `WABE_READER`, beside the running program, or in
/// `PATH`. It gets the bytes through a pipe, has no access to files or the network, and answers with plain arrays.
public struct IsolatedReader: Sendable {
  /// How long the process may be silent, in milliseconds.
  public var patience = 30_000
  /// The largest file that is read.
  public var limit = 4 << 30
  /// The path of the program, where it is not to be looked for.
  public var program: String?

  /// A reader with the usual limits.
  public init() {}

  /// The arrays of the HDF5 file at `path`; names are paths from the root, as `layers/dense/vars/0`.
  public func arrays(in path: String) throws(LoadError) -> [NamedArray] {
    try arrays(in: try FileReader(limit: limit).read(path), path: path)
  }

  /// The arrays of an HDF5 file that is in memory; `path` is for messages.
  public func arrays(in file: FileBytes, path: String) throws(LoadError) -> [NamedArray] {
    guard let program = program ?? ReaderProgram.find() else {
      let reason =
        "foreign HDF5 files need the program wabe-h5read: build it with swift build --product wabe-h5read "
        + "and put it beside this program or into WABE_READER"
      throw .readerFailed(path: path, reason: reason)
    }
    let process = try ReaderProcess(program: program, path: path)
    let (status, answer) = try process.run(file, patience: patience, limit: limit, path: path)
    switch status {
    case 0: return try SafetensorsFile(reading: FileBytes(answer), path: path).arrays
    case 65: throw .readerFailed(path: path, reason: String(decoding: answer.prefix(1000), as: UTF8.self))
    case ..<0:
      throw .readerFailed(path: path, reason: "the file crashed the reader (signal \(-status)): do not trust it")
    default: throw .readerFailed(path: path, reason: "the reader gave up with code \(status)")
    }
  }
}

private enum ReaderProgram {
  static func find() -> String? {
    if let chosen = variable("WABE_READER") { return isExecutable(chosen) ? chosen : nil }
    var folders: [String] = []
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
    if count > 0 {
      let path = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
      folders.append(path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
    }
    folders += (variable("PATH") ?? "").split(separator: ":").map(String.init)
    return folders.lazy.map { $0 + "/wabe-h5read" }.first(where: isExecutable)
  }

  static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static func isExecutable(_ path: String) -> Bool { access(path, X_OK) == 0 }
}

/// The running child and this side of its pipe.
private struct ReaderProcess {
  private let process: pid_t
  private let socket: Int32

  /// Starts the program; never by fork, which copies a process whose other threads hold locks.
  init(program: String, path: String) throws(LoadError) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
      throw .readerFailed(path: path, reason: "no pipe to the reader: \(String(cString: strerror(errno)))")
    }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], 0)
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1)
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    // Of the environment only the way to Swift's libraries remains: HDF5 and the loader take orders from others.
    var settings = ["SWIFT_BACKTRACE=enable=no"]
    if let libraries = ReaderProgram.variable("LD_LIBRARY_PATH") { settings.append("LD_LIBRARY_PATH=\(libraries)") }
    var words = [strdup(program), nil]
    var environment = settings.map { strdup($0) } + [nil]
    defer { for word in words + environment { free(word) } }
    var process: pid_t = 0
    let code = posix_spawn(&process, program, &actions, nil, &words, &environment)
    close(ends[1])
    guard code == 0 else {
      close(ends[0])
      throw .readerFailed(path: path, reason: "\(program) does not start: \(String(cString: strerror(code)))")
    }
    (self.process, socket) = (process, ends[0])
  }

  /// Sends the file and takes the answer at the same time; a child that dies, hangs or floods is ended.
  func run(
    _ file: FileBytes, patience: Int, limit: Int, path: String
  ) throws(LoadError) -> (status: Int32, answer: [UInt8]) {
    var answer: [UInt8] = []
    let problem = file.withBytes { exchange($0, &answer, patience: patience, limit: limit) }
    close(socket)
    if problem != nil { kill(process, SIGKILL) }
    let status = end(patience: patience)
    if let problem { throw .readerFailed(path: path, reason: problem) }
    let signal = status & 0x7f
    return (signal == 0 ? status >> 8 & 0xff : -signal, answer)
  }

  // A child that closed its end but does not go is ended as well.
  private func end(patience: Int) -> Int32 {
    var (status, waited) = (Int32(0), 0)
    while true {
      let result = waitpid(process, &status, waited < patience ? WNOHANG : 0)
      if result == process || (result < 0 && errno != EINTR) { return status }
      usleep(1000)
      waited += 1
      if waited == patience { kill(process, SIGKILL) }
    }
  }

  private func exchange(
    _ bytes: UnsafeRawBufferPointer, _ answer: inout [UInt8], patience: Int, limit: Int
  ) -> String? {
    var (rest, buffer) = (bytes[...], [UInt8](repeating: 0, count: 1 << 16))
    if rest.isEmpty { shutdown(socket, Int32(SHUT_WR)) }
    while true {
      let wanted = rest.isEmpty ? POLLIN : POLLIN | POLLOUT
      var entry = pollfd(fd: socket, events: Int16(wanted), revents: 0)
      let ready = poll(&entry, 1, Int32(clamping: patience))
      if ready < 0, errno == EINTR { continue }
      if ready <= 0 { return "the reader did nothing for \(patience / 1000) seconds" }
      let happened = Int32(entry.revents)
      if happened & (POLLIN | POLLHUP) != 0 {
        let count = recv(socket, &buffer, buffer.count, Int32(MSG_DONTWAIT))
        if count == 0 { return nil }
        if count > 0 { answer += buffer.prefix(count) }
        if answer.count > limit { return "the file unpacks to more than \(limit) bytes" }
        if count > 0 { continue }
        if errno != EAGAIN, errno != EINTR { return nil }
      }
      if happened & POLLOUT != 0, !rest.isEmpty {
        let piece = UnsafeRawBufferPointer(rebasing: rest.prefix(1 << 16))
        let count = wabe_send(socket, piece.baseAddress, UInt(piece.count))
        if count > 0 {
          rest = rest.dropFirst(count)
        } else if count < 0, errno != EINTR, errno != EAGAIN {
          rest = rest.suffix(0)
        }
        if rest.isEmpty { shutdown(socket, Int32(SHUT_WR)) }
      }
    }
  }
}
