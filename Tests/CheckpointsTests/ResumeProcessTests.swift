import Checkpoints
import FileFaults
import Foundation
import Testing

@Suite(.serialized) struct ResumeProcessTests {
  /// Runs `resume-loop` in a folder and gives what it printed.
  private func run(_ kind: String, in folder: TemporaryFolder, _ steps: Int, stop: Int? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try program("resume-loop"))
    process.arguments = [folder.path, kind, "\(steps)"] + (stop.map { ["\($0)"] } ?? [])
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(text)")
    return text
  }

  @Test(
    "a training that is stopped and continued by new processes ends with the bits of one that was not",
    arguments: ["first-order", "newton", "lbfgs"])
  func stops(kind: String) throws {
    let (whole, cut) = (try TemporaryFolder(), try TemporaryFolder())
    let expected = try run(kind, in: whole, 24)
    // In the middle of an epoch, at its end, and twice at the same place.
    for stop in [1, 7, 7, 20] { _ = try run(kind, in: cut, 24, stop: stop) }
    #expect(try run(kind, in: cut, 24) == expected)
    print("PROMISE D3 training=\(kind) processes=5 different=0")
  }

  @Test("a training that is killed at random moments and continued ends with the bits of one that was not")
  func kills() throws {
    let (whole, cut) = (try TemporaryFolder(), try TemporaryFolder())
    let (count, seed) = (faultCount(usual: 8), faultSeed())
    let steps = 40 + count * 10
    var expected = ""
    let duration = try microseconds { expected = try run("first-order", in: whole, steps) }
    var random = SplitMix(seed: seed)
    var killed = 0
    for _ in 0..<count {
      let process = try start(try program("resume-loop"), [cut.path, "first-order", "\(steps)"])
      usleep(UInt32.random(in: 0...duration / 2, using: &random))
      kill(process, SIGKILL)
      if wait(for: process) == -SIGKILL { killed += 1 }
    }
    #expect(try run("first-order", in: cut, steps) == expected)
    #expect(killed > 0, "at least one kill must come while the program runs")
    print("PROMISE D3 kills=\(killed) different=0 seed=\(seed)")
  }
}
