/// Reads the words of a command line from left to right.
struct Parser {
  /// The command and the subcommands chosen so far; an option is looked up in the last one first.
  private(set) var chain: [Command]
  private(set) var request: Command.Values.Request?
  private let words: [String]
  private var next = 0
  private var given: [String: [String]] = [:]
  private var loose: [String] = []

  init(_ command: Command, _ words: [String]) {
    chain = [command]
    self.words = words
  }

  /// Reads everything, then makes the values.
  mutating func parse() throws(UsageError) -> Command.Values {
    var optionsEnded = false
    while request == nil, next < words.count {
      let word = words[next]
      next += 1
      if optionsEnded || word == "-" || !word.hasPrefix("-") || isNegativeNumber(word) {
        try take(word)
      } else if word == "--" {
        optionsEnded = true
      } else if word.hasPrefix("--") {
        try readLong(word.dropFirst(2))
      } else {
        try readShort(word.dropFirst())
      }
    }
    return try values()
  }

  // MARK: Words

  /// A word that is no option: the name of a subcommand, or an argument.
  private mutating func take(_ word: String) throws(UsageError) {
    guard let command = chain.last, !command.subcommands.isEmpty else { return loose.append(word) }
    let names = command.subcommands.map(\.command.name)
    guard let found = command.subcommands.first(where: { $0.command.name == word }) else {
      throw error("unknown command \(quoted(word))\(hint(word, names))")
    }
    chain.append(found.command)
  }

  /// `--name`, `--name value` or `--name=value`, without the dashes.
  private mutating func readLong(_ word: Substring) throws(UsageError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0])
    let attached = parts.count > 1 ? String(parts[1]) : nil
    guard let parameter = options.first(where: { $0.name == name }) else {
      let names = options.map(\.name)
      throw error("unknown option --\(printable(name))\(hint(name, names, prefix: "--"))")
    }
    try give(parameter, attached, called: "--\(name)")
  }

  /// `-n`, `-n value`, `-nvalue`, `-n=value`, or several flags in one word, without the dash.
  private mutating func readShort(_ word: Substring) throws(UsageError) {
    if let long = options.first(where: { $0.name == word.prefix { $0 != "=" } && $0.name.count > 1 }) {
      throw error("unknown option -\(long.name): did you mean --\(long.name)?")
    }
    var rest = word
    while let letter = rest.popFirst(), request == nil {
      guard let parameter = options.first(where: { $0.short == letter }) else {
        throw error("unknown option -\(printable(String(letter)))")
      }
      if parameter.kind == .flag, !rest.hasPrefix("=") {
        try give(parameter, nil, called: "-\(letter)")
      } else {
        let value = rest.hasPrefix("=") ? rest.dropFirst() : rest
        let isAttached = !rest.isEmpty
        return try give(parameter, isAttached ? String(value) : nil, called: "-\(letter)")
      }
    }
  }

  /// Notes what was given for an option, and takes the next word as its value if it needs one.
  private mutating func give(_ parameter: Parameter, _ attached: String?, called: String) throws(UsageError) {
    if parameter.kind == .flag {
      if let attached { throw error("\(called) takes no value, found \(quoted(attached))") }
      try note(parameter, "", called)
      switch parameter.name {
      case "help": request = .help
      case "version": request = .version
      default: break
      }
    } else if let attached {
      try note(parameter, attached, called)
    } else if next < words.count, isValue(words[next]) {
      next += 1
      try note(parameter, words[next - 1], called)
    } else {
      let example = next < words.count ? "; if it begins with a dash, write \(called)=\(printable(words[next]))" : ""
      throw error("\(called) needs a value\(example)")
    }
  }

  private mutating func note(_ parameter: Parameter, _ word: String, _ called: String) throws(UsageError) {
    if parameter.kind != .list, given[parameter.key] != nil { throw error("\(called) is given twice: give it once") }
    given[parameter.key, default: []].append(word)
  }

  /// The options that are known here: of the last command first, then of the commands above it.
  private var options: [Parameter] {
    var result: [Parameter] = []
    for command in chain.reversed() { result += command.parameters.filter { !$0.isPositional } }
    return result + Parameter.common(of: chain[0])
  }

  private func isValue(_ word: String) -> Bool {
    !word.hasPrefix("-") || word == "-" || isNegativeNumber(word)
  }

  /// Whether a word that begins with a dash is a number, unless a digit is the short name of an option.
  private func isNegativeNumber(_ word: String) -> Bool {
    guard word.hasPrefix("-"), let first = word.dropFirst().first, Double(word) != nil || first.isWholeNumber else {
      return false
    }
    return !options.contains { $0.short == first }
  }

  // MARK: Values

  private mutating func values() throws(UsageError) -> Command.Values {
    var result = Command.Values(arguments: words)
    result.path = chain.map(\.name)
    result.request = request
    if request == nil { try shareOutArguments() }
    for command in chain {
      for parameter in command.parameters {
        let value = try value(of: parameter)
        result.table[parameter.key] = value
        let text = given[parameter.key].map { parameter.kind == .flag ? "true" : $0.joined(separator: ",") }
        let setting = text ?? parameter.absent?.text ?? ""
        result.settings.append(.init(name: parameter.name, value: setting, isGiven: text != nil))
      }
    }
    for parameter in Parameter.common(of: chain[0]) where given[parameter.key] != nil {
      let value = try value(of: parameter)
      if let choice = value as? ColorChoice { result.color = choice }
      if parameter.name == "no-color" { result.color = .never }
    }
    result.given = Set(given.keys)
    return result
  }

  private func value(of parameter: Parameter) throws(UsageError) -> (any Sendable)? {
    guard let words = given[parameter.key] else {
      if parameter.absent == nil, request == nil { throw error("missing argument: \(parameter.name)") }
      return parameter.absent?.value
    }
    do {
      return try parameter.convert(words)
    } catch {
      throw self.error("\(parameter.spelling): \(error.text)")
    }
  }

  /// Gives the words that are no options to the arguments, in order.
  private mutating func shareOutArguments() throws(UsageError) {
    var rest = loose[...]
    for parameter in chain[chain.count - 1].parameters where parameter.isPositional && !rest.isEmpty {
      let share = parameter.kind == .argument ? rest.prefix(1) : rest
      given[parameter.key] = Array(share)
      rest = rest.dropFirst(share.count)
    }
    if let first = rest.first { throw error("unexpected argument \(quoted(first))") }
  }

  // MARK: Messages

  private func error(_ message: String) -> UsageError {
    UsageError(message, command: chain.map(\.name).joined(separator: " "))
  }

  private func hint(_ word: String, _ names: [String], prefix: String = "") -> String {
    nearest(to: word, among: names).map { ": did you mean \(prefix)\($0)?" } ?? ""
  }
}
