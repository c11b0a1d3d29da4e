public import Plotting

/// How often each class was taken for each other one: a row per true class, a column per predicted class.
public struct ConfusionMatrix: Chart, Sendable {
  /// The counts, by true and by predicted class.
  public var counts: [[Int]]
  /// The names of the classes.
  public var names: [String]
  /// Whether the cells show shares of their row instead of counts.
  public var isNormalized: Bool
  /// The title; by default the accuracy.
  public var title: String?
  /// The colours and sizes.
  public var theme: Theme

  /// A matrix from its counts.
  public init(_ counts: [[Int]], names: [String]? = nil, isNormalized: Bool = false, theme: Theme = .light) {
    guard counts.allSatisfy({ $0.count == counts.count }) && names?.count ?? counts.count == counts.count else {
      fatalError(
        "ConfusionMatrix: \(counts.count) rows of \(counts.map(\.count)) counts with \(names?.count ?? counts.count) names: "
          + "give a square matrix and one name for each class")
    }
    self.counts = counts
    self.names = names ?? counts.indices.map { String($0) }
    self.isNormalized = isNormalized
    self.theme = theme
  }

  /// A matrix by counting true and predicted classes.
  public init(
    truth: [Int], predicted: [Int], classes: Int, names: [String]? = nil, isNormalized: Bool = false,
    theme: Theme = .light
  ) {
    guard truth.count == predicted.count, (truth + predicted).allSatisfy((0..<classes).contains) else {
      fatalError(
        "ConfusionMatrix: \(truth.count) true and \(predicted.count) predicted classes: give one of each per example, "
          + "all below \(classes)")
    }
    var counts = Array(repeating: Array(repeating: 0, count: classes), count: classes)
    for (true_, guess) in zip(truth, predicted) { counts[true_][guess] += 1 }
    self.init(counts, names: names, isNormalized: isNormalized, theme: theme)
  }

  /// The share of examples on the diagonal.
  public var accuracy: Double {
    let all = counts.joined().reduce(0, +)
    return all > 0 ? Double(counts.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(all) : .nan
  }

  /// The shares of each row; a row without examples is empty.
  public var shares: [[Double]] {
    counts.map { row in
      let total = Double(row.reduce(0, +))
      return row.map { total > 0 ? Double($0) / total : .nan }
    }
  }

  public var figure: Figure {
    let side = max(420, 150 + 46 * Double(counts.count))
    let shares = shares
    return Figure(width: side + 90, height: side, theme: theme) { axes in
      axes.title = title ?? "Accuracy \(NumberText.fixed(100 * accuracy, decimals: 1)) %"
      axes.x = .categories(names, label: "predicted")
      axes.y = .categories(names, label: "true")
      axes.aspect = .equal
      let texts = counts.indices.map { row in
        counts.indices.map { column in
          isNormalized
            ? (shares[row][column].isNaN ? "" : NumberText.fixed(shares[row][column], decimals: 2))
            : String(counts[row][column])
        }
      }
      let values = isNormalized ? shares : counts.map { $0.map { Double($0) } }
      let top = isNormalized ? 1 : max(1, values.joined().max() ?? 1)
      axes.matrix(
        values, map: theme.shade, limits: 0...top, label: isNormalized ? "share of the true class" : "examples",
        texts: texts)
    }
  }
}
