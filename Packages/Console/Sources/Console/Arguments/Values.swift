extension Command {
  /// What a command line says, read and checked.
  public struct Values: Sendable {
    /// What was asked for instead of a run.
    public enum Request: Sendable, Equatable {
      /// `--help`
      case help
      /// `--version`
      case version
    }

    /// One option, flag or argument with its value as text, for records of a run.
    public struct Setting: Sendable, Equatable {
      /// The name without dashes.
      public let name: String
      /// The value as a person would type it; empty if there is none.
      public let value: String
      /// Whether it was on the command line; otherwise the value is the default.
      public let isGiven: Bool
    }

    /// What was asked for instead of a run, if anything; the values are then the defaults.
    public internal(set) var request: Request?
    /// The words as they were given.
    public let arguments: [String]
    /// The names of the command and the subcommand that was chosen: `["wabe", "inspect"]`.
    public internal(set) var path: [String] = []
    /// The values of all options and arguments, for the record of a run, in the order of the help.
    public internal(set) var settings: [Setting] = []
    /// When output is to have colours, by `--color` and `--no-color`.
    public internal(set) var color = ColorChoice.automatic

    var table: [String: any Sendable] = [:]
    var given: Set<String> = []

    init(arguments: [String]) {
      self.arguments = arguments
    }

    /// The value given for an option or argument, or its default.
    public subscript<Value>(option: Option<Value>) -> Value {
      guard let stored = table[option.key], let value = stored as? Value else {
        fatalError("\(option.key): is no option of \(path.joined(separator: " ")): use the handle of the same command")
      }
      return value
    }

    /// Whether the option was on the command line, even if with its default value.
    public func isGiven<Value>(_ option: Option<Value>) -> Bool {
      given.contains(option.key)
    }
  }

  /// Reads and checks the words of a command line, without the name of the program.
  ///
  /// `--help` and `--version` end the reading at once; they are then in `request`.
  public func parse(_ arguments: some Sequence<String>) throws(UsageError) -> Values {
    var parser = Parser(self, Array(arguments))
    return try parser.parse()
  }
}
