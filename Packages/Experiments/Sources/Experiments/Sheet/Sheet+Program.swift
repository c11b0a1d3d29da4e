internal import Console

#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Sheet {
  /// Runs the program of the sheet with the arguments it was started with, and ends it.
  ///
  /// The exit status is 0 when every judged check passes, 1 when one fails or a run cannot be finished, 2 for arguments
  /// that mean nothing, and 130 or 143 after an interruption.
  public func main() -> Never {
    let program = SheetCommand(self)
    program.command.main { values in
      let chosen = try program.selection(values)
      if values[program.list] { return try list(chosen, on: Terminal(.output, color: values.color)) }
      let settings = try program.settings(values, for: chosen)
      if let threads = program.threads(values) { setenv("WABE_THREADS", String(threads), 1) }
      Interruption.listen()
      let session = SheetSession(
        sheet: self, settings: settings, detail: program.detail(values, count: chosen.count),
        output: Terminal(.output, color: values.color), errors: Terminal(.error, color: values.color))
      if let count = values[program.seeds] { return try session.sweep(chosen, seeds: count) }
      try session.run(chosen)
    }
  }

  /// Prints the parts of the sheet with what they listen to.
  private func list(_ experiments: [any Experiment], on terminal: Terminal) throws {
    var table = TextTable(["part", "about", "takes", "options"])
    for experiment in experiments {
      let options = experiment.parameters.map { "--\($0.name) \($0.standard)" }.joined(separator: ", ")
      table.add([experiment.id, experiment.title, experiment.isLong ? "seconds" : "a moment", options])
    }
    terminal.print(table)
  }
}

extension SheetCommand {
  /// How much is printed.
  func detail(_ values: Command.Values, count: Int) -> SheetSession.Detail {
    if values[json] { return .json }
    if values[quiet] { return .failures }
    return values[verbose] || count == 1 ? .answers : .lines
  }
}
