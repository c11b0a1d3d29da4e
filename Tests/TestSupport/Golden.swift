public import Foundation

/// Expected results that were computed without this library and are committed as text.
///
/// A line is `name | inputs | shape | numbers`, as in `tanh | signed[2] | 2 | 0.5 -0.25`.
public struct Golden: Sendable {
  /// One expected tensor.
  public struct Expected: Sendable {
    /// The sizes of its axes.
    public let shape: [Int]
    /// Its elements in row-major order.
    public let values: [Double]
  }

  private var rows: [String: [(key: String, expected: Expected)]] = [:]

  /// The names of all rows.
  public var names: Set<String> { Set(rows.keys) }

  /// Reads golden data from the texts of several files.
  public init(_ texts: [String]) throws {
    for line in texts.flatMap({ $0.split(separator: "\n") }) where !line.hasPrefix("#") {
      let fields = line.split(separator: "|", omittingEmptySubsequences: false).map {
        $0.trimmingCharacters(in: .whitespaces)
      }
      guard fields.count == 4 else { throw GoldenError(line: String(line)) }
      let shape = fields[2].split(separator: " ").compactMap { Int($0) }
      let values = fields[3].split(separator: " ").compactMap { Double($0) }
      guard values.count == shape.reduce(1, *) else { throw GoldenError(line: String(line)) }
      rows[fields[0], default: []].append((fields[1], Expected(shape: shape, values: values)))
    }
  }

  /// Reads all files of a folder whose names end in `.txt`.
  public init(folder: URL) throws {
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    let texts = files.filter { $0.pathExtension == "txt" }.sorted { $0.path < $1.path }
    try self.init(texts.map { try String(contentsOf: $0, encoding: .utf8) })
  }

  /// The expected results of a row, each under what it was computed from.
  public func expected(_ row: String) -> [(key: String, expected: Expected)] { rows[row] ?? [] }
}

/// A line of golden data that does not say what its shape promises.
public struct GoldenError: Error, CustomStringConvertible {
  /// The line.
  public let line: String

  public var description: String { "golden data: a line is not `name | inputs | shape | numbers`: \(line.prefix(100))" }
}
