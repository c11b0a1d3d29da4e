public import Tensors

/// A data set from a table: numbers in columns, and one column that is to be predicted.
///
/// inputs [count, features] → targets [count, 1] for numbers, or [count] int64 class indices.
public struct CSVSamples: Dataset {
  /// What the label column holds.
  public enum Label: Sendable {
    /// Numbers to predict.
    case numbers
    /// Classes, numbered in the order of their names (numbers by size).
    case classes
  }

  /// What becomes of a row with a cell that is empty, or says NA, NaN, null or ?.
  public enum Missing: Sendable, Equatable {
    /// It is an error.
    case refused
    /// The row is left out, and counted.
    case leftOut
    /// The number takes its place among the features; a missing label remains an error.
    case filled(Double)
  }

  public let inputs: Tensor
  public let targets: Tensor
  /// The names of the feature columns, in the order of the inputs.
  public let features: [String]
  /// The names of the classes, in the order of their indices; empty for numbers.
  public let classes: [String]
  /// The number of rows that were left out.
  public let leftOut: Int

  /// Takes the columns of a table; without `features`, all but the label.
  public init(
    _ table: CSVTable, label: String, as kind: Label, features: [String]? = nil, missing: Missing = .refused,
    dtype: DType = .float32
  ) throws(DataError) {
    let features = features ?? table.columns.filter { $0 != label }
    func place(_ name: String) throws(DataError) -> Int {
      guard let place = table.columns.firstIndex(of: name) else {
        let known = table.columns.joined(separator: ", ")
        throw .format(path: table.path, expected: "a column \(name)", found: "only the columns \(known)")
      }
      return place
    }
    let labelPlace = try place(label)
    var places: [Int] = []
    for name in features { places.append(try place(name)) }
    var (numbers, labels, lines): ([Double], [String], [Int]) = ([], [], [])
    var leftOut = 0
    for (row, line) in zip(table.rows, table.lines) {
      let gaps = (places + [labelPlace]).filter { missingWords.contains(row[$0]) }
      if missing == .leftOut, !gaps.isEmpty {
        leftOut += 1
        continue
      }
      for place in places {
        if case .filled(let number) = missing, missingWords.contains(row[place]) {
          numbers.append(number)
        } else {
          numbers.append(try CSVSamples.number(row[place], table.columns[place], table.path, line))
        }
      }
      if missingWords.contains(row[labelPlace]) {
        throw .line(path: table.path, line: line, expected: "a label in column \(label)", found: "none")
      }
      labels.append(row[labelPlace])
      lines.append(line)
    }
    guard !labels.isEmpty else { throw .format(path: table.path, expected: "rows of data", found: "none") }
    inputs = Tensor(numbers, shape: [labels.count, features.count]).cast(to: dtype)
    switch kind {
    case .numbers:
      var values: [Double] = []
      for (text, line) in zip(labels, lines) { values.append(try CSVSamples.number(text, label, table.path, line)) }
      targets = Tensor(values, shape: [labels.count, 1]).cast(to: dtype)
      classes = []
    case .classes:
      let areNumbers = labels.allSatisfy { Double($0) != nil }
      let names = Set(labels).sorted { left, right in
        if areNumbers, let left = Double(left), let right = Double(right), left != right { return left < right }
        return left < right
      }
      let indices = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      targets = Tensor(labels.map { indices[$0, default: 0] })
      classes = names
    }
    self.features = features
    self.leftOut = leftOut
  }

  private static func number(
    _ text: String, _ column: String, _ path: String, _ line: Int
  ) throws(DataError) -> Double {
    guard let number = Double(text), number.isFinite else {
      throw .line(
        path: path, line: line, expected: "a number in column \(column)",
        found: missingWords.contains(text) ? "no value (\"\(text)\")" : "\"\(text)\"")
    }
    return number
  }
}

private let missingWords: Set<String> = ["", "NA", "NaN", "nan", "null", "?"]
