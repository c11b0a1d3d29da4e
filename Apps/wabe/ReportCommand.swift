import Console
import Experiments
import Files

/// `wabe report`: puts the finished runs of a folder together as one page and a summary.
func addReport(to toolbox: inout Command) {
  var command = Command(
    "report", summary: "Writes index.html and summary.md for the runs in a folder; status 1 if a check fails.")
  let folder = command.argument("folder", default: "Results", help: "The folder with the results of the sheets.")
  toolbox.subcommand(command) { values in
    let output = Terminal(.output, color: values.color)
    let report = try Report(readingFrom: values[folder])
    if report.parts == 0 { throw NoRuns(folder: values[folder]) }
    let place = Folder(values[folder])
    try AtomicWriter().write(Array(report.html().utf8), to: place.file("index.html"))
    try AtomicWriter().write(Array(report.summary.utf8), to: place.file("summary.md"))
    for (name, reason) in report.damaged { Terminal(.error).print("wabe: \(name) is left out: \(reason)") }
    let judged = report.checks.count(where: \.isJudged)
    output.print("\(report.parts) parts, \(judged - report.failures) of \(judged) checks passed")
    output.print("report: \(place.file("index.html"))")
    if report.failures > 0 || !report.damaged.isEmpty { throw ExitCode.failure }
  }
}

/// There is nothing to report on.
struct NoRuns: Error, CustomStringConvertible {
  let folder: String

  var description: String {
    "\(folder) holds no finished run: run a sheet first, such as `swift run -c release ci-sheet04`"
  }
}
