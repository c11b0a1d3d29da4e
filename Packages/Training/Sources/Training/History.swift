/// Named values per epoch, such as losses and accuracies, in the order in which they came.
public struct History: Sendable, Codable, Equatable {
  /// The values of one epoch.
  public struct Row: Sendable, Codable, Equatable {
    /// The number of the epoch.
    public let epoch: Int
    /// The values by name.
    public let values: [String: Double]
  }

  /// All epochs so far.
  public private(set) var rows: [Row] = []
  /// All names, in the order in which they first came.
  public private(set) var names: [String] = []

  /// No epochs yet.
  public init() {}

  /// Adds the values of an epoch.
  public mutating func append(epoch: Int, _ values: KeyValuePairs<String, Double>) {
    for (name, _) in values where !names.contains(name) { names.append(name) }
    rows.append(Row(epoch: epoch, values: Dictionary(values.map { ($0.key, $0.value) }) { _, last in last }))
  }

  /// All values of one name, with NaN where an epoch has none.
  public subscript(name: String) -> [Double] { rows.map { $0.values[name] ?? .nan } }

  /// The epoch with the smallest value of a name; nil where there is none.
  public func bestEpoch(by name: String) -> Int? {
    rows.filter { $0.values[name].map { !$0.isNaN } ?? false }
      .min { ($0.values[name] ?? .nan) < ($1.values[name] ?? .nan) }?.epoch
  }
}
