internal import Console

extension SheetSession {
  /// Runs the parts under many seeds and counts how often each check passes.
  ///
  /// A part in which nothing is left to chance is run once.
  func sweep(_ experiments: [any Experiment], seeds: Int) throws {
    var failures = 0
    for experiment in experiments {
      let runs = try checks(of: experiment, seeds: seeds)
      guard let first = runs.first else { continue }
      var table = TextTable([
        "check", "passed", .init("lowest", .right), .init("median", .right), .init("highest", .right), "expected",
      ])
      for index in first.indices {
        let all = runs.compactMap { $0.indices.contains(index) ? $0[index] : nil }
        let judged = all.filter(\.isJudged)
        let passed = judged.count(where: \.passes)
        failures += judged.count - passed
        guard first[index].kind == .statistical || passed < judged.count else { continue }
        let values = all.map(\.value)
        let style: Style = passed == judged.count ? .green : .red
        table.add([
          .init(first[index].name), .init("\(passed) of \(judged.count)", style),
          .init((values.min() ?? .nan).text(4)), .init(median(values).text(4)),
          .init((values.max() ?? .nan).text(4)), .init(first[index].referenceText),
        ])
      }
      output.print(output.styled("\(experiment.id)  \(experiment.title)", .bold) + ", seeds \(runs.count)")
      if runs.contains(where: { $0.contains { $0.kind == .statistical } }) { output.print(table) }
    }
    let verdict = failures == 0 ? output.styled("all passed", .green) : output.styled("\(failures) failed", .red)
    let parts = experiments.count == 1 ? "1 part" : "\(experiments.count) parts"
    output.print("\(parts) under up to \(seeds) seeds from \(settings.seed) on: \(verdict)")
    if failures > 0 { throw ExitCode.failure }
  }

  /// The checks of one part under each seed.
  private func checks(of experiment: any Experiment, seeds: Int) throws -> [[Check]] {
    let progress = SheetProgress(experiment.id, on: errors)
    defer { progress.end() }
    var result: [[Check]] = []
    for offset in 0..<seeds {
      var settings = settings
      settings.output = nil
      settings.seed += UInt64(offset)
      settings.isInterrupted = { Interruption.isRequested }
      result.append(try Run.execute(experiment, settings, at: sheet.place(of: experiment)).checks)
      progress.show(Settings.Step(name: "seeds", done: offset + 1, total: seeds, note: ""))
      if Interruption.isRequested { throw Interrupted(description: "stopped after seed \(settings.seed)") }
      if offset == 0 && !result[0].contains(where: { $0.kind == .statistical }) { break }
    }
    return result
  }
}
