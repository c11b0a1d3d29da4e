/// The words of a command line ask for something that the command does not know or cannot accept.
///
/// A program may throw one itself when two options contradict each other: `run` treats it like its own.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// One sentence that says what is wrong and, where one is near, what was probably meant.
  public let message: String
  /// The command that was being read, with the commands above it, such as `wabe inspect`; empty if not known.
  public let command: String

  /// A mistake in the arguments of `command`; the command that runs is filled in if it is left out.
  public init(_ message: String, command: String = "") {
    self.message = message
    self.command = command
  }

  /// The command and the message.
  public var description: String { command.isEmpty ? message : "\(command): \(message)" }
}
