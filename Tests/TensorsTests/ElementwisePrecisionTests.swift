import Foundation
import Tensors
import Testing

/// One function of the vector math, with references of higher precision and the largest errors allowed, in units of the
/// last place.
struct PrecisionRow: Sendable, CustomStringConvertible {
  let name: String
  let body: @Sendable (Tensor) -> Tensor
  let bound32: Double
  let bound64: Double
  /// The reference for float32.
  let double: @Sendable (Double) -> Double
  /// The reference for float64.
  let extended: @Sendable (Extended) -> Extended
  var description: String { name }

  init(
    _ name: String, _ body: @escaping @Sendable (Tensor) -> Tensor, _ bound32: Double, _ bound64: Double,
    _ double: @escaping @Sendable (Double) -> Double, _ extended: @escaping @Sendable (Extended) -> Extended
  ) {
    self.name = name
    self.body = body
    self.bound32 = bound32
    self.bound64 = bound64
    self.double = double
    self.extended = extended
  }
}

#if arch(x86_64)
typealias Extended = Float80
#else
typealias Extended = Double
#endif

private func logistic(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
private func smoothRelu(_ x: Double) -> Double { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }
private func power(_ x: Double) -> Double { pow(x, Double(Float(1.7))) }
private func inverseRoot(_ x: Double) -> Double { 1 / x.squareRoot() }
#if arch(x86_64)
private func logistic(_ x: Float80) -> Float80 { 1 / (1 + exp(-x)) }
private func smoothRelu(_ x: Float80) -> Float80 { x > 0 ? x + log1p(exp(-x)) : log1p(exp(x)) }
private func power(_ x: Float80) -> Float80 { pow(x, Float80(1.7 as Double)) }
private func inverseRoot(_ x: Float80) -> Float80 { 1 / x.squareRoot() }
#endif

private let rows: [PrecisionRow] = {
  var rows: [PrecisionRow] = []
  rows.append(.init("exp", exp, 0.9, 0.9, { exp($0) }, { exp($0) }))
  rows.append(.init("expm1", expm1, 1.6, 1.6, { expm1($0) }, { expm1($0) }))
  rows.append(.init("log", log, 0.9, 0.8, { log($0) }, { log($0) }))
  rows.append(.init("log1p", log1p, 1.5, 1.4, { log1p($0) }, { log1p($0) }))
  rows.append(.init("tanh", tanh, 1.1, 2.2, { tanh($0) }, { tanh($0) }))
  rows.append(.init("erf", erf, 1.3, 1, { erf($0) }, { erf($0) }))
  rows.append(.init("sin", sin, 0.6, 1, { sin($0) }, { sin($0) }))
  rows.append(.init("cos", cos, 0.6, 1, { cos($0) }, { cos($0) }))
  rows.append(.init("sqrt", sqrt, 0.51, 0.51, { $0.squareRoot() }, { $0.squareRoot() }))
  rows.append(.init("rsqrt", rsqrt, 1.5, 1.5, { inverseRoot($0) }, { inverseRoot($0) }))
  rows.append(.init("sigmoid", sigmoid, 2, 1.9, { logistic($0) }, { logistic($0) }))
  rows.append(.init("softplus", softplus, 1.7, 1.6, { smoothRelu($0) }, { smoothRelu($0) }))
  rows.append(.init("pow 1.7", { pow($0, 1.7) }, 0.51, 1, { power($0) }, { power($0) }))
  return rows
}()

@Suite struct ElementwisePrecisionTests {
  @Test("float32 functions stay within their error bounds, from the smallest to the largest float", arguments: rows)
  func single(row: PrecisionRow) {
    let samples = stride(from: UInt32(0), to: .max - 19_997, by: 19_997).map { Float(bitPattern: $0) }
    let results = row.body(Tensor(samples)).scalars(as: Float.self)
    var worst = (error: 0.0, at: Float(0))
    for (x, y) in zip(samples, results) {
      let exact = row.double(Double(x))
      let error = distance(y, exact)
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= row.bound32, "at \(worst.at)")
  }

  @Test("float64 functions stay within their error bounds, small and large arguments", arguments: rows)
  func double(row: PrecisionRow) {
    let step: UInt64 = 400_000_000_000_000
    var samples: [Double] = stride(from: 0, to: UInt64.max - step, by: Int(step)).map { Double(bitPattern: $0) }
    for k in -10_000...10_000 {
      samples.append(Double(k) / 9_731)
      samples.append(Double(k) / 13.7)
    }
    let results = row.body(Tensor(samples)).scalars(as: Double.self)
    var worst = (error: 0.0, at: 0.0)
    for (x, y) in zip(samples, results) {
      let exact = row.extended(Extended(x))
      let error = distance(y, exact)
      if error > worst.error { worst = (error, x) }
    }
    #expect(worst.error <= row.bound64 + (Extended.self == Double.self ? 1 : 0), "at \(worst.at)")
  }

  /// The difference in units of the last place, 0 where both are NaN or the same infinity.
  private func distance(_ y: Float, _ exact: Double) -> Double {
    if y.isNaN || exact.isNaN { return y.isNaN && exact.isNaN ? 0 : .infinity }
    let rounded = Float(exact)
    if rounded.isInfinite { return y == rounded ? 0 : .infinity }
    if y.isInfinite { return .infinity }
    return abs(Double(y) - exact) / Double(unit(of: rounded, exact))
  }

  /// The spacing of floats around an exact value; below a power of two it is half of what it is above.
  private func unit(of rounded: Float, _ exact: Double) -> Float {
    Double(rounded.magnitude) > abs(exact) ? rounded.magnitude.nextDown.ulp : rounded.ulp
  }

  private func distance(_ y: Double, _ exact: Extended) -> Double {
    if y.isNaN || exact.isNaN { return y.isNaN && exact.isNaN ? 0 : .infinity }
    let rounded = Double(exact)
    if rounded.isInfinite { return y == rounded ? 0 : .infinity }
    if y.isInfinite { return .infinity }
    let isAbove = Extended(rounded.magnitude) > exact.magnitude
    let unit = isAbove ? rounded.magnitude.nextDown.ulp : rounded.ulp
    return Double((Extended(y) - exact).magnitude / Extended(unit))
  }
}
