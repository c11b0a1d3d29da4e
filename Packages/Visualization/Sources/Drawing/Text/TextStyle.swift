/// How text looks: its size, weight and colour.
public struct TextStyle: Hashable, Sendable {
  /// The thickness of the letters.
  public enum Weight: Hashable, Sendable {
    /// For everything but titles.
    case regular
    /// For titles.
    case bold
  }

  /// The size of the letters: the height of a line without the space between lines.
  public var size: Double
  /// The thickness of the letters.
  public var weight: Weight
  /// The colour of the letters.
  public var color: Color

  /// A style, by default regular and black.
  public init(size: Double, weight: Weight = .regular, color: Color = .black) {
    self.size = size
    self.weight = weight
    self.color = color
  }

  /// The distance between the baselines of two lines, in sizes.
  static let lineSpacing = 1.25
  /// How far the highest common letters rise above the baseline, in sizes; the rest of the size lies below it.
  static let ascent = 0.76
  /// The height of capital letters and digits in DejaVu Sans, in sizes.
  static let capHeight = 0.729
}

/// Which part of a text, or of any box, lies on the given point.
public struct Anchor: Hashable, Sendable {
  /// The horizontal part.
  public enum Horizontal: Hashable, Sendable {
    /// The left edge.
    case left
    /// The middle between left and right.
    case center
    /// The right edge.
    case right
  }

  /// The vertical part.
  public enum Vertical: Hashable, Sendable {
    /// The top edge.
    case top
    /// The middle of the capital letters.
    case middle
    /// The line on which the letters of the first line stand.
    case baseline
    /// The bottom edge.
    case bottom
  }

  /// The horizontal part.
  public var horizontal: Horizontal
  /// The vertical part.
  public var vertical: Vertical

  /// An anchor from its two parts.
  public init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }

  /// The middle in both directions.
  public static let center = Anchor(.center, .middle)

  /// Where the top left corner of a text lies, seen from the anchored point.
  func offset(of size: Size, _ style: TextStyle) -> Point {
    let x =
      switch horizontal {
      case .left: 0.0
      case .center: -size.width / 2
      case .right: -size.width
      }
    let firstBaseline = TextStyle.ascent * style.size
    let y =
      switch vertical {
      case .top: 0.0
      case .middle: -(firstBaseline - TextStyle.capHeight * style.size / 2) - (size.height - style.size) / 2
      case .baseline: -firstBaseline
      case .bottom: -size.height
      }
    return Point(x, y)
  }
}
