import Foundation

/// What the checks need to know of the source files of one target.
struct Sources {
  /// A name and where it was found.
  struct Mention {
    let name: String
    let place: String
  }

  /// The modules that Swift files import.
  private(set) var imports: [Mention] = []
  /// The first part of each header that C files include in angle brackets: `cairo` for `<cairo/cairo.h>`.
  private(set) var includes: [Mention] = []
  /// The types that Swift files declare.
  private(set) var types: [Mention] = []
  /// Whether there is any Swift file.
  private(set) var isSwift = false

  /// Reads all files below the target's folder.
  init(of target: Target) throws {
    let files = FileManager.default.enumerator(atPath: target.folder)
    while let file = files?.nextObject() as? String {
      let path = "\(target.folder)/\(file)"
      switch (file as NSString).pathExtension {
      case "swift": try readSwift(path)
      case "c", "h": try readC(path)
      default: break
      }
    }
  }

  private mutating func readSwift(_ path: String) throws {
    isSwift = true
    let attributes = #"^\s*(?:@\w+(?:\([^)]*\))?\s+)*"#
    let importLine = try Regex<(Substring, Substring)>(
      attributes + #"(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+"#
        + #"(?:(?:struct|class|enum|protocol|typealias|func|let|var)\s+)?(\w+)"#)
    let typeLine = try Regex<(Substring, Substring)>(
      attributes + #"(?:(?:public|final|indirect)\s+)*(?:struct|class|enum|protocol|actor|typealias)\s+(\w+)"#)
    try eachLine(of: path) { line, place in
      if let match = try importLine.prefixMatch(in: line) {
        imports.append(Mention(name: String(match.1), place: place))
      } else if let match = try typeLine.prefixMatch(in: line) {
        types.append(Mention(name: String(match.1), place: place))
      }
    }
  }

  private mutating func readC(_ path: String) throws {
    let include = try Regex<(Substring, Substring)>(#"^\s*#\s*include\s*<(\w+)"#)
    try eachLine(of: path) { line, place in
      if let match = try include.prefixMatch(in: line) {
        includes.append(Mention(name: String(match.1), place: place))
      }
    }
  }

  private func eachLine(of path: String, _ body: (Substring, String) throws -> Void) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      try body(line, "\(path):\(number + 1)")
    }
  }
}
