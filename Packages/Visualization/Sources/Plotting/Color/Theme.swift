public import Drawing

/// The colours, sizes and line widths of a figure.
public struct Theme: Hashable, Sendable {
  /// The colour behind everything.
  public var background: Color
  /// The colour of text and of axis lines.
  public var ink: Color
  /// The colour of tick labels and other secondary text.
  public var softInk: Color
  /// The colour of axis lines and ticks.
  public var axis: Color
  /// The colour of grid lines.
  public var grid: Color
  /// The colours that lines and points take in turn; told apart also by people with a colour vision deficiency.
  public var cycle: [Color]
  /// The map for amounts.
  public var sequential: ColorMap
  /// The map for amounts of which zero should not be seen: it begins near the background.
  public var shade: ColorMap
  /// The map for signed numbers.
  public var diverging: ColorMap
  /// The size of tick labels and legends.
  public var smallText: Double
  /// The size of axis labels.
  public var text: Double
  /// The size of the titles of axes.
  public var titleText: Double
  /// The size of the title of a figure.
  public var figureTitleText: Double
  /// The width of data lines.
  public var lineWidth: Double

  /// Dark on white, for paper and for light screens.
  public static let light = Theme(
    background: .white, ink: Color(0x1c2129), softInk: Color(0x454c57), axis: Color(0x6b727d),
    grid: Color(0xe3e6ea),
    cycle: [0x384698, 0xe37b1c, 0x3e8b6e, 0xac2724, 0x795da3, 0x1ca1e0, 0x62250a, 0xba77aa].map { Color($0) },
    sequential: .lagoon, shade: .ink, diverging: .blueRed)

  /// Light on near black, for dark screens and slides.
  public static let dark = Theme(
    background: Color(0x14171c), ink: Color(0xeceff3), softInk: Color(0xb6bdc8), axis: Color(0x818a96),
    grid: Color(0x2b3038),
    cycle: [0x629bfd, 0xde8702, 0x5be5aa, 0xd62e75, 0x8e68b7, 0xbcebf6, 0x9a5a13, 0xcf9dc7].map { Color($0) },
    sequential: .brightLagoon, shade: .glow, diverging: .blueRedOnDark)

  // DejaVu's capitals are 9 pixels high at 12.35 and 10 at 13.7: sizes at which they fill whole pixels.
  private init(
    background: Color, ink: Color, softInk: Color, axis: Color, grid: Color, cycle: [Color], sequential: ColorMap,
    shade: ColorMap, diverging: ColorMap
  ) {
    self.background = background
    self.ink = ink
    self.softInk = softInk
    self.axis = axis
    self.grid = grid
    self.cycle = cycle
    self.sequential = sequential
    self.shade = shade
    self.diverging = diverging
    smallText = 12.35
    text = 13.7
    titleText = 13.7
    figureTitleText = 16.5
    lineWidth = 1.8
  }

  /// The colour number `index` of the cycle, beginning anew after the last.
  public func color(_ index: Int) -> Color { cycle.isEmpty ? ink : cycle[index % cycle.count] }

  /// The theme with all text larger or smaller.
  public func textScaled(by factor: Double) -> Theme {
    var result = self
    result.smallText *= factor
    result.text *= factor
    result.titleText *= factor
    result.figureTitleText *= factor
    return result
  }
}
