import Console
import Testing

private struct Toolbox {
  var command = Command("wabe", summary: "The toolbox.", version: "1.0")
  let quiet: Option<Bool>
  let limit: Option<Int>
  let file: Option<String>

  init(_ act: @escaping @Sendable (String, Command.Values) throws -> Void) {
    quiet = command.flag("quiet", help: "Says less.")
    var inspect = Command("inspect", summary: "Shows what a file holds.")
    limit = inspect.option("limit", default: 10, help: "At most so many rows.")
    file = inspect.argument("file", help: "What to open.")
    command.subcommand(inspect) { try act("inspect", $0) }
    var data = Command("data", summary: "Everything about data.")
    data.subcommand(Command("download", summary: "Fetches.")) { try act("download", $0) }
    data.subcommand(Command("describe", summary: "Describes.")) { try act("describe", $0) }
    command.subcommand(data)
  }
}

@Test("options of the command above are known before and after the name of the subcommand")
func inheritedOptions() throws {
  let toolbox = Toolbox { _, _ in }
  for line in [["--quiet", "inspect", "a.h5", "--limit", "3"], ["inspect", "--limit=3", "a.h5", "--quiet"]] {
    let values = try toolbox.command.parse(line)
    #expect(values.path == ["wabe", "inspect"])
    #expect(values[toolbox.quiet] && values[toolbox.limit] == 3 && values[toolbox.file] == "a.h5")
  }
}

@Test(
  "what is wrong with a subcommand is said with its full name",
  arguments: [
    (["inspct"], "wabe: unknown command \"inspct\": did you mean inspect?\nSee wabe --help.\n"),
    ([], "wabe: missing command: one of inspect, data\nSee wabe --help.\n"),
    (["data"], "wabe data: missing command: one of download, describe\nSee wabe data --help.\n"),
    (["inspect"], "wabe inspect: missing argument: file\nSee wabe inspect --help.\n"),
    (
      ["inspect", "a", "--limi"],
      "wabe inspect: unknown option --limi: did you mean --limit?\nSee wabe inspect --help.\n"
    ),
    (["data", "download", "x"], "wabe data download: unexpected argument \"x\"\nSee wabe data download --help.\n"),
  ])
func subcommandMistakes(arguments: [String], message: String) {
  let errors = Recorder()
  let toolbox = Toolbox { _, _ in Issue.record("it ran") }
  #expect(toolbox.command.run(arguments, output: Recorder().terminal(), errors: errors.terminal()) == .usage)
  #expect(errors.text == message)
}

@Test("the chosen subcommand runs, and no other")
func dispatch() {
  let calls = Recorder()
  let toolbox = Toolbox { name, _ in calls.add(name + ";") }
  #expect(toolbox.command.run(["data", "describe"]) == .success)
  #expect(toolbox.command.run(["inspect", "a"]) == .success)
  #expect(calls.text == "describe;inspect;")
}

@Test("the help of a subcommand shows its own options and those above it")
func subcommandHelp() {
  let output = Recorder()
  let toolbox = Toolbox { _, _ in }
  #expect(toolbox.command.run(["inspect", "--help"], output: output.terminal()) == .success)
  #expect(
    output.text == """
      Usage: wabe inspect [options] file

      Shows what a file holds.

      Arguments:
        file              What to open.

      Options:
            --limit N     At most so many rows (default: 10).
            --quiet       Says less.

      General options:
        -h, --help        Shows this help.
            --version     Shows the version.
            --color WHEN  Colours: always, never or auto (default: auto).
            --no-color    The same as --color never.

      """)
}

@Test("the version is that of the whole program")
func subcommandVersion() {
  let output = Recorder()
  #expect(Toolbox { _, _ in }.command.run(["inspect", "--version"], output: output.terminal()) == .success)
  #expect(output.text == "wabe 1.0\n")
}
