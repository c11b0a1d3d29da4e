/// Why an experiment was not run.
public enum RunError: Error, CustomStringConvertible, Equatable {
  /// The folder of the run holds an earlier one.
  case exists(path: String)
  /// A training that is to be resumed was begun with other settings.
  case differs(path: String, differences: [String])

  /// What is the matter and what helps.
  public var description: String {
    switch self {
    case .exists(let path):
      "\(path) holds an earlier run: --force replaces it, --resume keeps what is finished, --output writes elsewhere"
    case .differs(let path, let differences):
      "\(path) was begun with other settings (\(differences.joined(separator: "; "))): give the same ones, or --force"
    }
  }
}
