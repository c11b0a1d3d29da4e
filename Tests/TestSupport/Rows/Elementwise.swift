import Tensors

extension OpTable {
  /// A function of one number.
  private static func function(
    _ name: String, _ domain: Domain, _ tolerance: Tolerance = .ulps(1), gradient: Differentiability = .all,
    _ body: @escaping @Sendable (Tensor) -> Tensor
  ) -> OpRow {
    OpRow(name, .one(domain), tolerance, gradient: gradient, extremes: .pointwise) { body($0[0]) }
  }

  /// A function of two numbers.
  private static func operation(
    _ name: String, _ first: Domain, _ second: Domain, _ tolerance: Tolerance = .exact,
    _ body: @escaping @Sendable (Tensor, Tensor) -> Tensor
  ) -> OpRow {
    OpRow(name, .pair(first, second), tolerance, extremes: .pairs) { body($0[0], $0[1]) }
  }

  static let functions: [OpRow] = [
    function("negate", .signed, .exact) { -$0 },
    function("abs", .signed, .exact) { abs($0) },
    function("sign", .signed, .exact, gradient: .none) { sign($0) },
    function("square", .signed, .ulps(0.5)) { square($0) },
    function("relu", .signed, .exact) { relu($0) },
    function("reciprocal", .nonzero, .ulps(0.5)) { reciprocal($0) },
    function("sqrt", .positive, .ulps(0.5)) { sqrt($0) },
    function("rsqrt", .positive, .ulps(1.5)) { rsqrt($0) },
    function("floor", .signed, .exact, gradient: .none) { floor($0) },
    function("ceil", .signed, .exact, gradient: .none) { ceil($0) },
    function("round", .signed, .exact, gradient: .none) { round($0) },
    function("exp", .signed) { exp($0) },
    function("expm1", .signed) { expm1($0) },
    function("log", .positive) { log($0) },
    function("log1p", .positive) { log1p($0) },
    function("sin", .signed) { sin($0) },
    function("cos", .signed) { cos($0) },
    function("tanh", .signed) { tanh($0) },
    function("sigmoid", .signed) { sigmoid($0) },
    function("softplus", .signed) { softplus($0) },
    function("logSigmoid", .signed) { logSigmoid($0) },
    function("erf", .signed) { erf($0) },
    function("clamped both", .signed, .exact) { $0.clamped(min: -1, max: 2) },
    function("clamped min", .signed, .exact) { $0.clamped(min: -1) },
    function("clamped max", .signed, .exact) { $0.clamped(max: 2) },
  ]

  static let arithmetic: [OpRow] = [
    operation("add", .signed, .signed, .ulps(0.5)) { $0 + $1 },
    operation("subtract", .signed, .signed, .ulps(0.5)) { $0 - $1 },
    operation("multiply", .signed, .signed, .ulps(0.5)) { $0 * $1 },
    operation("divide", .signed, .nonzero, .ulps(0.5)) { $0 / $1 },
    operation("maximum", .distinct, .distinct) { maximum($0, $1) },
    operation("minimum", .distinct, .distinct) { minimum($0, $1) },
    operation("pow", .positive, .signed, .ulps(1)) { pow($0, $1) },
    OpRow("same tensor twice", .one(.signed), .roundings(2)) { $0[0] * tanh($0[0]) + $0[0] },
    OpRow("divided by itself", .one(.nonzero), .roundings(2)) { $0[0] / ($0[0] + 5) },
  ]

  static let numbers: [OpRow] = [
    function("add number", .signed, .ulps(0.5)) { $0 + 1.5 },
    function("number add", .signed, .ulps(0.5)) { 1.5 + $0 },
    function("subtract number", .signed, .ulps(0.5)) { $0 - 1.5 },
    function("number subtract", .signed, .ulps(0.5)) { 1.5 - $0 },
    function("multiply number", .signed, .ulps(0.5)) { $0 * 1.5 },
    function("number multiply", .signed, .ulps(0.5)) { 1.5 * $0 },
    function("divide number", .signed, .ulps(0.5)) { $0 / 3 },
    function("number divide", .nonzero, .ulps(0.5)) { 3 / $0 },
    function("maximum number", .signed, .exact) { maximum($0, 0.5) },
    function("minimum number", .signed, .exact) { minimum($0, 0.5) },
    function("pow 0", .signed, .exact, gradient: .none) { pow($0, 0) },
    function("pow 1", .signed, .exact) { pow($0, 1) },
    function("pow 2", .signed) { pow($0, 2) },
    function("pow 3", .signed) { pow($0, 3) },
    function("pow -1", .nonzero) { pow($0, -1) },
    function("pow -2", .nonzero) { pow($0, -2) },
    function("pow 0.5", .positive) { pow($0, 0.5) },
    function("pow 2.5", .positive) { pow($0, 2.5) },
    function("number pow", .signed) { pow(1.5, $0) },
  ]
}
