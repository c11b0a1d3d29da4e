#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// A stream that a person may be watching, and what can be done there.
///
/// ```swift
/// let screen = Terminal(.output, color: values.color)
/// screen.print(screen.styled("saved", .green))
/// ```
public struct Terminal: Sendable {
  /// The two streams of a program that say something.
  public enum Stream: Int32, Sendable {
    /// Standard output: results.
    case output = 1
    /// Standard error: progress and complaints.
    case error = 2
  }

  /// Whether the stream is a terminal; otherwise it is a file, a pipe or nothing.
  public let isTerminal: Bool
  /// Whether a line can be drawn again: the stream is a terminal that understands control codes.
  public let canRedraw: Bool
  /// Whether text may have colours here.
  public let hasColor: Bool
  /// Whether the terminal is set to UTF-8, so that it shows more than ASCII.
  public let isUnicode: Bool

  private let columns: @Sendable () -> Int
  private let send: @Sendable (String) -> Void

  /// One of the standard streams, judged by what it is connected to and by the environment.
  ///
  /// Colours: never if `NO_COLOR` is set and not empty; else as `color` says; if that says nothing, always when
  /// `CLICOLOR_FORCE` is set (and not 0), else on a terminal whose `TERM` is not `dumb`.
  public init(_ stream: Stream, color: ColorChoice = .automatic) {
    let descriptor = stream.rawValue
    self.init(descriptor: descriptor, color: color) { text in writeAll(text, to: descriptor) }
  }

  /// An open file descriptor, with an environment of your own for tests; `send` gets what is written.
  public init(
    descriptor: Int32, color: ColorChoice = .automatic,
    environment: ((String) -> String?)? = nil,
    send: @escaping @Sendable (String) -> Void
  ) {
    let environment = environment ?? { name in getenv(name).map { String(cString: $0) } }
    let isTerminal = isatty(descriptor) == 1
    let type = environment("TERM") ?? ""
    let canRedraw = isTerminal && !type.isEmpty && type != "dumb"
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment($0) }.first { !$0.isEmpty } ?? ""
    self.isTerminal = isTerminal
    self.canRedraw = canRedraw
    hasColor = Self.hasColor(color, canRedraw: canRedraw, environment)
    isUnicode = locale.lowercased().contains("utf")
    columns = { windowColumns(of: descriptor) ?? 80 }
    self.send = send
  }

  /// A stream that is what you say, for tests and for text that goes elsewhere.
  public init(
    isTerminal: Bool, hasColor: Bool = false, isUnicode: Bool = true, width: Int = 80,
    send: @escaping @Sendable (String) -> Void
  ) {
    self.isTerminal = isTerminal
    self.canRedraw = isTerminal
    self.hasColor = hasColor
    self.isUnicode = isUnicode
    columns = { width }
    self.send = send
  }

  /// The width in columns at this moment, because a window can be resized; 80 if the stream has none.
  public var width: Int { columns() }

  /// Writes the text as it is, at once.
  ///
  /// If the reader has closed the pipe, the program ends quietly, or is told so if it listens to `Interruption`.
  public func write(_ text: String) {
    send(text)
  }

  /// Writes the text and ends the line.
  public func print(_ text: String = "") {
    send(text + "\n")
  }

  /// The text in a style where colours are allowed, otherwise the plain text.
  public func styled(_ text: String, _ style: Style) -> String {
    hasColor ? style.applied(to: text) : text
  }

  private static func hasColor(_ choice: ColorChoice, canRedraw: Bool, _ environment: (String) -> String?) -> Bool {
    if let refusal = environment("NO_COLOR"), !refusal.isEmpty { return false }
    switch choice {
    case .always: return true
    case .never: return false
    case .automatic:
      if let force = environment("CLICOLOR_FORCE"), !force.isEmpty, force != "0" { return true }
      return canRedraw
    }
  }
}

/// The columns of the window behind a descriptor, if there is one that knows its size.
private func windowColumns(of descriptor: Int32) -> Int? {
  var size = winsize()
  guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
  return Int(size.ws_col)
}
