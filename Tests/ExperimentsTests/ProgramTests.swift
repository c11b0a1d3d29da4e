import Foundation
import Testing

/// Runs the sample sheet in a folder of its own.
private func run(
  _ arguments: [String], in folder: String, interruptWhen: ((String) -> Bool)? = nil
) throws -> (status: Int32, output: String, errors: String) {
  let process = Process()
  let tests = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  process.executableURL = [tests, Bundle.main.bundleURL].map { $0.appendingPathComponent("sample-sheet") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
  process.arguments = arguments
  process.currentDirectoryURL = URL(fileURLWithPath: folder)
  process.standardInput = FileHandle.nullDevice
  for name in ["out", "err"] { _ = FileManager.default.createFile(atPath: "\(folder)/\(name)", contents: nil) }
  process.standardOutput = FileHandle(forWritingAtPath: "\(folder)/out")
  process.standardError = FileHandle(forWritingAtPath: "\(folder)/err")
  try process.run()
  if let interruptWhen {
    while process.isRunning && !interruptWhen(folder) { usleep(10_000) }
    process.interrupt()
    // A program that does not hear it must not hold up all other tests.
    for _ in 0..<500 where process.isRunning { usleep(10_000) }
    if process.isRunning { process.terminate() }
  }
  process.waitUntilExit()
  let texts = try ["out", "err"].map { String(decoding: try bytes("\(folder)/\($0)"), as: UTF8.self) }
  return (process.terminationStatus, texts[0], texts[1])
}

@Suite("The program of a sheet")
struct ProgramTests {
  static let table: [(arguments: [String], status: Int32, output: [String], errors: [String])] = [
    (["--list"], 0, ["sample.1.b", "A seed below ten", "--hidden 4, --activation relu"], []),
    (
      ["1.a"], 0,
      [
        "sample.1.a  Nine is nine", "Three times three is 9, and that is always so: 3 * 3 = 9.", "PASS",
        "1 part, 1 check: all passed",
      ], []
    ),
    (["1"], 0, ["pass  sample.1.a", "pass  sample.1.b", "2 parts, 2 checks: all passed"], []),
    (["2"], 1, ["FAIL", "1 failed"], []),
    (["--quiet", "1", "2"], 1, ["sample.2: ten: 10, expected 9 (exact)", "3 parts, 3 checks: 1 failed"], []),
    (["1.b", "--seed", "10"], 1, ["FAIL"], []), (["1.b", "--seed", "10", "--hidden", "5"], 0, ["shown"], []),
    (["1.c"], 2, [], ["there is no exercise 1.c: did you mean 1."]),
    (["1.a", "--hidden", "3"], 2, [], ["--hidden means nothing to what is run: it is for sample.1.b"]),
    (["1.b", "--activation", "sine"], 2, [], ["relu, tanh"]), (["--sed", "3"], 2, [], ["--seed"]),
    (["1.b", "--seeds", "3"], 0, ["3 of 3       7       8        9  ≤ 9", "all passed"], []),
    (["1.b", "--seeds", "4"], 1, ["3 of 4", "1 failed"], []),
    (["1", "--json"], 0, ["{\"sheet\":\"sample-sheet\",\"seed\":7,\"parts\":["], []),
  ]

  @Test("it does what its options say", arguments: table.indices)
  func options(row: Int) throws {
    try withTemporaryFolder { folder in
      let (arguments, status, output, errors) = Self.table[row]
      let result = try run(arguments, in: folder)
      #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
      for text in output { #expect(result.output.contains(text), "\(arguments): \(result.output)") }
      for text in errors { #expect(result.errors.contains(text), "\(arguments): \(result.errors)") }
      if status == 2 { #expect(!FileManager.default.fileExists(atPath: "\(folder)/Results")) }
    }
  }

  @Test("results are not replaced unless asked, and resuming keeps what is finished")
  func refusal() throws {
    try withTemporaryFolder { folder in
      #expect(try run(["1"], in: folder).status == 0)
      let refused = try run(["1"], in: folder)
      #expect(refused.status == 1 && refused.errors.contains("Results/sample.1.a holds an earlier run"))
      #expect(try run(["1", "--resume"], in: folder).output.contains("finished before"))
      #expect(try run(["1", "--force"], in: folder).status == 0)
    }
  }

  @Test("an interrupted training is saved and goes on from there")
  func interruption() throws {
    try withTemporaryFolder { folder in
      let stopped = try run(["3"], in: folder) { _ in
        usleep(400_000)
        return true
      }
      #expect(stopped.status == 130)
      let saved = names(below: "\(folder)/Results/sample.3").first { $0.hasSuffix(".h5") }
      let epoch = try #require(saved?.split(separator: "-").last.flatMap { Int($0.dropLast(3)) })
      #expect(epoch >= 1)
      let resumed = try run(["3", "--resume", "--epochs", "\(epoch + 2)"], in: folder)
      #expect(resumed.status == 0, "\(resumed.output)\(resumed.errors)")
      let metrics = String(decoding: try bytes("\(folder)/Results/sample.3/metrics.csv"), as: UTF8.self)
      #expect(metrics.split(separator: "\n").count == epoch + 3)
    }
  }
}
