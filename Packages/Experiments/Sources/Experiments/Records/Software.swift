#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif

/// What wrote a file: the name and version of this library, and the commit where the build knows it.
public enum Software {
  static let name = "Wabe"
  /// The version that all programs of this repository have in common.
  public static let version = "0.1.0"

  static let text = "\(name) \(version)"

  /// The commit that the scripts of this repository pass on in `WABE_COMMIT`.
  static var commit: String? {
    guard let value = getenv("WABE_COMMIT") else { return nil }
    let text = String(cString: value)
    return text.isEmpty ? nil : text
  }
}
