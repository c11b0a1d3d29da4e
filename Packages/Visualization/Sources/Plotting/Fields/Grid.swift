/// Numbers at the crossings of a regular net over a rectangle: a function of two variables, sampled.
public struct Grid: Hashable, Sendable {
  /// The number of samples along x.
  public let columns: Int
  /// The number of samples along y.
  public let rows: Int
  /// The first and the last x.
  public let x: ClosedRange<Double>
  /// The first and the last y.
  public let y: ClosedRange<Double>
  /// The samples, row by row; the first row lies at the lowest y.
  public var values: [Double]

  /// A grid from samples that exist already: `columns * rows` of them, the first row at the lowest y.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int, values: [Double]
  ) {
    guard columns >= 2 && rows >= 2 && values.count == columns * rows else {
      fatalError(
        "Grid: \(columns) columns × \(rows) rows with \(values.count) values: give at least 2 × 2 and one value each")
    }
    self.columns = columns
    self.rows = rows
    self.x = x
    self.y = y
    self.values = values
  }

  /// A grid by evaluating a function at every crossing.
  public init(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int = 200, rows: Int = 200,
    _ f: (_ x: Double, _ y: Double) -> Double
  ) {
    var values: [Double] = []
    values.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let y = Grid.node(row, rows, y)
      for column in 0..<columns { values.append(f(Grid.node(column, columns, x), y)) }
    }
    self.init(x: x, y: y, columns: columns, rows: rows, values: values)
  }

  /// All crossings in the order of the values, for evaluating many at once.
  public static func points(
    x: ClosedRange<Double>, y: ClosedRange<Double>, columns: Int, rows: Int
  ) -> [(x: Double, y: Double)] {
    (0..<rows).flatMap { row in
      (0..<columns).map { column in (node(column, columns, x), node(row, rows, y)) }
    }
  }

  /// The value at a crossing.
  public subscript(column: Int, row: Int) -> Double { values[row * columns + column] }

  /// The x of a column.
  public func x(_ column: Int) -> Double { Grid.node(column, columns, x) }

  /// The y of a row.
  public func y(_ row: Int) -> Double { Grid.node(row, rows, y) }

  /// The smallest and the largest finite value.
  public var range: ClosedRange<Double> { values.finiteRange }

  private static func node(_ index: Int, _ count: Int, _ range: ClosedRange<Double>) -> Double {
    index == count - 1
      ? range.upperBound
      : range.lowerBound + (range.upperBound - range.lowerBound) * Double(index) / Double(count - 1)
  }
}
