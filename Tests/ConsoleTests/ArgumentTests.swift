import Console
import Testing

/// The program of most tests: one option of each kind.
private struct Sheet {
  var command = Command("sheet", summary: "Trains a network on two rings.", version: "2.1")
  let seed: Option<Int>
  let rate: Option<Double>
  let big: Option<UInt64>
  let title: Option<String>
  let activation: Option<String?>
  let epochs: Option<Int?>
  let hidden: Option<[Int]>
  let sets: Option<[String]>
  let quick: Option<Bool>
  let verbose: Option<Bool>
  let exercises: Option<[String]>

  init() {
    seed = command.option("seed", short: "s", default: 7, help: "Where the random numbers begin.")
    rate = command.option("rate", short: "r", default: 0.1, in: .leastNonzeroMagnitude..., help: "The step.")
    big = command.option("big", default: UInt64.max, help: "A large number.")
    title = command.option("title", default: "rings", help: "What the pictures are called.")
    activation = command.option("activation", oneOf: ["relu", "tanh"], help: "The nonlinearity.")
    epochs = command.option("epochs", as: Int.self, in: 1...1000, help: "How often.")
    hidden = command.option("hidden", default: [32], in: 1..., help: "The widths of the hidden layers.")
    sets = command.option("set", default: [], help: "A setting.")
    quick = command.flag("quick", short: "q", help: "A few steps only.")
    verbose = command.flag("verbose", short: "v", help: "Says more.")
    exercises = command.arguments("exercise", help: "What to run.")
  }

  /// Everything that can be read out, as one line; what is not given is left out.
  func reading(_ line: String) throws -> String {
    let values = try command.parse(line.split(separator: " ").map(String.init))
    if let request = values.request { return "\(request)" }
    var facts: [String] = []
    if values.isGiven(seed) { facts.append("seed \(values[seed])") }
    if values.isGiven(rate) { facts.append("rate \(values[rate])") }
    if values.isGiven(big) { facts.append("big \(values[big])") }
    if values.isGiven(title) { facts.append("title \(values[title])") }
    if let activation = values[activation] { facts.append("activation \(activation)") }
    if let epochs = values[epochs] { facts.append("epochs \(epochs)") }
    if values.isGiven(hidden) { facts.append("hidden \(values[hidden])") }
    if values.isGiven(sets) { facts.append("sets \(values[sets])") }
    if values[quick] { facts.append("quick") }
    if values[verbose] { facts.append("verbose") }
    if !values[exercises].isEmpty { facts.append("exercises \(values[exercises])") }
    return facts.joined(separator: ", ")
  }
}

@Test(
  "a command line means what people expect it to mean",
  arguments: [
    ("", ""),
    ("--seed 3", "seed 3"),
    ("--seed=3", "seed 3"),
    ("-s 3", "seed 3"),
    ("-s3", "seed 3"),
    ("-s=3", "seed 3"),
    ("--seed -3", "seed -3"),
    ("-s-3", "seed -3"),
    ("--seed 7", "seed 7"),
    ("--rate 1e-3", "rate 0.001"),
    ("--rate .5", "rate 0.5"),
    ("--big 18446744073709551615", "big 18446744073709551615"),
    ("--title=a=b", "title a=b"),
    ("--title=", "title "),
    ("--title=--quick", "title --quick"),
    ("--title -", "title -"),
    ("--activation tanh", "activation tanh"),
    ("--epochs 1000", "epochs 1000"),
    ("--hidden 8", "hidden [8]"),
    ("--hidden 8,16 --hidden 4", "hidden [8, 16, 4]"),
    ("--set a=1,2 --set b", "sets [\"a=1,2\", \"b\"]"),
    ("-qv", "quick, verbose"),
    ("-qs3", "seed 3, quick"),
    ("-q 2a --verbose 3", "quick, verbose, exercises [\"2a\", \"3\"]"),
    ("-- --quick -s", "exercises [\"--quick\", \"-s\"]"),
    ("1 -- -- 2", "exercises [\"1\", \"--\", \"2\"]"),
    ("-1 -2.5 -", "exercises [\"-1\", \"-2.5\", \"-\"]"),
    ("--help --nonsense", "help"),
    ("-qh", "help"),
    ("--version", "version"),
  ])
func reading(line: String, meaning: String) throws {
  #expect(try Sheet().reading(line) == meaning)
}

@Test(
  "a mistake in the arguments is told in one sentence that says what to do",
  arguments: [
    ("--sed 3", "unknown option --sed: did you mean --seed?"),
    ("--quikc", "unknown option --quikc: did you mean --quick?"),
    ("--act tanh", "unknown option --act: did you mean --activation?"),
    ("--colour", "unknown option --colour: did you mean --color?"),
    ("--nothing-like-it", "unknown option --nothing-like-it"),
    ("-x", "unknown option -x"),
    ("-seed 3", "unknown option -seed: did you mean --seed?"),
    ("-quick", "unknown option -quick: did you mean --quick?"),
    ("-qx", "unknown option -x"),
    ("--seed", "--seed needs a value"),
    ("--title --quick", "--title needs a value; if it begins with a dash, write --title=--quick"),
    ("--seed x", "--seed: expected a whole number, found \"x\""),
    ("--seed=", "--seed: expected a whole number, found \"\""),
    ("--seed 3.5", "--seed: expected a whole number, found \"3.5\""),
    ("--seed 9223372036854775808", "--seed: expected a whole number, found \"9223372036854775808\""),
    ("--big -1", "--big: expected a non-negative whole number, found \"-1\""),
    ("--rate 0", "--rate: expected a number above 0, found \"0\""),
    ("--rate nan", "--rate: expected a number above 0, found \"nan\""),
    ("--rate inf", "--rate: expected a number above 0, found \"inf\""),
    ("--rate 1e999", "--rate: expected a number above 0, found \"1e999\""),
    ("--epochs 0", "--epochs: expected a whole number from 1 to 1000, found \"0\""),
    ("--hidden 8,,4", "--hidden: expected a whole number of at least 1, found \"\""),
    ("--hidden 8,0", "--hidden: expected a whole number of at least 1, found \"0\""),
    ("--activation tahn", "--activation: expected one of relu, tanh, found \"tahn\": did you mean tanh?"),
    ("--quick=yes", "--quick takes no value, found \"yes\""),
    ("-q=yes", "-q takes no value, found \"yes\""),
    ("--seed 1 --seed 1", "--seed is given twice: give it once"),
    ("--seed 1 -s 1", "-s is given twice: give it once"),
    ("--quick -q", "-q is given twice: give it once"),
    ("--color sometimes", "--color: expected one of always, never, auto, found \"sometimes\""),
    ("--seed \u{1B}[31m", "--seed: expected a whole number, found \"\\u{1B}[31m\""),
  ])
func mistakes(line: String, message: String) {
  #expect(throws: UsageError(message, command: "sheet")) { try Sheet().reading(line) }
}

@Test("what is not given has its default")
func defaults() throws {
  let sheet = Sheet()
  let values = try sheet.command.parse([])
  #expect(values[sheet.seed] == 7)
  #expect(values[sheet.rate] == 0.1)
  #expect(values[sheet.big] == .max)
  #expect(values[sheet.activation] == nil)
  #expect(values[sheet.epochs] == nil)
  #expect(values[sheet.hidden] == [32])
  #expect(values[sheet.quick] == false)
  #expect(values[sheet.exercises] == [])
  #expect(values.color == .automatic)
}

@Test("the colours are chosen by --color and --no-color")
func colorOptions() throws {
  let command = Sheet().command
  #expect(try command.parse(["--color", "always"]).color == .always)
  #expect(try command.parse(["--no-color"]).color == .never)
  #expect(try command.parse(["--no-color", "--color=always"]).color == .never)
}

@Test("all settings can be written into the record of a run")
func settings() throws {
  let values = try Sheet().command.parse(["--seed", "3", "--hidden", "8,4", "-q", "1b", "2"])
  let texts = values.settings.map { "\($0.name)=\($0.value)\($0.isGiven ? "!" : "")" }
  #expect(
    texts == [
      "seed=3!", "rate=0.1", "big=18446744073709551615", "title=rings", "activation=", "epochs=", "hidden=8,4!",
      "set=", "quick=true!", "verbose=false", "exercise=1b,2!",
    ])
  #expect(values.arguments == ["--seed", "3", "--hidden", "8,4", "-q", "1b", "2"])
}

@Test("arguments are given their words in order, and the rest takes what is left")
func positionalArguments() throws {
  var command = Command("convert", summary: "Converts.")
  let source = command.argument("source", help: "The file to read.")
  let count = command.argument("count", as: Int.self, help: "How many.")
  let target = command.argument("target", default: "out", help: "The file to write.")
  let values = try command.parse(["a", "3"])
  #expect(values[source] == "a" && values[count] == 3 && values[target] == "out" && !values.isGiven(target))
  #expect(try command.parse(["a", "-3", "b"])[target] == "b")
  #expect(throws: UsageError("missing argument: count", command: "convert")) { try command.parse(["a"]) }
  #expect(throws: UsageError("count: expected a whole number, found \"b\"", command: "convert")) {
    try command.parse(["a", "b"])
  }
  #expect(throws: UsageError("unexpected argument \"c\"", command: "convert")) {
    try command.parse(["a", "3", "b", "c"])
  }
}

@Test("the remaining arguments can be limited in kind and number")
func limitedArguments() throws {
  var command = Command("run", summary: "Runs.")
  let names = command.arguments("exercise", oneOf: ["1a", "1b", "2"], atLeast: 2, help: "Which.")
  #expect(try command.parse(["2", "1a"])[names] == ["2", "1a"])
  #expect(throws: UsageError("missing argument: exercise", command: "run")) { try command.parse([]) }
  #expect(throws: UsageError("exercise: expected at least 2, found 1", command: "run")) { try command.parse(["2"]) }
  #expect(throws: UsageError("exercise: expected one of 1a, 1b, 2, found \"3\"", command: "run")) {
    try command.parse(["2", "3"])
  }
}

private enum Activation: String, CaseIterable, ArgumentValue { case relu, tanh, sigmoid }

@Test("an enumeration is an option with its cases as choices")
func enumerations() throws {
  var command = Command("train", summary: "Trains.")
  let activation = command.option("activation", default: Activation.relu, help: "The nonlinearity.")
  #expect(try command.parse(["--activation=sigmoid"])[activation] == .sigmoid)
  let message = "--activation: expected one of relu, tanh, sigmoid, found \"Tanh\": did you mean tanh?"
  #expect(throws: UsageError(message, command: "train")) { try command.parse(["--activation", "Tanh"]) }
  #expect(command.help().contains("(relu, tanh, sigmoid; default: relu)"))
}

@Test("a digit as the short name of an option goes before negative numbers")
func digitsAsNames() throws {
  var command = Command("list", summary: "Lists.")
  let single = command.flag("single-column", short: "1", help: "One name per line.")
  #expect(try command.parse(["-1"])[single])
}
