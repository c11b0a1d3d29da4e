import Foundation
import Testing

/// What train-loop prints with a seed and a number of threads: a hash of all bits, and how many parts of operations were
/// done by another thread than the first.
private func output(seed: Int, threads: Int) throws -> (bits: String, threads: Int, helpedParts: Int) {
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
  let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
  try #require(lines.count == 2)
  let counts = lines[1].split(separator: " ").compactMap { Int($0) }
  try #require(counts.count == 2)
  return (String(lines[0]), counts[0], counts[1])
}

struct SameBitsTests {
  @Test("1,000 steps with dropout and shuffling give the same bits in every process, with one thread and with two")
  func sameBits() throws {
    let one = try output(seed: 7, threads: 1)
    #expect(one.bits.hasSuffix(" 1000 true"), "1,000 steps, and the loss fell: \(one)")
    #expect(one.threads == 1 && one.helpedParts == 0)
    #expect(try output(seed: 7, threads: 1).bits == one.bits)
    let two = try output(seed: 7, threads: 2)
    #expect(two.bits == one.bits && two.threads == 2)
    // On a single processor the second thread may never get a turn before the first has done everything itself.
    if ProcessInfo.processInfo.activeProcessorCount > 1 {
      #expect(two.helpedParts > 0, "both threads have worked, or the comparison says nothing")
    }
    #expect(try output(seed: 8, threads: 2).bits != one.bits)
  }
}
