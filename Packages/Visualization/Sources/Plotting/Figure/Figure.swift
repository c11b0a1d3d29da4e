public import Drawing

/// A picture of one or several plots in rows and columns. A value: copies are independent.
///
/// ```swift
/// var figure = Figure(rows: 1, columns: 2, width: 900, height: 400, title: "Training")
/// figure[0, 0].line(losses, label: "train")
/// figure[0, 0].y.scale = .logarithmic
/// figure[0, 1].heatMap(grid)
/// try figure.write(to: "training.png")
/// ```
public struct Figure: Picture, Sendable {
  /// The extents in units of 1/96 inch.
  public var size: Size
  /// The title above all plots.
  public var title: String
  /// The colours and sizes of all plots; fixed when the figure is made, because plots take their colours from it.
  public let theme: Theme
  /// The number of rows of plots.
  public let rows: Int
  /// The number of columns of plots.
  public let columns: Int
  /// How the width is shared: one weight per column.
  public var columnWeights: [Double]
  /// How the height is shared: one weight per row.
  public var rowWeights: [Double]
  /// Whether all plots of the figure have the same x limits, with numbers only below the lowest.
  public var sharesX = false
  /// Whether all plots of the figure have the same y limits, with numbers only left of the leftmost.
  public var sharesY = false

  /// One plot and the cells it fills.
  struct Panel: Sendable {
    var rows: Range<Int>
    var columns: Range<Int>
    var axes: Axes
  }
  private(set) var panels: [Panel] = []

  /// An empty figure.
  public init(
    rows: Int = 1, columns: Int = 1, width: Double = 640, height: Double = 480, title: String = "",
    theme: Theme = .light
  ) {
    guard rows > 0 && columns > 0 else {
      fatalError("Figure: \(rows) rows × \(columns) columns have no room for a plot: give at least 1 × 1")
    }
    size = Size(width, height)
    self.title = title
    self.theme = theme
    self.rows = rows
    self.columns = columns
    columnWeights = Array(repeating: 1, count: columns)
    rowWeights = Array(repeating: 1, count: rows)
  }

  /// A figure with one plot, described in the closure.
  public init(
    width: Double = 640, height: Double = 480, theme: Theme = .light, _ plot: (inout Axes) throws -> Void
  ) rethrows {
    self.init(rows: 1, columns: 1, width: width, height: height, theme: theme)
    try plot(&axes)
  }

  /// The plot in a row and a column, counted from the top left.
  public subscript(row: Int, column: Int) -> Axes {
    get { self[rows: row..<row + 1, columns: column..<column + 1] }
    set { self[rows: row..<row + 1, columns: column..<column + 1] = newValue }
  }

  /// The plot that fills several cells.
  public subscript(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> Axes {
    get { panels.first { $0.rows == rowRange && $0.columns == columnRange }?.axes ?? Axes(theme: theme) }
    set {
      guard (0..<rows).contains(rowRange.lowerBound) && rowRange.upperBound <= rows && !rowRange.isEmpty,
        (0..<columns).contains(columnRange.lowerBound) && columnRange.upperBound <= columns && !columnRange.isEmpty
      else {
        fatalError("Figure: no cells \(rowRange) × \(columnRange) in \(rows) rows × \(columns) columns")
      }
      if let index = panels.firstIndex(where: { $0.rows == rowRange && $0.columns == columnRange }) {
        panels[index].axes = newValue
      } else {
        panels.append(Panel(rows: rowRange, columns: columnRange, axes: newValue))
      }
    }
  }

  /// The plot at the top left: the only one of a figure without rows and columns.
  public var axes: Axes {
    get { self[0, 0] }
    set { self[0, 0] = newValue }
  }

  /// Where everything will stand: for tests and for drawing over a figure.
  public func layout() throws(DrawingError) -> FigureLayout { FigureLayout(self, try Fonts()) }

  public func draw(on canvas: Canvas) throws(DrawingError) {
    canvas.clear(theme.background)
    FigureLayout(self, canvas.fonts).draw(on: canvas, theme)
  }
}
