public import Tensors

extension Tolerance {
  /// A sentence about the worst element that is further from the expected one than allowed, or nil.
  ///
  /// - Parameter scale: The size of the largest number that took part in the computation.
  public func complaint(_ found: [Double], _ expected: [Double], _ dtype: DType, scale: Double) -> String? {
    guard found.count == expected.count else { return "\(found.count) numbers where \(expected.count) are expected" }
    var worst: (excess: Double, index: Int)?
    for index in found.indices where found[index] != expected[index] {
      if found[index].isNaN && expected[index].isNaN { continue }
      let allowed = allowance(expected[index], dtype, scale)
      let error = abs(found[index] - expected[index])
      if error <= allowed { continue }
      let excess = error.isFinite && allowed > 0 ? error / allowed : .infinity
      if worst == nil || excess > worst?.excess ?? 0 { worst = (excess, index) }
    }
    return worst.map {
      "\(dtype), element \($0.index): \(found[$0.index]) where \(expected[$0.index]) is expected, "
        + "\($0.excess) times the allowed difference"
    }
  }

  /// The allowed difference from one expected number; infinities and NaN allow none.
  private func allowance(_ expected: Double, _ dtype: DType, _ scale: Double) -> Double {
    guard expected.isFinite, dtype.isFloatingPoint else { return 0 }
    let unit = dtype == .float32 ? Double(Float(expected).ulp) : expected.ulp
    guard unit.isFinite else { return 0 }
    switch self {
    case .exact: return 0
    case .ulps(let count): return count * unit
    case .roundings(let count):
      let largest = Swift.max(scale, abs(expected))
      return count * (dtype == .float32 ? Double(Float(largest).ulp) : largest.ulp)
    }
  }
}

/// The numbers near the ends of what floating point can say.
public enum ExtremeNumbers {
  /// What functions of one number are tried on.
  public static func single(_ dtype: DType) -> [Double] {
    let sizes = [1e-45, 1e-38, 0.5, 1, 20, 88, 104, 1e4, 3e38, .infinity]
    let further = dtype == .float64 ? [1e-300 * 1e-10, 709.5, 746, 1.7e308] : []
    let both = (sizes + further).flatMap { [$0, -$0] }
    return ([0, -0.0] + both + [.nan]).map { dtype == .float32 ? Double(Float($0)) : $0 }
  }

  /// What functions of two numbers are tried on, each with each.
  public static func paired(_ dtype: DType) -> [Double] {
    [0, -0.0, 0.5, 1, -1, 2, -3, 1e4, 3e38, -3e38, .infinity, -.infinity, .nan].map {
      dtype == .float32 ? Double(Float($0)) : $0
    }
  }
}

extension Tensor {
  /// The bytes of the elements, for comparisons bit by bit.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }
}
