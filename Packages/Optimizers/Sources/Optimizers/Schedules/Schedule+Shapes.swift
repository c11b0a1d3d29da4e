internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

extension Schedule {
  /// The same rate at every step.
  public static func constant(_ rate: Double) -> Schedule { Schedule { _ in rate } }

  /// A rate that is multiplied with `factor` after every `count` steps. Called `StepLR` in PyTorch.
  public static func step(from rate: Double, every count: Int, factor: Double = 0.1) -> Schedule {
    require(count > 0, "Schedule.step: a stage lasts at least one step, not \(count)")
    return Schedule { rate * pow(factor, Double($0 / count)) }
  }

  /// A rate that is multiplied with `factor` at each of the given steps. Called `MultiStepLR` in PyTorch.
  public static func multiStep(from rate: Double, at steps: [Int], factor: Double = 0.1) -> Schedule {
    Schedule { step in rate * pow(factor, Double(steps.filter { $0 <= step }.count)) }
  }

  /// A rate that is multiplied with `factor` at every step. Called `ExponentialLR` in PyTorch.
  public static func exponential(from rate: Double, factor: Double) -> Schedule {
    Schedule { rate * pow(factor, Double($0)) }
  }

  /// A fall to `end` along (1 − t / count)^power, and `end` from then on. Called `PolynomialLR` in PyTorch.
  public static func polynomial(
    from rate: Double, to end: Double = 0, over count: Int, power: Double = 1
  ) -> Schedule {
    require(count > 0, "Schedule.polynomial: the way down takes at least one step, not \(count)")
    return Schedule { step in
      end + (rate - end) * pow(1 - Double(Swift.min(step, count)) / Double(count), power)
    }
  }

  /// A fall to `end` along half a cosine wave, and `end` from then on. Called `CosineAnnealingLR` in PyTorch.
  public static func cosine(from rate: Double, to end: Double = 0, over count: Int) -> Schedule {
    require(count > 0, "Schedule.cosine: the way down takes at least one step, not \(count)")
    return Schedule { step in cosine(rate, end, Double(Swift.min(step, count)) / Double(count)) }
  }

  /// Falls along half cosine waves, each `growth` times as long as the one before it, with a jump back up between them.
  ///
  /// Called `CosineAnnealingWarmRestarts` in PyTorch (Loshchilov and Hutter 2017).
  public static func cosineWithRestarts(
    from rate: Double, to end: Double = 0, first count: Int, growth: Int = 1
  ) -> Schedule {
    require(count > 0 && growth > 0, "Schedule.cosineWithRestarts: the first fall and the growth must be positive")
    return Schedule { step in
      var (start, length) = (0, count)
      while step >= start + length {
        start += length
        length *= growth
      }
      return cosine(rate, end, Double(step - start) / Double(length))
    }
  }

  /// One rise to `peak` and a long fall far below where it began, along cosine waves.
  ///
  /// Called `OneCycleLR` in PyTorch, whose defaults these are (Smith and Topin 2018).
  public static func oneCycle(
    peak: Double, over count: Int, rising share: Double = 0.3, startingAt divisor: Double = 25,
    endingAt finalDivisor: Double = 1e4
  ) -> Schedule {
    require(count > 1 && share > 0 && share < 1, "Schedule.oneCycle: give at least two steps and a share inside 0…1")
    let top = share * Double(count) - 1
    let last = Double(count - 1)
    let start = peak / divisor
    return Schedule { step in
      let t = Double(Swift.min(step, count - 1))
      return t <= top
        ? cosine(start, peak, t / top) : cosine(peak, start / finalDivisor, (t - top) / (last - top))
    }
  }

  /// The point at `share` of the way from one number to another along half a cosine wave.
  private static func cosine(_ from: Double, _ to: Double, _ share: Double) -> Double {
    to + (from - to) * (1 + cos(.pi * share)) / 2
  }
}
