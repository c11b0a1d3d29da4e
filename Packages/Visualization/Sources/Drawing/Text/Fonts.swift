#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
internal import Synchronization

/// The fonts of one picture: DejaVu Sans, which has Greek letters, super- and subscripts and mathematical signs.
public struct Fonts: Sendable {
  /// The upright face.
  public let regular: TrueTypeFont
  /// The bold face, for titles.
  public let bold: TrueTypeFont

  /// Loads the faces from the first folder that has them. The variable `WABE_FONTS` may name a folder to look in first.
  public init() throws(DrawingError) {
    var folders = Fonts.usualFolders
    if let own = getenv("WABE_FONTS") { folders.insert(String(cString: own), at: 0) }
    try self.init(folders: folders)
  }

  /// Loads the faces from the first of these folders that has them.
  public init(folders: [String]) throws(DrawingError) {
    func load(_ file: String) throws(DrawingError) -> TrueTypeFont {
      for folder in folders where access("\(folder)/\(file)", R_OK) == 0 {
        return try Fonts.face(Fonts.resolved("\(folder)/\(file)"))
      }
      throw .missingFont(file: file, searched: folders)
    }
    regular = try load("DejaVuSans.ttf")
    bold = try load("DejaVuSans-Bold.ttf")
  }

  /// The faces read so far by their paths. A file of nearly a megabyte is not read again for every picture.
  private static let known = Mutex<[String: TrueTypeFont]>([:])

  private static func face(_ path: String) throws(DrawingError) -> TrueTypeFont {
    if let face = known.withLock({ $0[path] }) { return face }
    let face = try TrueTypeFont(path: path)
    known.withLock { $0[path] = face }
    return face
  }

  /// The file behind links: some systems fill their font folders with them.
  private static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  /// Where distributions put DejaVu.
  static let usualFolders = [
    "/usr/share/fonts/truetype/dejavu", "/usr/share/fonts/dejavu-sans-fonts", "/usr/share/fonts/dejavu",
    "/usr/share/fonts/TTF", "/usr/local/share/fonts", "/opt/homebrew/share/fonts", "/Library/Fonts",
  ]

  /// The face of a weight.
  func face(_ weight: TextStyle.Weight) -> TrueTypeFont { weight == .bold ? bold : regular }

  /// The extents of a text, which may have several lines.
  public func size(of text: String, _ style: TextStyle) -> Size {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let width = lines.map { face(style.weight).width(of: $0, size: style.size) }.max() ?? 0
    return Size(width, style.size * (1 + TextStyle.lineSpacing * Double(max(lines.count, 1) - 1)))
  }

  /// The upright rectangle that a text covers when drawn at a point.
  public func box(of text: String, at point: Point, _ style: TextStyle, _ anchor: Anchor, rotation: Double) -> Rectangle
  {
    let size = size(of: text, style)
    let offset = anchor.offset(of: size, style)
    let corners = [
      Point(offset.x, offset.y), Point(offset.x + size.width, offset.y),
      Point(offset.x, offset.y + size.height), Point(offset.x + size.width, offset.y + size.height),
    ].map { corner in
      Point(
        point.x + corner.x * cos(rotation) - corner.y * sin(rotation),
        point.y + corner.x * sin(rotation) + corner.y * cos(rotation))
    }
    let xs = corners.map(\.x)
    let ys = corners.map(\.y)
    return Rectangle(
      left: xs.min() ?? point.x, top: ys.min() ?? point.y, right: xs.max() ?? point.x, bottom: ys.max() ?? point.y)
  }
}
