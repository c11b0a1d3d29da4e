/// One line along which a grid has a certain value.
public struct ContourLine: Hashable, Sendable {
  /// The x of its points.
  public var x: [Double]
  /// The y of its points.
  public var y: [Double]
  /// Whether the last point leads back to the first.
  public var isClosed: Bool
}

extension Grid {
  /// The lines on which the values, taken as changing evenly between crossings, equal `level`. Squares with a corner
  /// that is not a number have no line; in a square with two opposite high corners the mean decides what is joined.
  public func contour(at level: Double) -> [ContourLine] {
    var tracer = ContourTracer(columns: columns)
    tracer.addSquares(of: values, rows: rows, level)
    return tracer.lines { edge in crossing(edge, level) }
  }

  /// Where the level lies on an edge of the net.
  private func crossing(_ edge: Int, _ level: Double) -> (Double, Double) {
    let node = edge / 2
    let column = node % columns
    let row = node / columns
    let from = values[node]
    if edge % 2 == 0 {
      let share = (level - from) / (values[node + 1] - from)
      return (x(column) + share * (x(column + 1) - x(column)), y(row))
    }
    let share = (level - from) / (values[node + columns] - from)
    return (x(column), y(row) + share * (y(row + 1) - y(row)))
  }

  /// The same grid with one more crossing around, lower than every level, at the same places as the border: so every
  /// contour is closed and surrounds what lies above its level.
  func walled() -> WalledGrid { WalledGrid(self) }
}

/// Joins the pieces of contours from square to square. The edges of the net are numbered: twice the number of the
/// crossing at their lower or left end, plus one for upright edges.
struct ContourTracer {
  let columns: Int
  private var neighbours: [Int: (Int, Int)] = [:]
  private var order: [Int] = []

  init(columns: Int) { self.columns = columns }

  /// Adds the pieces of all squares of a net that the level crosses. Most squares lie wholly on one side, so eight are
  /// looked at together first. Values of −∞ are a wall; unless there is one, squares without a finite mean are left out.
  mutating func addSquares(of values: [Double], rows: Int, _ level: Double, walled: Bool = false) {
    // Which values of two rows are at least the level, as ones, with room for reading eight at the end.
    var lower = [UInt8](repeating: 0, count: columns + 8)
    var upper = lower
    compare(values, 0, level, &lower)
    for row in 0..<(rows - 1) {
      compare(values, row + 1, level, &upper)
      for start in stride(from: 0, to: columns - 1, by: 8) {
        let (a, b, c, d) = (lower.eight(start), lower.eight(start + 1), upper.eight(start), upper.eight(start + 1))
        if a | b | c | d == 0 || a & b & c & d == 0x0101_0101_0101_0101 { continue }
        for column in start..<min(start + 8, columns - 1) {
          let corners = Int(lower[column] | lower[column + 1] << 1 | upper[column + 1] << 2 | upper[column] << 3)
          if corners == 0 || corners == 15 { continue }
          let at = row * columns + column
          let mean = (values[at] + values[at + 1] + values[at + columns + 1] + values[at + columns]) / 4
          guard walled || mean.isFinite else { continue }
          add(corners, column, row, centerIsHigh: mean >= level)
        }
      }
      swap(&lower, &upper)
    }
  }

  private func compare(_ values: [Double], _ row: Int, _ level: Double, _ highs: inout [UInt8]) {
    let values = values[row * columns..<(row + 1) * columns]
    values.withUnsafeBufferPointer { values in
      highs.withUnsafeMutableBufferPointer { highs in
        for column in values.indices { highs[column] = values[column] >= level ? 1 : 0 }
      }
    }
  }

  /// Adds the pieces inside one square. The bits of `corners` say which corners are high, counter-clockwise from the
  /// lower left.
  mutating func add(_ corners: Int, _ column: Int, _ row: Int, centerIsHigh: Bool) {
    let node = row * columns + column
    let bottom = 2 * node
    let left = 2 * node + 1
    let top = 2 * (node + columns)
    let right = 2 * (node + 1) + 1
    switch corners {
    case 1, 14: join(left, bottom)
    case 2, 13: join(bottom, right)
    case 3, 12: join(left, right)
    case 4, 11: join(right, top)
    case 6, 9: join(bottom, top)
    case 7, 8: join(left, top)
    default:
      // Two opposite corners are high: 5 the lower left and upper right, 10 the others.
      if (corners == 5) == centerIsHigh {
        join(left, top)
        join(bottom, right)
      } else {
        join(left, bottom)
        join(right, top)
      }
    }
  }

  private mutating func join(_ a: Int, _ b: Int) {
    link(a, b)
    link(b, a)
  }

  private mutating func link(_ from: Int, _ to: Int) {
    if let known = neighbours[from] {
      neighbours[from] = (known.0, to)
    } else {
      neighbours[from] = (to, -1)
      order.append(from)
    }
  }

  /// The joined lines: open ones from end to end first, then the closed ones.
  func lines(_ place: (Int) -> (Double, Double)) -> [ContourLine] {
    var visited = Set<Int>(minimumCapacity: neighbours.count)
    var result: [ContourLine] = []
    func follow(_ start: Int, closed: Bool) {
      var line = ContourLine(x: [], y: [], isClosed: closed)
      var current = start
      var previous = -1
      while current >= 0 && visited.insert(current).inserted {
        let (x, y) = place(current)
        line.x.append(x)
        line.y.append(y)
        let (first, second) = neighbours[current] ?? (-1, -1)
        let next = first == previous ? second : first
        previous = current
        current = next
      }
      result.append(line)
    }
    for edge in order where neighbours[edge]?.1 == -1 && !visited.contains(edge) { follow(edge, closed: false) }
    for edge in order where !visited.contains(edge) { follow(edge, closed: true) }
    return result
  }
}

/// A grid inside a wall of very low values, for the areas above a level.
struct WalledGrid {
  private let grid: Grid
  private let values: [Double]
  private let columns: Int
  private let rows: Int

  init(_ grid: Grid) {
    self.grid = grid
    columns = grid.columns + 2
    rows = grid.rows + 2
    var values = [Double](repeating: -.infinity, count: columns * rows)
    for row in 0..<grid.rows {
      for column in 0..<grid.columns {
        let value = grid[column, row]
        values[(row + 1) * columns + column + 1] = value.isNaN ? -.infinity : value
      }
    }
    self.values = values
  }

  /// The borders of the area where the values are at least `level`; inside and outside alternate.
  func area(above level: Double) -> [ContourLine] {
    var tracer = ContourTracer(columns: columns)
    tracer.addSquares(of: values, rows: rows, level, walled: true)
    return tracer.lines { edge in crossing(edge, level) }
  }

  private func crossing(_ edge: Int, _ level: Double) -> (Double, Double) {
    let node = edge / 2
    let other = edge % 2 == 0 ? node + 1 : node + columns
    let a = values[node]
    let b = values[other]
    // Towards the wall the line stays on the border of the data.
    let share = a == -.infinity ? 1 : b == -.infinity ? 0 : (level - a) / (b - a)
    let (ax, ay) = place(node)
    let (bx, by) = place(other)
    return (ax + share * (bx - ax), ay + share * (by - ay))
  }

  private func place(_ node: Int) -> (Double, Double) {
    let column = min(max(node % columns - 1, 0), grid.columns - 1)
    let row = min(max(node / columns - 1, 0), grid.rows - 1)
    return (grid.x(column), grid.y(row))
  }
}

extension [UInt8] {
  /// Eight elements as one number.
  fileprivate func eight(_ index: Int) -> UInt64 {
    withUnsafeBytes { $0.loadUnaligned(fromByteOffset: index, as: UInt64.self) }
  }
}
