/// How a piece of text looks on a terminal: a colour, bold, or faint.
///
/// Only the sixteen colours that every terminal theme defines, so that text stays readable on light and dark grounds.
public struct Style: Sendable, Hashable {
  private let codes: [Int]

  private init(_ codes: [Int]) { self.codes = codes }

  /// As it is.
  public static let plain = Style([])
  /// Heavier.
  public static let bold = Style([1])
  /// Lighter, for what matters less.
  public static let faint = Style([2])
  /// For what failed.
  public static let red = Style([31])
  /// For what went well.
  public static let green = Style([32])
  /// For warnings.
  public static let yellow = Style([33])
  /// For names and links.
  public static let blue = Style([34])
  /// For what is special.
  public static let magenta = Style([35])
  /// For numbers and keys.
  public static let cyan = Style([36])

  /// Both styles together: `.bold + .red`.
  public static func + (left: Style, right: Style) -> Style { Style(left.codes + right.codes) }

  /// The text between the control codes that begin and end the style.
  func applied(to text: String) -> String {
    if codes.isEmpty || text.isEmpty { return text }
    return "\u{1B}[\(codes.map(String.init).joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
