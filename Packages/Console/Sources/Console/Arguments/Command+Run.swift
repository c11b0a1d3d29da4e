#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Command {
  /// Runs the program with the arguments it was started with, and ends it with the fitting exit code.
  ///
  /// The body is what this command does when no subcommand is named. A debug build says in one line that it is one.
  public func main(_ body: (Values) throws -> Void) -> Never {
    let arguments = Array(CommandLine.arguments.dropFirst())
    if let values = try? parse(arguments), values.request == nil { DebugBuild.warn(name) }
    exit(run(arguments, body).rawValue)
  }

  /// Runs the subcommand that the program was started with, and ends it with the fitting exit code.
  public func main() -> Never {
    main { _ in throw MissingCommand() }
  }

  /// Runs the subcommand that the arguments name, and says how it ended.
  public func run(
    _ arguments: some Sequence<String>, output: Terminal = Terminal(.output), errors: Terminal = Terminal(.error)
  ) -> ExitCode {
    run(arguments, output: output, errors: errors) { _ in throw MissingCommand() }
  }

  /// Reads the arguments, runs the body and says how it ended.
  ///
  /// `--help` and `--version` are printed, with exit code 0. A mistake in the arguments is told on standard error, with
  /// the nearest name and code 2; an error that the body throws is told there too, with code 1, unless it is an
  /// `ExitCode`. After an interruption the code is 130 or 143, and 0 if the reader of the output has gone away.
  public func run(
    _ arguments: some Sequence<String>, output: Terminal = Terminal(.output), errors: Terminal = Terminal(.error),
    _ body: (Values) throws -> Void
  ) -> ExitCode {
    Interruption.ignoreWriteSignals()
    do {
      try dispatch(Array(arguments), output, body)
    } catch let code as ExitCode {
      return Interruption.exitCode ?? code
    } catch let error as UsageError {
      errors.print("\(error.command): \(error.message)\nSee \(error.command) --help.")
      return .usage
    } catch {
      if let code = Interruption.exitCode { return code }
      errors.print("\(name): \(errors.styled("error", .red)): \(oneLine(error))")
      return .failure
    }
    if let code = Interruption.exitCode { return code }
    if let reason = standardOutputFailure() {
      errors.print("\(name): \(errors.styled("error", .red)): standard output: cannot write: \(reason)")
      return .failure
    }
    return .success
  }

  private func dispatch(_ arguments: [String], _ output: Terminal, _ body: (Values) throws -> Void) throws {
    var parser = Parser(self, arguments)
    let values = try parser.parse()
    let chain = parser.chain
    let command = chain[chain.count - 1]
    switch values.request {
    case .help: output.write(command.help(width: output.width, chain: chain))
    case .version: output.print("\(name) \(version ?? "")")
    case nil:
      let path = values.path.joined(separator: " ")
      do {
        if chain.count == 1 { try body(values) } else { try perform(chain, values) }
      } catch is MissingCommand {
        let names = command.subcommands.map(\.command.name).joined(separator: ", ")
        throw UsageError("missing command: one of \(names)", command: path)
      } catch let error as UsageError where error.command.isEmpty {
        throw UsageError(error.message, command: path)
      }
    }
  }

  /// Does what the last subcommand of the chain does.
  private func perform(_ chain: [Command], _ values: Values) throws {
    let name = chain[chain.count - 1].name
    let subcommand = chain[chain.count - 2].subcommands.first { $0.command.name == name }
    guard let action = subcommand?.action else { throw MissingCommand() }
    try action(values)
  }
}

/// A command that does nothing by itself was given no subcommand.
private struct MissingCommand: Error {}

extension Interruption {
  /// How a program ends that was asked to end; a reader that has seen enough is no failure.
  static var exitCode: ExitCode? {
    signal.map { $0 == SIGPIPE ? .success : .interrupted(by: $0) }
  }
}

/// The error as one sentence in one line.
private func oneLine(_ error: any Error) -> String {
  let words = "\(error)".split { $0.isNewline || $0 == " " }
  return printable(words.joined(separator: " "))
}
