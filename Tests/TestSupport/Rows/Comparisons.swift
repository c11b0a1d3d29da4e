import Tensors

extension OpTable {
  private static let signedTypes: [DType] = [.int32, .int64]
  private static let numericTypes: [DType] = [.float32, .float64, .int32, .int64]

  /// An operation on whole numbers.
  private static func whole(
    _ name: String, _ inputs: Inputs, _ dtypes: [DType] = signedTypes, result: DType? = nil,
    _ body: @escaping @Sendable ([Tensor]) -> Tensor
  ) -> OpRow {
    OpRow(name, inputs, dtypes: dtypes, result: result, .exact, gradient: .none, extremes: .wholeNumbers, body)
  }

  /// A comparison of two tensors and of a tensor with the number 1.
  private static func comparison(
    _ name: String, _ tensors: @escaping @Sendable (Tensor, Tensor) -> Tensor,
    _ number: @escaping @Sendable (Tensor, Double) -> Tensor
  ) -> [OpRow] {
    [
      OpRow(
        name, .pair(.integers, .integers), dtypes: numericTypes, result: .bool, .exact, gradient: .none,
        extremes: .pairs
      ) { tensors($0[0], $0[1]) },
      OpRow(
        "\(name) number", .one(.integers), dtypes: numericTypes, result: .bool, .exact, gradient: .none,
        extremes: .pointwise
      ) { number($0[0], 1) },
    ]
  }

  private static func classification(_ name: String, _ body: @escaping @Sendable (Tensor) -> Tensor) -> OpRow {
    OpRow(name, .one(.signed), result: .bool, .exact, gradient: .none, extremes: .pointwise) { body($0[0]) }
  }

  static let integers: [OpRow] = [
    whole("integers add", .pair(.integers, .integers)) { $0[0] + $0[1] },
    whole("integers subtract", .pair(.integers, .integers)) { $0[0] - $0[1] },
    whole("integers multiply", .pair(.integers, .integers)) { $0[0] * $0[1] },
    whole("integers divide", .pair(.integers, .integers)) { $0[0] / $0[1] },
    whole("integers maximum", .pair(.integers, .integers)) { maximum($0[0], $0[1]) },
    whole("integers minimum", .pair(.integers, .integers)) { minimum($0[0], $0[1]) },
    whole("integers abs", .one(.integers)) { abs($0[0]) },
    whole("integers negate", .one(.integers)) { -$0[0] },
    whole("integers sign", .one(.integers)) { sign($0[0]) },
    whole("integers relu", .one(.integers)) { relu($0[0]) },
    whole("integers square", .one(.integers)) { square($0[0]) },
    whole("naturals add", .pair(.naturals, .naturals), [.uint8, .int32, .int64]) { $0[0] + $0[1] },
    whole("naturals multiply number", .one(.naturals), [.uint8, .int32, .int64]) { $0[0] * 3 },
  ]

  static let truth: [OpRow] = [
    whole("and", .pair(.truth, .truth), [.bool]) { $0[0] & $0[1] },
    whole("or", .pair(.truth, .truth), [.bool]) { $0[0] | $0[1] },
    whole("exclusiveOr", .pair(.truth, .truth), [.bool]) { $0[0] ^ $0[1] },
    whole("not", .one(.truth), [.bool]) { !$0[0] },
    classification("isNaN") { $0.isNaN },
    classification("isInfinite") { $0.isInfinite },
    classification("isFinite") { $0.isFinite },
  ]

  static let comparisons: [OpRow] =
    integers
    + comparison("equal", { $0 .== $1 }, { $0 .== $1 })
    + comparison("notEqual", { $0 .!= $1 }, { $0 .!= $1 })
    + comparison("less", { $0 .< $1 }, { $0 .< $1 })
    + comparison("lessOrEqual", { $0 .<= $1 }, { $0 .<= $1 })
    + comparison("greater", { $0 .> $1 }, { $0 .> $1 })
    + comparison("greaterOrEqual", { $0 .>= $1 }, { $0 .>= $1 })
    + truth

  static let choices: [OpRow] = [
    OpRow(
      "where",
      .cases(
        "truth[2,3] signed[2,3] signed[2,3]", "truth[3] signed[2,1] signed[]", "truth[] signed[3] signed[2,3]",
        "truth[2,1] signed[3] signed[1,1]", "truth[0] signed[1] signed[0]",
        large: "truth[131,1027] signed[131,1027] signed[131,1027]"),
      .exact, extremes: .selective
    ) { Tensor.where($0[0], $0[1], $0[2]) },
    OpRow(
      "where number",
      .cases("truth[2,3] signed[2,3]", "truth[3] signed[2,1]", large: "truth[131,1027] signed[131,1027]"), .exact,
      extremes: .selective
    ) { Tensor.where($0[0], $0[1], 2.5) },
    OpRow(
      "number where",
      .cases("truth[2,3] signed[2,3]", "truth[3] signed[2,1]", large: "truth[131,1027] signed[131,1027]"), .exact,
      extremes: .selective
    ) { Tensor.where($0[0], 2.5, $0[1]) },
    OpRow("cast to float64", .one(.signed), result: .float64, .exact) { $0[0].cast(to: .float64) },
    whole("cast to int64", .one(.signed), [.float32, .float64], result: .int64) { $0[0].cast(to: .int64) },
    whole("cast to int32", .one(.signed), [.float32, .float64], result: .int32) { $0[0].cast(to: .int32) },
    whole("cast to uint8", .one(.positive), [.float32, .float64], result: .uint8) { $0[0].cast(to: .uint8) },
    whole("cast to bool", .one(.integers), numericTypes, result: .bool) { $0[0].cast(to: .bool) },
    whole("cast truth", .one(.truth), [.bool], result: .float32) { $0[0].cast(to: .float32) },
  ]
}
