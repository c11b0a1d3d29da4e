internal import Console
internal import Files
internal import Synchronization

/// One call of a sheet's program: runs parts one after the other and tells how they went.
struct SheetSession {
  /// How much is printed.
  enum Detail {
    /// Only the summary, for programs.
    case json
    /// What fails, and the last line.
    case failures
    /// A line for each part, and what fails.
    case lines
    /// Whole worked answers.
    case answers
  }

  let sheet: Sheet
  let settings: Settings
  let detail: Detail
  let output: Terminal
  let errors: Terminal

  /// Runs the parts and writes their folders.
  func run(_ experiments: [any Experiment]) throws {
    var records: [(record: RunRecord, seconds: Double)] = []
    let printer = RunPrinter(terminal: output, idWidth: experiments.map(\.id.count).max() ?? 0)
    if detail == .lines { output.print("\(sheet.title), seed \(settings.seed)") }
    for experiment in experiments {
      if let finished = finished(experiment) {
        records.append(finished)
        if detail == .lines { printer.line(finished.record, note: "finished before") }
        continue
      }
      let (record, seconds) = try execute(experiment)
      records.append((record, seconds))
      switch detail {
      case .json: break
      case .answers: printer.answer(record)
      case .lines: printer.line(record, note: Self.text(ofSeconds: seconds))
      case .failures: printer.failures(of: record)
      }
    }
    try finish(records)
  }

  /// Runs one part with its progress on standard error.
  private func execute(_ experiment: any Experiment) throws -> (RunRecord, Double) {
    var settings = settings
    let progress = SheetProgress(experiment.id, on: errors)
    settings.progress = { progress.show($0) }
    settings.isInterrupted = { Interruption.isRequested }
    let start = ContinuousClock.now
    let record = try Run.execute(experiment, settings, at: sheet.place(of: experiment))
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    progress.end()
    if let path = settings.output { try RunTime.write(seconds, to: Folder(Folder(path).file(experiment.id))) }
    if Interruption.isRequested { throw Interrupted(description: "stopped after \(experiment.id)") }
    return (record, seconds)
  }

  /// The record of a part that an earlier call has finished with the same seed, if it is to be kept.
  private func finished(_ experiment: any Experiment) -> (record: RunRecord, seconds: Double)? {
    guard settings.isResuming, let path = settings.output else { return nil }
    let folder = Folder(Folder(path).file(experiment.id))
    guard let record = try? RunRecord(readingFrom: folder.path), record.isRun(of: experiment, settings) else {
      return nil
    }
    return (record, RunTime.read(from: folder) ?? 0)
  }

  private func finish(_ records: [(record: RunRecord, seconds: Double)]) throws {
    let judged = records.flatMap(\.record.checks).filter(\.isJudged)
    let failures = judged.count { !$0.passes }
    let seconds = records.reduce(0) { $0 + $1.seconds }
    if detail == .json {
      output.print(json(records).text)
    } else {
      let parts = records.count == 1 ? "1 part" : "\(records.count) parts"
      let checks = judged.count == 1 ? "1 check" : "\(judged.count) checks"
      let verdict =
        failures == 0 ? output.styled("all passed", .green) : output.styled("\(failures) failed", .red)
      let place = settings.output.map { ", in \($0)/" } ?? ""
      output.print("\(parts), \(checks): \(verdict), \(Self.text(ofSeconds: seconds))\(place)")
    }
    if failures > 0 { throw ExitCode.failure }
  }

  private func json(_ records: [(record: RunRecord, seconds: Double)]) -> JSONValue {
    .object([
      ("sheet", .string(sheet.name)), ("seed", .unsigned(settings.seed)),
      (
        "parts",
        .array(
          records.map { record, seconds in
            .object([
              ("id", .string(record.id)), ("title", .string(record.title)), ("passed", .bool(record.passes)),
              ("seconds", .number((seconds * 1000).rounded() / 1000)), ("checks", .array(record.checks.map(\.json))),
            ])
          })
      ),
    ])
  }

  static func text(ofSeconds seconds: Double) -> String {
    seconds < 0.9995 ? "\((seconds * 1000).fixed(0)) ms" : "\(seconds.fixed(1)) s"
  }
}

extension RunRecord {
  /// Whether it records what the settings ask for.
  func isRun(of experiment: any Experiment, _ settings: Settings) -> Bool {
    let run = Run(experiment, settings)
    let asked = experiment.parameters.map { run.value($0.name).description }
    return seed == settings.seed && isQuick == settings.isQuick && self.settings.map(\.value) == asked
  }
}
