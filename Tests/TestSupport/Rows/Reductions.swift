import Tensors

/// Which axes a reduction goes over, with the inputs to try.
private enum ReducedKind: String {
  case all
  case last
  case first
  case several

  var empty: Shape {
    switch self {
    case .all: [0]
    case .last: [2, 0]
    case .first: [0, 3]
    case .several: [2, 0, 3]
    }
  }

  var shapes: [Shape] {
    switch self {
    case .all: [[], [1], [3], [2, 3], [2, 3, 4], [1, 1, 1, 1, 1, 1]]
    case .last: [[3], [2, 3], [2, 3, 4], [0, 3], [1, 1, 1, 1, 1, 1]]
    case .first: [[3], [2, 3], [2, 3, 4], [3, 0]]
    case .several: [[2, 3, 4], [2, 3, 2, 2], [3, 2, 1], [2, 3]]
    }
  }

  /// How many numbers make one of the result.
  func size(_ shape: Shape) -> Int {
    switch self {
    case .all: shape.elementCount
    case .last: shape[shape.rank - 1]
    case .first: shape[0]
    case .several: shape[0] * shape[shape.rank - 1]
    }
  }

  func inputs(_ domain: Domain, empty withEmpty: Bool = false, minimum: Int = 1) -> Inputs {
    let shapes = self.shapes.filter { size($0) >= minimum } + (withEmpty ? [empty] : [])
    let wide: Shape = self == .several ? [3, 5, 7] : [5, 41]
    let large: Shape = self == .several ? [61, 40, 67] : self == .first ? [1027, 131] : [131, 1027]
    return Inputs(
      cases: shapes.map { [Sample(domain, $0)] }, wide: [Sample(domain, wide)], large: [Sample(domain, large)])
  }
}

extension OpTable {
  /// One reduction over all axes, the last, the first (which is kept) and two of them.
  private struct Reduction {
    var name: String
    var domain = Domain.signed
    var dtypes: [DType] = [.float32, .float64]
    var result: DType?
    var tolerance = Tolerance.roundings(2)
    var gradient = Differentiability.all
    var extremes = Extremes.poisoned
    var empty = false
    var minimum = 1

    private func row(_ kind: ReducedKind, _ body: @escaping @Sendable (Tensor) -> Tensor) -> OpRow {
      OpRow(
        "\(name) \(kind)", kind.inputs(domain, empty: empty, minimum: minimum), dtypes: dtypes, result: result,
        tolerance, gradient: gradient, extremes: extremes
      ) { body($0[0]) }
    }

    func rows(
      _ all: @escaping @Sendable (Tensor) -> Tensor, _ axis: @escaping @Sendable (Tensor, Int, Bool) -> Tensor,
      _ axes: (@Sendable (Tensor, [Int]) -> Tensor)? = nil, first: Bool = true
    ) -> [OpRow] {
      var rows = [row(.all, all), row(.last) { axis($0, -1, false) }]
      if first { rows.append(row(.first) { axis($0, 0, true) }) }
      if let axes { rows.append(row(.several) { axes($0, [0, -1]) }) }
      return rows
    }
  }

  private static func whole(_ name: String, _ domain: Domain, _ dtypes: [DType], _ result: DType?) -> Reduction {
    Reduction(
      name: name, domain: domain, dtypes: dtypes, result: result, tolerance: .exact, gradient: .none,
      extremes: .wholeNumbers)
  }

  static let sums: [OpRow] =
    Reduction(name: "sum", empty: true).rows(
      { $0.sum() }, { $0.sum(axis: $1, keepDims: $2) }, { $0.sum(axes: $1) })
    + Reduction(name: "mean").rows({ $0.mean() }, { $0.mean(axis: $1, keepDims: $2) }, { $0.mean(axes: $1) })
    + Reduction(name: "product", tolerance: .ulps(16), empty: true).rows(
      { $0.product() }, { $0.product(axis: $1, keepDims: $2) }, { $0.product(axes: $1) })
    + Reduction(name: "norm").rows({ $0.norm() }, { $0.norm(axis: $1, keepDims: $2) }, { $0.norm(axes: $1) })
    + Reduction(name: "logSumExp").rows(
      { $0.logSumExp() }, { $0.logSumExp(axis: $1, keepDims: $2) }, { $0.logSumExp(axes: $1) })

  static let spreads: [OpRow] =
    Reduction(name: "populationVariance").rows(
      { $0.populationVariance() }, { $0.populationVariance(axis: $1, keepDims: $2) },
      { $0.populationVariance(axes: $1) })
    + Reduction(name: "sampleVariance", minimum: 2).rows(
      { $0.sampleVariance() }, { $0.sampleVariance(axis: $1, keepDims: $2) }, { $0.sampleVariance(axes: $1) })
    + Reduction(name: "populationDeviation", minimum: 2).rows(
      { $0.populationDeviation() }, { $0.populationDeviation(axis: $1, keepDims: $2) })
    + Reduction(name: "sampleDeviation", minimum: 2).rows(
      { $0.sampleDeviation() }, { $0.sampleDeviation(axis: $1, keepDims: $2) })

  static let extrema: [OpRow] =
    Reduction(name: "max", domain: .distinct, tolerance: .exact).rows(
      { $0.max() }, { $0.max(axis: $1, keepDims: $2) }, { $0.max(axes: $1) })
    + Reduction(name: "min", domain: .distinct, tolerance: .exact).rows(
      { $0.min() }, { $0.min(axis: $1, keepDims: $2) }, { $0.min(axes: $1) })
    + Reduction(name: "argMax", domain: .distinct, result: .int64, tolerance: .exact, gradient: .none).rows(
      { $0.argMax() }, { $0.argMax(axis: $1, keepDims: $2) })
    + Reduction(name: "argMin", domain: .distinct, result: .int64, tolerance: .exact, gradient: .none).rows(
      { $0.argMin() }, { $0.argMin(axis: $1, keepDims: $2) })

  private static let anyAll: [OpRow] = ["any", "all"].flatMap { name in
    var reduction = whole(name, .truth, [.bool], nil)
    reduction.empty = true
    let isAny = name == "any"
    return reduction.rows(
      { isAny ? $0.any() : $0.all() },
      { isAny ? $0.any(axis: $1, keepDims: $2) : $0.all(axis: $1, keepDims: $2) },
      { isAny ? $0.any(axes: $1) : $0.all(axes: $1) })
  }

  private static let integerSums: [OpRow] = {
    var sum = whole("integers sum", .integers, [.int32, .int64], .int64)
    sum.empty = true
    return sum.rows({ $0.sum() }, { $0.sum(axis: $1, keepDims: $2) }, { $0.sum(axes: $1) })
      + whole("integers product", .integers, [.int32, .int64], .int64).rows(
        { $0.product() }, { $0.product(axis: $1, keepDims: $2) }, first: false)
      + whole("truth sum", .truth, [.bool], .int64).rows(
        { $0.sum() }, { $0.sum(axis: $1, keepDims: $2) }, first: false)
  }()

  private static func integerPosition(
    _ name: String, _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> OpRow {
    OpRow(
      "integers \(name)", ReducedKind.last.inputs(.integers), dtypes: [.int32, .int64], result: .int64, .exact,
      gradient: .none, extremes: .wholeNumbers
    ) { body($0[0]) }
  }

  static let wholeReductions: [OpRow] =
    anyAll + integerSums
    + whole("integers max", .integers, [.int32, .int64], nil).rows(
      { $0.max() }, { $0.max(axis: $1, keepDims: $2) }, first: false)
    + whole("integers min", .integers, [.int32, .int64], nil).rows(
      { $0.min() }, { $0.min(axis: $1, keepDims: $2) }, first: false)
    + [
      integerPosition("argMax") { $0.argMax(axis: -1) },
      integerPosition("argMin") { $0.argMin(axis: -1) },
      OpRow(
        "integers cumulativeSum", ReducedKind.last.inputs(.integers), dtypes: [.int32, .int64], .exact,
        gradient: .none, extremes: .wholeNumbers
      ) { $0[0].cumulativeSum(axis: -1) },
    ]

  static let scans: [OpRow] = [(ReducedKind.last, -1), (.first, 0)].flatMap { kind, axis in
    let inputs = kind.inputs(.signed, empty: true)
    return [
      OpRow("cumulativeSum \(kind)", inputs, .roundings(4)) { $0[0].cumulativeSum(axis: axis) },
      OpRow("cumulativeSum reversed \(kind)", inputs, .roundings(4)) {
        $0[0].cumulativeSum(axis: axis, reversed: true)
      },
      OpRow("softmax \(kind)", inputs, .ulps(4)) { softmax($0[0], axis: axis) },
      OpRow("logSoftmax \(kind)", inputs, .roundings(2)) { logSoftmax($0[0], axis: axis) },
    ]
  }
}
