public import Files
internal import Foundation

/// Where a training stands, apart from its tensors: what a run needs to go on as if it had never stopped.
public struct Progress: Sendable {
  /// The number of finished epochs.
  public var epoch: Int
  /// The number of finished updates; checkpoints are numbered by it.
  public var step: Int
  /// How good the model is, where that is known: lower is better, as a validation loss is.
  public var score: Double?
  /// What loading had to leave out or skip, in sentences; empty when everything was as it should be.
  public internal(set) var notices: [String] = []

  var values: [String: JSONValue] = [:]

  /// A training after `epoch` epochs; without a number of updates, checkpoints are numbered by epochs.
  public init(epoch: Int, step: Int? = nil, score: Double? = nil) {
    self.epoch = epoch
    self.step = step ?? epoch
    self.score = score
  }

  /// Keeps any value under a name: random sources, the state of the batches, history, patience, configuration.
  public mutating func keep(_ value: some Encodable, as name: String) throws(SaveError) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    encoder.nonConformingFloatEncodingStrategy = Self.strings
    do {
      // An array around the value, because a lone number or text is not a document for every decoder.
      values[name] = try JSONValue(parsing: try encoder.encode([value]))
    } catch {
      throw .unsupported(path: name, reason: "it cannot be written as JSON: \(error)")
    }
  }

  /// The value that was kept under a name.
  public func value<Value: Decodable>(_ name: String, as type: Value.Type = Value.self) throws(LoadError) -> Value {
    guard let json = values[name] else {
      let known = values.keys.sorted().joined(separator: ", ")
      throw .mismatch(path: name, Mismatch(missing: [name], unexpected: known.isEmpty ? [] : values.keys.sorted()))
    }
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    do {
      if let value = try decoder.decode([Value].self, from: Data(json.text.utf8)).first { return value }
    } catch {
      throw .corrupt(path: name, expected: "a \(Value.self)", found: "\(error)")
    }
    throw .corrupt(path: name, expected: "a \(Value.self)", found: "nothing")
  }

  private static let strings = JSONEncoder.NonConformingFloatEncodingStrategy.convertToString(
    positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
}
