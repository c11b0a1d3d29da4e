/// What a program can be asked for: its options, flags, arguments and subcommands, in the order of the help.
///
/// ```swift
/// var command = Command("train", summary: "Trains a network.", version: "1.0")
/// let seed = command.option("seed", default: 7, help: "Where the random numbers begin.")
/// let quick = command.flag("quick", help: "One epoch only.")
/// command.main { values in
///   print(values[seed], values[quick])
/// }
/// ```
///
/// `--name value` and `--name=value`, `-n value` and `-nvalue` mean the same; `--` ends the options. Every command knows
/// `--help`, `--version` (if it has one), `--color` and `--no-color`.
public struct Command: Sendable {
  /// The name that the person types.
  public let name: String
  /// What it does, in one sentence; the first line of the help.
  public let summary: String
  /// What `--version` prints after the name; without one there is no such option.
  public let version: String?

  private(set) var parameters: [Parameter] = []
  private(set) var subcommands: [Subcommand] = []
  private var currentGroup = "Options"

  struct Subcommand: Sendable {
    let command: Command
    let action: (@Sendable (Values) throws -> Void)?
  }

  /// A command without options of its own; `option`, `flag`, `argument` and `subcommand` add to it.
  public init(_ name: String, summary: String, version: String? = nil) {
    self.name = name
    self.summary = summary
    self.version = version
  }

  /// The options declared from here on stand under this heading in the help.
  public mutating func group(_ heading: String) {
    currentGroup = heading
  }

  /// A flag: true if it is given.
  public mutating func flag(_ name: String, short: Character? = nil, help: String) -> Option<Bool> {
    declare(
      Parameter(
        command: self.name, name: name, short: short, kind: .flag, help: help, absent: (false, "false"),
        convert: { _ in true }))
  }

  /// Adds a command of its own, which runs `action`; the options of this command are known there as well.
  public mutating func subcommand(_ command: Command, run action: @escaping @Sendable (Values) throws -> Void) {
    add(Subcommand(command: command, action: action))
  }

  /// Adds a command that only groups subcommands of its own.
  public mutating func subcommand(_ command: Command) {
    add(Subcommand(command: command, action: nil))
  }

  private mutating func add(_ subcommand: Subcommand) {
    let other = subcommand.command.name
    ensure(!subcommands.contains { $0.command.name == other }, "\(name): the command \(other) is declared twice")
    ensure(!parameters.contains(where: \.isPositional), "\(name): a command has arguments or subcommands, not both")
    subcommands.append(subcommand)
  }

  /// Adds a parameter and returns its handle. A name that cannot be told apart is a mistake of the program.
  mutating func declare<Value>(_ parameter: Parameter) -> Option<Value> {
    let others = parameters + Parameter.common(of: self)
    ensure(!others.contains { $0.name == parameter.name }, "\(name): \(parameter.spelling) is declared twice")
    if let short = parameter.short {
      ensure(!others.contains { $0.short == short }, "\(name): -\(short) is declared twice")
    }
    if parameter.isPositional {
      ensure(subcommands.isEmpty, "\(name): a command has arguments or subcommands, not both")
      let last = parameters.last(where: \.isPositional)
      ensure(last?.kind != .arguments, "\(name): no argument can follow \(last?.name ?? ""), which takes the rest")
      let isOptional = last?.absent != nil
      ensure(!isOptional || parameter.absent != nil, "\(name): \(parameter.name) follows an argument with a default")
    }
    var parameter = parameter
    if !parameter.isPositional { parameter.group = currentGroup }
    parameters.append(parameter)
    return Option(parameter)
  }
}

extension Parameter {
  /// The heading of the options that every command has.
  static let commonGroup = "General options"

  /// The options that every command has.
  static func common(of command: Command) -> [Parameter] {
    var result = [common(command, "help", short: "h", "Shows this help.")]
    if command.version != nil { result.append(common(command, "version", "Shows the version.")) }
    let colors = Conversion<ColorChoice>()
    result.append(
      Parameter(
        command: command.name, name: "color", kind: .single, placeholder: "WHEN",
        help: "Colours: always, never or auto.",
        group: commonGroup, notes: ["default: auto"],
        absent: (ColorChoice.automatic, "auto"),
        convert: { words throws(Complaint) in try colors(words[0]) }))
    result.append(common(command, "no-color", "The same as --color never."))
    return result
  }

  private static func common(_ command: Command, _ name: String, short: Character? = nil, _ help: String) -> Parameter {
    Parameter(
      command: command.name, name: name, short: short, kind: .flag, help: help, group: commonGroup,
      absent: (false, "false"), convert: { _ in true })
  }
}

/// Stops the program at a mistake in its own code. A failed `precondition` would print no text in release builds.
func ensure(_ condition: Bool, _ message: @autoclosure () -> String) {
  if !condition { fatalError(message()) }
}
