internal import Console

/// The options of a sheet's program, and how they become settings.
struct SheetCommand {
  private(set) var command: Command
  let names: Option<[String]>
  let list, json, verbose, quiet: Option<Bool>
  let seeds: Option<Int?>
  private let sheet: Sheet
  private let seed: Option<UInt64>
  private let quick, force, resume: Option<Bool>
  private let output: Option<String>
  private let data: Option<String?>
  private let threads: Option<Int?>
  private let resolution: Option<Double>
  private let integers: [(name: String, option: Option<Int?>)]
  private let numbers: [(name: String, option: Option<Double?>)]
  private let words: [(name: String, option: Option<String?>)]

  init(_ sheet: Sheet) {
    self.sheet = sheet
    var command = Command(
      sheet.name, summary: "\(sheet.title): works out the exercises, checks the numbers, draws the figures.",
      version: Software.version)
    names = command.arguments(
      "exercise", help: "Which parts, by name or by the beginning of a name such as 1.b; all unless given.")
    list = command.flag("list", short: "l", help: "List the parts and end.")

    command.group("What is run")
    seed = command.option("seed", default: Settings().seed, help: "The seed of all random numbers.")
    seeds = command.option(
      "seeds", as: Int.self, in: 2...10_000,
      help: "Run under so many seeds, from --seed on, and count how often each check passes; writes no files.")
    quick = command.flag("quick", help: "Train shorter and over fewer seeds; measured thresholds are not judged.")
    data = command.option(
      "data", as: String.self, help: "A folder with MNIST or Fashion-MNIST files; synthetic glyphs without it.")
    let parameters = sheet.experiments.flatMap(\.parameters)
    var integers: [(name: String, option: Option<Int?>)] = []
    var numbers: [(name: String, option: Option<Double?>)] = []
    var words: [(name: String, option: Option<String?>)] = []
    for (index, parameter) in parameters.enumerated()
    where !parameters[..<index].contains(where: { $0.name == parameter.name }) {
      let help = "\(parameter.meaning) Default: what the exercise says."
      switch parameter.standard {
      case .integer:
        integers.append((parameter.name, command.option(parameter.name, as: Int.self, in: 1..., help: help)))
      case .number:
        numbers.append((parameter.name, command.option(parameter.name, as: Double.self, in: 0..., help: help)))
      case .word:
        let choices = parameters.filter { $0.name == parameter.name }.flatMap(\.choices)
        let distinct = choices.enumerated().filter { !choices[..<$0.offset].contains($0.element) }.map(\.element)
        words.append((parameter.name, command.option(parameter.name, oneOf: distinct, help: help)))
      }
    }
    self.integers = integers
    self.numbers = numbers
    self.words = words

    command.group("What is written")
    output = command.option("output", short: "o", default: "Results", help: "The folder of the results.")
    force = command.flag("force", short: "f", help: "Replace the results of earlier runs.")
    resume = command.flag("resume", help: "Keep what is finished, and go on where a training was interrupted.")
    resolution = command.option(
      "dpi", default: Settings().resolution, in: 24...1200, help: "Pixels per inch of figures.")
    json = command.flag("json", help: "Print the summary as JSON, and nothing else, on standard output.")
    verbose = command.flag("verbose", short: "v", help: "Print every worked answer; one part alone is always printed.")
    quiet = command.flag("quiet", short: "q", help: "Print only what fails, and the last line.")
    threads = command.option(
      "threads", as: Int.self, in: 1...64, help: "How many threads compute; the bits are the same.")
    self.command = command
  }

  /// The parts that were asked for, in the order of the sheet.
  func selection(_ values: Command.Values) throws(UsageError) -> [any Experiment] {
    let asked = values[names]
    if asked.isEmpty { return sheet.experiments }
    for name in asked where !sheet.experiments.contains(where: { $0.isMeant(by: name) }) {
      let ids = sheet.experiments.map(\.id)
      let near = nearest(to: name, among: ids + ids.map { $0.withoutSheet }).map { ": did you mean \($0)?" } ?? ""
      throw UsageError("there is no exercise \(name)\(near) --list shows all", command: sheet.name)
    }
    return sheet.experiments.filter { experiment in asked.contains { experiment.isMeant(by: $0) } }
  }

  /// The settings for the parts that were asked for.
  func settings(
    _ values: Command.Values, for experiments: [any Experiment]
  ) throws(UsageError) -> Settings {
    var settings = Settings()
    settings.seed = values[seed]
    settings.isQuick = values[quick]
    settings.output = values[output]
    settings.data = values[data]
    settings.isForced = values[force]
    settings.isResuming = values[resume]
    settings.resolution = values[resolution]
    settings.command = ([sheet.name] + values.arguments).joined(separator: " ")
    for (name, option) in integers { if let value = values[option] { settings.values[name] = .integer(value) } }
    for (name, option) in numbers { if let value = values[option] { settings.values[name] = .number(value) } }
    for (name, option) in words { if let value = values[option] { settings.values[name] = .word(value) } }
    for name in settings.values.keys.sorted() {
      try ensureUse(of: name, in: experiments, value: settings.values[name])
    }
    return settings
  }

  /// How many threads were asked for.
  func threads(_ values: Command.Values) -> Int? { values[threads] }

  /// A setting that nothing listens to is a mistake, not a wish.
  private func ensureUse(
    of name: String, in experiments: [any Experiment], value: Parameter.Value?
  ) throws(UsageError) {
    let parameters = experiments.flatMap(\.parameters).filter { $0.name == name }
    if parameters.isEmpty {
      let users = sheet.experiments.filter { $0.parameters.contains { $0.name == name } }.map(\.id)
      throw UsageError(
        "--\(name) means nothing to what is run: it is for \(users.joined(separator: ", "))", command: sheet.name)
    }
    guard case .word(let word)? = value else { return }
    for parameter in parameters where !parameter.choices.contains(word) {
      throw UsageError(
        "--\(name) \(word): expected one of \(parameter.choices.joined(separator: ", "))", command: sheet.name)
    }
  }
}

extension Experiment {
  /// Whether a name given on the command line means this part: all of its identifier or the beginning up to a point,
  /// with or without the sheet's short name.
  func isMeant(by name: String) -> Bool {
    [id, id.withoutSheet].contains { $0 == name || $0.hasPrefix(name + ".") }
  }
}

extension String {
  /// An identifier without the sheet's short name before the first point.
  var withoutSheet: String { split(separator: ".").dropFirst().joined(separator: ".") }
}

extension Parameter {
  /// What the setting is, for the help.
  var meaning: String {
    switch name {
    case "epochs": "How often all examples are shown."
    case "hidden": "The number of hidden units."
    case "learning-rate": "The step width of the optimizer."
    case "activation": "The activation of the hidden units."
    default: ""
    }
  }
}
