/// How a line is drawn: its colour, width, dashes, ends and corners.
public struct Stroke: Hashable, Sendable {
  /// The form of a line's ends.
  public enum Cap: Hashable, Sendable {
    /// Ends exactly at the end point.
    case butt
    /// Ends with a half circle.
    case round
    /// Ends with a half square.
    case square
  }

  /// The form of a line's corners.
  public enum Join: Hashable, Sendable {
    /// Pointed corners.
    case miter
    /// Round corners.
    case round
    /// Cut corners.
    case bevel
  }

  /// The colour of the line.
  public var color: Color
  /// The thickness of the line.
  public var width: Double
  /// The lengths of dashes and gaps in turn; empty for a solid line.
  public var dash: [Double]
  /// The form of the ends.
  public var cap: Cap
  /// The form of the corners.
  public var join: Join

  /// A stroke, by default solid with round corners.
  public init(_ color: Color, width: Double = 1, dash: [Double] = [], cap: Cap = .butt, join: Join = .round) {
    self.color = color
    self.width = width
    self.dash = dash
    self.cap = cap
    self.join = join
  }
}
