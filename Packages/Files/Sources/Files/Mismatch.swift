/// How the names and shapes of a file differ from those that were asked for.
public struct Mismatch: Sendable, Equatable, CustomStringConvertible {
  /// A name whose shape or type is another one.
  public struct Difference: Sendable, Equatable {
    /// The name.
    public let name: String
    /// What was asked for, as `float32 [2, 3]`.
    public let expected: String
    /// What the file holds.
    public let found: String

    /// A name that is there, but different.
    public init(name: String, expected: String, found: String) {
      self.name = name
      self.expected = expected
      self.found = found
    }
  }

  /// Names that the file lacks.
  public var missing: [String]
  /// Names that only the file has.
  public var unexpected: [String]
  /// Names that both have, with another shape or type.
  public var different: [Difference]

  /// Collects what differs.
  public init(missing: [String] = [], unexpected: [String] = [], different: [Difference] = []) {
    self.missing = missing
    self.unexpected = unexpected
    self.different = different
  }

  /// Whether nothing differs.
  public var isEmpty: Bool { missing.isEmpty && unexpected.isEmpty && different.isEmpty }

  /// All names at once; a missing name is followed by the unexpected one that looks most like it.
  public var description: String {
    var parts: [String] = []
    if !missing.isEmpty {
      parts.append("missing " + Self.list(missing.map(withNearest)))
    }
    if !unexpected.isEmpty { parts.append("unexpected " + Self.list(unexpected.map(printable))) }
    if !different.isEmpty {
      let all = different.map { "\(printable($0.name)) (expected \($0.expected), found \($0.found))" }
      parts.append("different " + Self.list(all))
    }
    return parts.joined(separator: "; ")
  }

  private func withNearest(_ name: String) -> String {
    let ranked = unexpected.prefix(1000).map { (name: $0, distance: editDistance($0, name)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= max(2, name.utf8.count / 2) else {
      return printable(name)
    }
    return "\(printable(name)) (the file has \(printable(best.name)))"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(20).joined(separator: ", ")
    return names.count > 20 ? "\(shown) and \(names.count - 20) more" : shown
  }
}

/// How many single-byte insertions, deletions and replacements lead from one name to the other (Levenshtein, 1966).
public func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8.prefix(200)), Array(b.utf8.prefix(200)))
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
