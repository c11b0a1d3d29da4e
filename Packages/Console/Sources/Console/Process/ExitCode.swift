/// How a program ended, for the shell. Thrown out of a run, it ends the program without a further message.
public struct ExitCode: Error, Sendable, Hashable, RawRepresentable {
  /// The number that the shell sees.
  public let rawValue: Int32

  /// A number of your own, from 0 to 255.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// 0: everything went well.
  public static let success = ExitCode(rawValue: 0)
  /// 1: the run failed.
  public static let failure = ExitCode(rawValue: 1)
  /// 2: the arguments were wrong, and nothing was done.
  public static let usage = ExitCode(rawValue: 2)
  /// 128 + the number of the signal: 130 after Ctrl-C, 143 after `kill`.
  public static func interrupted(by signal: Int32) -> ExitCode {
    ExitCode(rawValue: 128 + signal)
  }
}
