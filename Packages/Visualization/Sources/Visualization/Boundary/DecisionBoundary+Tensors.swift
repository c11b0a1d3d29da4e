public import Plotting
public import Tensors

extension DecisionBoundary {
  /// What a function of points [count, 2] says around data [count, 2]: probabilities [count] or [count, 1] of class 1,
  /// or [count, classes] of several. `labels` are the true classes.
  ///
  /// ```swift
  /// let picture = DecisionBoundary(of: { model.predict($0).sigmoid() }, around: inputs, labels: targets)
  /// try picture.write(to: "boundary.png")
  /// ```
  public init(
    of function: (Tensor) -> Tensor, around points: Tensor, labels: Tensor, names: [String] = [],
    resolution: Int = 400, margin: Double = 0.12, theme: Theme = .light
  ) {
    require(
      points.rank == 2 && points.shape[1] == 2 && labels.count == points.shape[0] && points.shape[0] > 0,
      "DecisionBoundary: points \(points.shape) with labels \(labels.shape): give points [count, 2] and count labels")
    let places = points.scalars
    let x = stride(from: 0, to: places.count, by: 2).map { places[$0] }
    let y = stride(from: 1, to: places.count, by: 2).map { places[$0] }
    let numbers = labels.scalars
    if let odd = numbers.first(where: { Int(exactly: $0).map { $0 < 0 } ?? true }) {
      fatalError("DecisionBoundary: the label \(odd) is no class: give 0, 1, 2, …; numbers are drawn as .surface(grid)")
    }
    let classes = numbers.map { Int($0) }
    let window = DecisionBoundary.window(x, y, margin)
    let grids = Grid.columns(of: function, window, resolution, points.dtype)
    let own = Grid.columns(function(points), x.count)
    let samples = x.indices.map { index in
      let guess =
        own.count == 1
        ? (own[0][index] > 0.5 ? 1 : 0) : own.indices.max { own[$0][index] < own[$1][index] } ?? 0
      return Sample(PlanePoint(x[index], y[index]), label: classes[index], isMistaken: guess != classes[index])
    }
    let answer: Answer = grids.count == 1 ? .probability(grids[0]) : .classes(grids)
    self.init(answer, samples: samples, names: names, theme: theme)
  }
}

extension Grid {
  /// What a function of points [count, 2] says at the crossings of a square net: one number for each point, as [count]
  /// or [count, 1].
  ///
  /// The points are handed over some thousand at a time, so that what the function computes on the way stays small.
  public init(
    of function: (Tensor) -> Tensor, x: ClosedRange<Double>, y: ClosedRange<Double>, resolution: Int = 400,
    dtype: DType = .float32
  ) {
    let columns = Grid.columns(of: function, (x, y), resolution, dtype)
    require(columns.count == 1, "Grid: the function gave \(columns.count) numbers for each point: return one")
    self = columns[0]
  }

  /// The crossings of a square net as points [count, 2], row by row from the lowest y; those of some rows only if asked.
  public static func tensor(
    _ window: (x: ClosedRange<Double>, y: ClosedRange<Double>), _ resolution: Int, _ dtype: DType,
    rows: Range<Int>? = nil
  ) -> Tensor {
    func nodes(_ range: ClosedRange<Double>, _ indices: Range<Int>) -> [Double] {
      let step = (range.upperBound - range.lowerBound) / Double(resolution - 1)
      return indices.map { range.lowerBound + step * Double($0) }
    }
    let rows = rows ?? 0..<resolution
    let xs = nodes(window.x, 0..<resolution)
    let ys = nodes(window.y, rows)
    func interleaved<Scalar: BitwiseCopyable>(_ scalar: (Double) -> Scalar) -> [Scalar] {
      let across = xs.map(scalar)
      return [Scalar](unsafeUninitializedCapacity: 2 * resolution * rows.count) { places, count in
        for y in ys.map(scalar) {
          for column in 0..<resolution {
            places[count + 2 * column] = across[column]
            places[count + 2 * column + 1] = y
          }
          count += 2 * resolution
        }
      }
    }
    let shape: Shape = [resolution * rows.count, 2]
    return dtype == .float32
      ? Tensor(interleaved { Float($0) }, shape: shape) : Tensor(interleaved { $0 }, shape: shape).cast(to: dtype)
  }

  /// One grid for each number that the function gives for a point.
  ///
  /// About 8,192 points at a time: the activations of a small network then stay in the cache and reuse the same memory,
  /// while those of a whole picture would have to be fetched from the system, page by page.
  static func columns(
    of function: (Tensor) -> Tensor, _ window: (x: ClosedRange<Double>, y: ClosedRange<Double>), _ resolution: Int,
    _ dtype: DType
  ) -> [Grid] {
    require(resolution >= 2, "Grid: a resolution of \(resolution): give at least 2 points along each side")
    let rows = max(8192 / resolution, 1)
    var columns: [[Double]] = []
    for start in stride(from: 0, to: resolution, by: rows) {
      let points = tensor(window, resolution, dtype, rows: start..<min(start + rows, resolution))
      let some = Grid.columns(function(points), points.shape[0])
      if columns.isEmpty { columns = some.map { _ in [] } }
      for index in columns.indices {
        if start == 0 { columns[index].reserveCapacity(resolution * resolution) }
        columns[index] += some[index]
      }
    }
    return columns.map { Grid(x: window.x, y: window.y, columns: resolution, rows: resolution, values: $0) }
  }

  /// The columns of a result [count] or [count, columns].
  static func columns(_ output: Tensor, _ count: Int) -> [[Double]] {
    require(
      (1...2).contains(output.rank) && output.shape[0] == count && output.count > 0,
      "DecisionBoundary: the function gave \(output.shape) for \(count) points: return [count] or [count, classes]")
    let values = output.scalars
    let width = output.count / count
    return width == 1
      ? [values] : (0..<width).map { column in stride(from: column, to: values.count, by: width).map { values[$0] } }
  }
}
