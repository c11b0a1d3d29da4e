import Checkpoints
import FileFaults
import Files
import Foundation
import HDF5
import Testing

/// Where the test-support programs were built: beside the test bundle.
func program(_ name: String) throws -> String {
  let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  let path = folder.appendingPathComponent(name).path
  try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) was not built")
  return path
}

/// Starts a program without fork and returns its process number.
func start(_ path: String, _ arguments: [String], standardError: String? = nil) throws -> pid_t {
  var process: pid_t = 0
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  if let standardError {
    posix_spawn_file_actions_addopen(&actions, 2, standardError, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  }
  var words = ([path] + arguments).map { strdup($0) } + [nil]
  var environment = [strdup("SWIFT_BACKTRACE=enable=no"), nil]
  defer { for word in words + environment { free(word) } }
  try #require(posix_spawn(&process, path, &actions, nil, &words, &environment) == 0)
  return process
}

/// Waits for the end of a process: its exit code, or minus the signal that ended it.
func wait(for process: pid_t) -> Int32 {
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  return status & 0x7f == 0 ? status >> 8 & 0xff : -(status & 0x7f)
}

/// How long something takes here and now, in microseconds: only to aim kills at it, never to judge.
func microseconds(of work: () throws -> Void) rethrows -> UInt32 {
  let duration = try ContinuousClock().measure(work)
  return UInt32(clamping: Int(duration / .microseconds(1)))
}

@Suite(.serialized) struct KillTests {
  @Test("a save that is killed at any moment leaves a checkpoint that loads, whole and of one generation")
  func kills() throws {
    let saver = try program("save-loop")
    let folder = try TemporaryFolder()
    let path = folder.file("ckpt.h5")
    let (count, seed) = (faultCount(usual: 200), faultSeed())
    var random = SplitMix(seed: seed)
    let whole = try microseconds {
      let code = wait(for: try start(saver, [path, "4"]))
      #expect(code == 0)
    }
    var (lost, killed) = (0, 0)
    for _ in 0..<count {
      let process = try start(saver, [path, "4"])
      usleep(UInt32.random(in: 0...whole, using: &random))
      kill(process, SIGKILL)
      if wait(for: process) == -SIGKILL { killed += 1 }
      if (try? wholeGeneration(at: path)) == nil { lost += 1 }
    }
    #expect(lost == 0)
    #expect(killed > count / 5, "many kills must come while the program runs")
    let leftovers = folder.names.count - 1
    let removed = try removeLeftovers(in: folder.path, minimumAge: 0) { $0 == "ckpt.h5" }
    #expect(removed == leftovers && folder.names == ["ckpt.h5"])
    print("PROMISE A1 kills=\(count) killed=\(killed) lost=\(lost) swept=\(removed) seed=\(seed)")
  }

  @Test("a full disk at any byte is an error: the process lives, the old file loads, the next save works")
  func fullDisk() throws {
    let saver = try program("save-loop")
    let folder = try TemporaryFolder()
    let path = folder.file("ckpt.h5")
    #expect(wait(for: try start(saver, [path, "1"])) == 0)
    let size = try #require(folder.bytes("ckpt.h5")).count
    let steps = faultCount(usual: 60)
    var refused = 0
    for index in 0..<steps {
      let limit = size * index / steps
      #expect(wait(for: try start(saver, [path, "1", "\(limit)"])) == 74, "limit \(limit)")
      #expect(try wholeGeneration(at: path) == 1)
      #expect(try wholeGeneration(at: path + ".second") == 99)
      #expect(folder.names == ["ckpt.h5", "ckpt.h5.second"])
      refused += 1
    }
    print("PROMISE A3 limits=\(steps) refused=\(refused) lost=0 leftovers=0")
  }

  /// The generation of the file at `path`; throws when its arrays do not all belong to it.
  private func wholeGeneration(at path: String) throws -> Int {
    let file = try SealedFile(readingFrom: path)
    try #require(file.content.arrays.count == 24)
    for (name, array) in file.content.arrays.map({ ($0.name, $0) }) {
      let index = try #require(Int(name.drop { !$0.isNumber }.prefix { $0.isNumber }))
      let numbers = try #require(array.elements(as: Float.self))
      try #require(numbers == (0..<4096).map { Float($0 + 10_000 * file.step + index) })
    }
    return file.step
  }
}
