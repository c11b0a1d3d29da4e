public import Files

/// Why a picture could not be drawn, written or read; the description says what to do.
public enum DrawingError: Error, Equatable, Sendable {
  /// No font file was found in any of the folders searched.
  case missingFont(file: String, searched: [String])
  /// A font file is damaged or of a kind that cannot be read.
  case brokenFont(path: String, reason: String)
  /// A picture could not be written; what was at the path before is still there.
  case cannotWrite(SaveError)
  /// A file could not be read.
  case cannotRead(LoadError)
  /// The ending of a file name is none of the formats known.
  case unknownFormat(path: String)
  /// The extents are not positive, not finite or too large to draw.
  case badSize(width: Double, height: Double)
  /// The bytes are not a readable PNG file, or could not be made into one.
  case badPNG(reason: String)
  /// A picture has more pixels than the caller allows.
  case tooManyPixels(width: Int, height: Int, limit: Int)
  /// Cairo reported an error.
  case drawing(reason: String)
}

extension DrawingError: CustomStringConvertible {
  /// What went wrong and what to do about it, in words.
  public var description: String {
    switch self {
    case .missingFont(let file, let searched):
      "the font \(file) was not found in \(searched.joined(separator: ", ")): install it with "
        + "`apt-get install fonts-dejavu-core` or name its folder in the variable WABE_FONTS"
    case .brokenFont(let path, let reason):
      "the font \(path) cannot be read: \(reason)"
    case .cannotWrite(let error):
      error.description
    case .cannotRead(let error):
      error.description
    case .unknownFormat(let path):
      "\(path): the name must end in .png, .svg or .pdf"
    case .badSize(let width, let height):
      "a picture of \(width) × \(height) cannot be drawn: both extents must be between 1 and 32,767 pixels"
    case .badPNG(let reason):
      "the PNG data cannot be used: \(reason)"
    case .tooManyPixels(let width, let height, let limit):
      "a picture of \(width) × \(height) pixels is larger than the limit of \(limit) pixels"
    case .drawing(let reason):
      "Cairo cannot draw: \(reason)"
    }
  }
}
