internal import TensorKernels

// Element i of a draw is made from word i of the source alone: one word each, whatever the distribution.

extension Tensor {
  /// Random numbers that are spread evenly from `low` to below `high`.
  ///
  /// float64 numbers have 53 random bits, float32 numbers the first 24 of the same.
  public static func uniform(
    _ shape: Shape, from low: Double = 0, to high: Double = 1, dtype: DType = .float32,
    using random: inout RandomSource
  ) -> Tensor {
    requireReal("uniform", dtype)
    require(
      low <= high && low.isFinite && high.isFinite && (high - low).isFinite,
      "uniform: there is no even spread from \(low) to \(high): give finite bounds, the lower one first")
    let y = Tensor(uninitialized: shape, dtype)
    withUnsafePointer(to: random.advance(by: y.count)) {
      wabe_random_uniform($0, Int32(dtype.rawValue), low, high, y.freshPointer, y.count)
    }
    return y
  }

  /// Random numbers with a normal distribution.
  ///
  /// The same seed gives the same numbers in float32 as in float64, only rounded.
  public static func normal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, dtype: DType = .float32,
    using random: inout RandomSource
  ) -> Tensor {
    bell("normal", shape, mean, deviation, limit: .infinity, dtype, &random)
  }

  /// Random numbers with a normal distribution of which everything beyond `limit` deviations from the mean is left out.
  public static func truncatedNormal(
    _ shape: Shape, mean: Double = 0, deviation: Double = 1, limit: Double = 2, dtype: DType = .float32,
    using random: inout RandomSource
  ) -> Tensor {
    require(limit > 0, "truncatedNormal: a limit of \(limit) deviations leaves no numbers: it must be positive")
    return bell("truncatedNormal", shape, mean, deviation, limit: limit, dtype, &random)
  }

  private static func bell(
    _ name: String, _ shape: Shape, _ mean: Double, _ deviation: Double, limit: Double, _ dtype: DType,
    _ random: inout RandomSource
  ) -> Tensor {
    requireReal(name, dtype)
    require(
      deviation >= 0 && deviation.isFinite && mean.isFinite,
      "\(name): mean \(mean) and deviation \(deviation) must be finite, and the deviation not negative")
    let y = Tensor(uninitialized: shape, dtype)
    withUnsafePointer(to: random.advance(by: y.count)) {
      wabe_random_normal($0, Int32(dtype.rawValue), mean, deviation, limit, y.freshPointer, y.count)
    }
    return y
  }

  /// Ones with the given probability, otherwise zeros.
  public static func bernoulli(
    _ shape: Shape, probability: Double, dtype: DType = .float32, using random: inout RandomSource
  ) -> Tensor {
    require(probability >= 0 && probability <= 1, "bernoulli: \(probability) is not a probability from 0 to 1")
    let y = Tensor(uninitialized: shape, dtype)
    withUnsafePointer(to: random.advance(by: y.count)) {
      wabe_random_bernoulli($0, Int32(dtype.rawValue), probability, y.freshPointer, y.count)
    }
    return y
  }

  /// Random whole numbers of a range, all equally likely.
  public static func integers(
    _ shape: Shape, in range: Range<Int>, dtype: DType = .int64, using random: inout RandomSource
  ) -> Tensor {
    require(!range.isEmpty, "integers: there is no number in the empty range \(range)")
    let y = Tensor(uninitialized: shape, .int64)
    let size = UInt64(bitPattern: Int64(range.upperBound) &- Int64(range.lowerBound))
    withUnsafePointer(to: random.advance(by: y.count)) {
      let numbers = y.freshPointer.assumingMemoryBound(to: Int64.self)
      wabe_random_integers($0, Int64(range.lowerBound), size, numbers, y.count)
    }
    return y.cast(to: dtype)
  }

  /// The numbers from 0 to below `count` in random order, as int64.
  public static func permutation(_ count: Int, using random: inout RandomSource) -> Tensor {
    let y = Tensor(uninitialized: [count], .int64)
    withUnsafePointer(to: random.advance(by: count)) {
      wabe_random_permutation($0, y.freshPointer.assumingMemoryBound(to: Int64.self), count)
    }
    return y
  }

  private static func requireReal(_ name: String, _ dtype: DType) {
    require(dtype.isFloatingPoint, "\(name): \(dtype) has no fractions: draw float32 or float64, or use integers")
  }
}
