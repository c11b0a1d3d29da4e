import Foundation
import Testing

/// What train-loop prints with a seed and a number of threads.
private func output(seed: Int, threads: Int) throws -> String {
  let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
  let path = folder.appendingPathComponent("train-loop").path
  try #require(FileManager.default.isExecutableFile(atPath: path), "\(path) was not built")
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("wabe-\(UUID().uuidString)").path
  defer { try? FileManager.default.removeItem(atPath: file) }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  defer { posix_spawn_file_actions_destroy(&actions) }
  posix_spawn_file_actions_addopen(&actions, 1, file, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  var words = [strdup(path), strdup("\(seed)"), nil]
  var environment = [strdup("WABE_THREADS=\(threads)"), strdup("SWIFT_BACKTRACE=enable=no"), nil]
  defer { for word in words + environment { free(word) } }
  var process: pid_t = 0
  try #require(posix_spawn(&process, path, &actions, nil, &words, &environment) == 0)
  var status: Int32 = 0
  while waitpid(process, &status, 0) < 0, errno == EINTR {}
  try #require(status == 0, "train-loop ended with status \(status)")
  return try String(contentsOfFile: file, encoding: .utf8)
}

struct SameBitsTests {
  @Test("1,000 steps with dropout and shuffling give the same bits in every process, with one thread and with two")
  func sameBits() throws {
    let one = try output(seed: 7, threads: 1)
    #expect(one.hasSuffix(" 1000 true\n"), "1,000 steps, and the loss fell")
    #expect(try output(seed: 7, threads: 1) == one)
    #expect(try output(seed: 7, threads: 2) == one)
    #expect(try output(seed: 8, threads: 2) != one)
  }
}
