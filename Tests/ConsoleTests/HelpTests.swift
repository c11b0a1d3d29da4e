import Console
import Testing

private func sheet() -> Command {
  var command = Command(
    "rgnn-sheet01", summary: "Solves every exercise of sheet 01 and says which of its statements hold.", version: "1.0")
  _ = command.arguments("exercise", oneOf: ["1", "2a", "2b"], help: "Which exercises; all if none is named.")
  _ = command.option("seed", short: "s", default: 7, help: "Where the random numbers begin.")
  _ = command.option(
    "activation", default: "relu", oneOf: ["relu", "tanh"], help: "The nonlinearity between the layers.")
  _ = command.flag("quick", short: "q", help: "A few steps only, to see whether everything works.")
  command.group("Training")
  _ = command.option(
    "epochs", as: Int.self, in: 1...,
    help: "How often every example is seen; each exercise has its own number if none is given.")
  _ = command.option("rate", default: 0.1, in: .leastNonzeroMagnitude..., help: "The learning rate")
  _ = command.option("hidden", default: [32, 16], in: 1...4096, help: "The widths of the hidden layers.")
  _ = command.option("set", default: [String](), help: "Any other setting, NAME=VALUE.")
  _ = command.option("extraordinarily-long-name", default: "", help: "Stands on a line of its own.")
  return command
}

@Test("the help fits 80 columns and says defaults, choices and limits, group by group")
func helpAt80Columns() {
  #expect(
    sheet().help(width: 80) == """
      Usage: rgnn-sheet01 [options] [exercise ...]

      Solves every exercise of sheet 01 and says which of its statements hold.

      Arguments:
        exercise               Which exercises; all if none is named (1, 2a, 2b).

      Options:
        -s, --seed N           Where the random numbers begin (default: 7).
            --activation NAME  The nonlinearity between the layers (relu, tanh;
                               default: relu).
        -q, --quick            A few steps only, to see whether everything works.

      Training:
            --epochs N         How often every example is seen; each exercise has its
                               own number if none is given (at least 1).
            --rate X           The learning rate (above 0; default: 0.1)
            --hidden N,…       The widths of the hidden layers (from 1 to 4096;
                               default: 32,16).
            --set TEXT         Any other setting, NAME=VALUE (repeatable).
            --extraordinarily-long-name TEXT
                               Stands on a line of its own.

      General options:
        -h, --help             Shows this help.
            --version          Shows the version.
            --color WHEN       Colours: always, never or auto (default: auto).
            --no-color         The same as --color never.

      """)
}

@Test("the help fits any width from 40 columns", arguments: 40...100)
func helpFits(width: Int) {
  for line in sheet().help(width: width).split(separator: "\n") {
    #expect(displayWidth(line) <= width)
    #expect(line.last != " ")
  }
}

@Test("no line of the help is longer than 100 columns, and a narrow window changes nothing any more")
func helpLimits() {
  #expect(sheet().help(width: 500) == sheet().help(width: 100))
  #expect(sheet().help(width: 1) == sheet().help(width: 40))
}
