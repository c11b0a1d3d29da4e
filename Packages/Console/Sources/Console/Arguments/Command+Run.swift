#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

extension Command {
  /// Runs the program with the arguments it was started with, and ends it with the fitting exit code.
  ///
  /// The body is what this command does by itself; with subcommands it is left out, and theirs runs.
  public func main(_ body: ((Values) throws -> Void)? = nil) -> Never {
    exit(run(CommandLine.arguments.dropFirst(), body).rawValue)
  }

  /// Reads the arguments, runs the body and says how it ended.
  ///
  /// `--help` and `--version` are printed, with exit code 0. A mistake in the arguments is told on standard error, with
  /// the nearest name and code 2; an error that the body throws is told there too, with code 1, unless it is an
  /// `ExitCode`. After an interruption the code is 130 or 143, and 0 if the reader of the output has gone away.
  public func run(
    _ arguments: some Sequence<String>, output: Terminal = Terminal(.output), errors: Terminal = Terminal(.error),
    _ body: ((Values) throws -> Void)? = nil
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

  private func dispatch(_ arguments: [String], _ output: Terminal, _ body: ((Values) throws -> Void)?) throws {
    var parser = Parser(self, arguments)
    let values = try parser.parse()
    let chain = parser.chain
    let command = chain[chain.count - 1]
    switch values.request {
    case .help: output.write(command.help(width: output.width, chain: chain))
    case .version: output.print("\(name) \(version ?? "")")
    case nil:
      if let action = action(of: chain) ?? (chain.count == 1 ? body : nil) {
        do {
          try action(values)
        } catch let error as UsageError where error.command.isEmpty {
          throw UsageError(error.message, command: values.path.joined(separator: " "))
        }
      } else {
        let names = command.subcommands.map(\.command.name).joined(separator: ", ")
        throw UsageError("missing command: one of \(names)", command: values.path.joined(separator: " "))
      }
    }
  }

  /// What the chosen subcommand does; nil if none was chosen or it only groups others.
  private func action(of chain: [Command]) -> ((Values) throws -> Void)? {
    guard chain.count > 1 else { return nil }
    let name = chain[chain.count - 1].name
    return chain[chain.count - 2].subcommands.first { $0.command.name == name }?.action
  }
}

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
