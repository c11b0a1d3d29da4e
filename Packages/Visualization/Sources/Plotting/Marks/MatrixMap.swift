public import Drawing

/// A matrix as coloured cells around the numbers 0, 1, 2, … of both axes, with the values written in if wanted.
public struct MatrixMap: Mark {
  /// The number of columns.
  public let columns: Int
  /// The number of rows.
  public let rows: Int
  /// The values, row by row.
  public var values: [Double]
  /// How values become colours.
  public var scale: ColorScale
  /// One text per cell, row by row; empty for none.
  public var texts: [String]
  /// Whether a colour bar stands beside the plot.
  public var hasColorBar: Bool

  /// A matrix from its values, row by row.
  public init(
    columns: Int, rows: Int, values: [Double], _ scale: ColorScale, texts: [String] = [], hasColorBar: Bool = true
  ) {
    guard values.count == columns * rows && (texts.isEmpty || texts.count == values.count) else {
      fatalError(
        "MatrixMap: \(rows) rows × \(columns) columns with \(values.count) values and \(texts.count) texts: "
          + "give one value, and one text or none, for each cell")
    }
    self.columns = columns
    self.rows = rows
    self.values = values
    self.scale = scale
    self.texts = texts
    self.hasColorBar = hasColorBar
  }

  public func include(in bounds: inout DataBounds) {
    bounds.fill(x: -0.5...Double(columns) - 0.5, y: -0.5...Double(rows) - 0.5)
  }

  public func draw(on canvas: Canvas, in frame: PlotFrame) {
    for row in 0..<rows {
      for column in 0..<columns {
        let value = values[row * columns + column]
        let cell = self.cell(column, row, frame)
        let edges = Rectangle(
          left: canvas.snappedEdge(cell.x), top: canvas.snappedEdge(cell.y), right: canvas.snappedEdge(cell.right),
          bottom: canvas.snappedEdge(cell.bottom))
        let color = value.isNaN ? Color.clear : scale.color(value)
        canvas.fill(Path(edges), color)
        guard !texts.isEmpty else { continue }
        let ink = color.over(frame.theme.background).readableInk
        let text = texts[row * columns + column]
        canvas.text(text, at: cell.center, TextStyle(size: textSize(cell, canvas, frame), color: ink), .center)
      }
    }
  }

  public var colorScale: ColorScale? { hasColorBar ? scale : nil }

  public var fillsFrame: Bool { true }

  private func cell(_ column: Int, _ row: Int, _ frame: PlotFrame) -> Rectangle {
    frame.rectangle(
      x: Double(column) - 0.5...Double(column) + 0.5, y: Double(row) - 0.5...Double(row) + 0.5)
  }

  /// The same size in all cells, small enough for the longest text.
  private func textSize(_ cell: Rectangle, _ canvas: Canvas, _ frame: PlotFrame) -> Double {
    let style = TextStyle(size: frame.theme.text)
    let widest = texts.map { canvas.fonts.size(of: $0, style).width }.max() ?? 0
    let fits = widest > 0 ? min(1, cell.width * 0.86 / widest) : 1
    return min(frame.theme.text * fits, cell.height * 0.7)
  }
}

extension Axes {
  /// Adds a matrix as coloured cells, the first row on top.
  public mutating func matrix(
    _ rows: [[Double]], map: ColorMap? = nil, limits: ClosedRange<Double>? = nil, label: String = "",
    texts: [[String]] = [], colorBar: Bool = true, isLogarithmic: Bool = false
  ) {
    let values = rows.flatMap { $0 }
    let scale = ColorScale(
      map ?? theme.sequential, limits: limits ?? values.finiteRange, isLogarithmic: isLogarithmic, label: label)
    add(
      MatrixMap(
        columns: rows.first?.count ?? 0, rows: rows.count, values: values, scale, texts: texts.flatMap { $0 },
        hasColorBar: colorBar))
    y.isReversed = true
    x.hasGrid = false
    y.hasGrid = false
  }
}
