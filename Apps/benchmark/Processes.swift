/// Whole programs of this repository, from their start to their end.
///
/// They come first among the workloads, before this process has taken much memory: see `Program.End.peakMegabytes`.
var processWorkloads: [Workload] {
  [
    Workload(name: "cold-start", unit: .milliseconds, work: "wabe --help, from its start to its end") {
      let help = try Program("wabe", ["--help"])
      return try milliseconds(of: help)
    },
    Workload(name: "cold-exercise", unit: .milliseconds, work: "nnti-sheet07 7.1.a with its figure, start to end") {
      let folder = try TemporaryFolder()
      let exercise = try Program("nnti-sheet07", ["7.1.a", "--output", folder.path, "--force"])
      return try withExtendedLifetime(folder) { try milliseconds(of: exercise) }
    },
    Workload(name: "memory-step", unit: .megabytes, work: "peak resident memory of a process with step-128x512") {
      try Program("benchmark", ["--filter", "step-128x512", "--json"]).run().peakMegabytes
    },
    Workload(name: "reproduce", unit: .seconds, work: "all exercises of all sheets, two programs at a time") {
      try secondsOfAllSheets()
    },
  ]
}

/// The best of ten runs; the first fetches the program from the disk.
private func milliseconds(of program: Program) throws -> Double {
  let times = try (0..<10).map { _ in
    let begin = secondsNow()
    try program.run()
    return secondsNow() - begin
  }
  return 1e3 * (times.min() ?? .infinity)
}

private func secondsOfAllSheets() throws -> Double {
  let folder = try TemporaryFolder()
  let sheets = ["nnti-sheet06", "nnti-sheet07", "ci-sheet04", "rgnn-sheet01"]
  var waiting = try sheets.map { try Program($0, ["--output", folder.path]) }
  var running: [(process: Int32, program: Program)] = []
  return try withExtendedLifetime(folder) {
    let begin = secondsNow()
    while !waiting.isEmpty || !running.isEmpty {
      while running.count < 2, !waiting.isEmpty {
        let next = waiting.removeFirst()
        running.append((try next.start(), next))
      }
      let end = try Program.wait()
      guard let index = running.firstIndex(where: { $0.process == end.process }) else { continue }
      try running.remove(at: index).program.check(end)
    }
    return secondsNow() - begin
  }
}
