// A program as its users start it: the tests send it signals, close its pipes and read its exit code.

import Console
import Glibc

struct Mishap: Error, CustomStringConvertible {
  let description = "rings.csv: line 3: expected 2 numbers,\n  found \"\u{1B}[31m\""
}

var count = Command("count", summary: "Says a number per line, up to a limit that overfills a pipe.")
let limit = count.option("to", default: 100_000, in: 1..., help: "Where it ends.")
let listens = count.flag("listen", help: "Ends between two lines when it is interrupted.")

var command = Command("console-probe", summary: "Does one thing after another that can go wrong.", version: "1.2.3")
let quiet = command.flag("quiet", short: "q", help: "Says less.")
command.subcommand(count) { values in
  if values[listens] { Interruption.listen() }
  let output = Terminal(.output)
  var number = 0
  while !Interruption.isRequested, number < values[limit] {
    number += 1
    output.print(String(number))
  }
  if values[listens] { Terminal(.error).print("stopped after a whole line") }
}
command.subcommand(Command("stall", summary: "Hears that it should end, and does not.")) { _ in
  Interruption.listen()
  Terminal(.output).print("ready")
  while !Interruption.isRequested { usleep(1000) }
  Terminal(.output).print("heard")
  while true { pause() }
}
command.subcommand(Command("fail", summary: "Meets a mishap.")) { _ in throw Mishap() }
command.subcommand(Command("contradict", summary: "Refuses its options.")) { _ in
  throw UsageError("--quiet and --loud exclude each other")
}
command.subcommand(Command("judge", summary: "Finds checks that failed.")) { _ in throw ExitCode(rawValue: 3) }
command.subcommand(Command("print", summary: "Prints as any program does.")) { values in
  print("first")
  Terminal(.output).print("second")
  print(values[quiet] ? "quiet" : "third")
}
command.subcommand(Command("see", summary: "Says what its streams are.")) { values in
  for (name, stream) in [("output", Terminal.Stream.output), ("error", .error)] {
    let terminal = Terminal(stream, color: values.color)
    let facts = "terminal \(terminal.isTerminal), colour \(terminal.hasColor), width \(terminal.width)"
    print("\(name): \(facts)")
  }
}
command.main()
