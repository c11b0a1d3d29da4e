public import Files

/// Why a data set could not be read: which file, what was expected, what was found.
public enum DataError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file cannot be read or unpacked.
  case file(LoadError)
  /// The file is not what it should be.
  case format(path: String, expected: String, found: String)
  /// One line of a table is not what it should be; lines count from 1.
  case line(path: String, line: Int, expected: String, found: String)
  /// Files of a data set are not where they should be.
  case missing(folder: String?, files: [String])

  /// One sentence: where, what was expected, what was found, what to do.
  public var description: String {
    switch self {
    case .file(let error): error.description
    case .format(let path, let expected, let found):
      "\(printable(path)): expected \(expected), found \(printable(found))"
    case .line(let path, let line, let expected, let found):
      "\(printable(path)), line \(line): expected \(expected), found \(printable(found))"
    case .missing(nil, let files):
      "no data folder is known: put \(files.joined(separator: ", ")) (or the same ending in .gz) into a folder and name "
        + "it in the environment variable WABE_DATA or as an argument"
    case .missing(let folder?, let files):
      "\(printable(folder)): not found: \(files.joined(separator: ", ")): put them there (.gz is fine too), or name "
        + "another folder in the environment variable WABE_DATA or as an argument"
    }
  }
}
