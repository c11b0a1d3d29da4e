/// What libhdf5 refused, or what a file holds that is refused here.
public enum HDF5Error: Error, Sendable, Equatable, CustomStringConvertible {
  /// A call of libhdf5 failed; `text` is its own explanation.
  case library(operation: String, object: String, text: String)
  /// The file contains something outside the accepted subset.
  case forbidden(object: String, feature: String)
  /// The file is not consistent with itself.
  case inconsistent(object: String, text: String)
  /// A name that cannot be written.
  case badName(String)

  /// One sentence: the object and what is wrong with it.
  public var description: String {
    switch self {
    case .library(let operation, let object, let text): "\(object): cannot \(operation): \(text)"
    case .forbidden(let object, let feature): "\(object): \(feature) is not accepted"
    case .inconsistent(let object, let text): "\(object): \(text)"
    case .badName(let name): "\(name): a name takes 1 to 200 of the characters A-Z a-z 0-9 _ . -"
    }
  }
}
