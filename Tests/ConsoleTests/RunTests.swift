import Console
import Testing

private struct Mishap: Error, CustomStringConvertible {
  let description = "rings.csv: line 3:\n  expected 2 numbers,\n  found \"\u{1B}[31m\""
}

private func run(
  _ arguments: [String], version: String? = nil, hasColor: Bool = false,
  _ body: (Command.Values) throws -> Void = { _ in }
) -> (code: ExitCode, output: String, errors: String) {
  var command = Command("sheet", summary: "Solves.", version: version)
  _ = command.option("seed", default: 7, help: "Where the random numbers begin.")
  let (output, errors) = (Recorder(), Recorder())
  let code = command.run(arguments, output: output.terminal(), errors: errors.terminal(hasColor: hasColor), body)
  return (code, output.text, errors.text)
}

@Test("a run that went well says nothing and ends with 0")
func success() {
  var seen: [String] = []
  let result = run(["--seed", "3"]) { seen = $0.arguments }
  #expect(result == (.success, "", ""))
  #expect(seen == ["--seed", "3"])
}

@Test("help and version go to standard output, and nothing runs")
func requests() {
  let help = run(["--help"]) { _ in Issue.record("it ran") }
  #expect(help.code == .success && help.errors.isEmpty && help.output.hasPrefix("Usage: sheet [options]\n\nSolves.\n"))
  let version = run(["--version"], version: "1.2") { _ in Issue.record("it ran") }
  #expect(version == (.success, "sheet 1.2\n", ""))
  #expect(run(["--version"]).errors == "sheet: unknown option --version\nSee sheet --help.\n")
}

@Test("a mistake in the arguments ends with 2, and nothing runs")
func usageErrors() {
  let result = run(["--sed", "3"]) { _ in Issue.record("it ran") }
  #expect(result == (.usage, "", "sheet: unknown option --sed: did you mean --seed?\nSee sheet --help.\n"))
}

@Test("an error of the run is one sentence in one line, and ends with 1")
func failures() {
  let line = "sheet: error: rings.csv: line 3: expected 2 numbers, found \"\\u{1B}[31m\"\n"
  #expect(run([]) { _ in throw Mishap() } == (.failure, "", line))
  let colored = run([], hasColor: true) { _ in throw Mishap() }
  #expect(colored.errors.hasPrefix("sheet: \u{1B}[31merror\u{1B}[0m: rings.csv"))
}

@Test("a run can refuse its options, or end with a code of its own")
func codesOfTheRun() {
  let refusal = run([]) { _ in throw UsageError("--quick and --epochs exclude each other") }
  #expect(refusal == (.usage, "", "sheet: --quick and --epochs exclude each other\nSee sheet --help.\n"))
  #expect(run([]) { _ in throw ExitCode(rawValue: 3) } == (ExitCode(rawValue: 3), "", ""))
}

@Test("two declarations that cannot be told apart are a mistake of the program")
func doubleDeclarations() async {
  let twice = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    var command = Command("sheet", summary: "Solves.")
    _ = command.flag("quick", help: "")
    _ = command.option("quick", default: 3, help: "")
  }
  #expect(complaint(of: twice).contains("--quick is declared twice"))
  let outside = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    var command = Command("sheet", summary: "Solves.")
    _ = command.option("epochs", default: 0, in: 1..., help: "")
  }
  let message = "sheet: the default of --epochs is not accepted by its own limits"
  #expect(complaint(of: outside).contains(message))
}

@Test("the handle of another command is a mistake of the program")
func foreignHandles() async {
  let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
    var other = Command("other", summary: "")
    let seed = other.option("seed", default: 7, help: "")
    let values = try Command("sheet", summary: "").parse([])
    print(values[seed])
  }
  let message = complaint(of: result)
  #expect(message.contains("other seed: is no option of sheet: use the handle of the same command"))
}
