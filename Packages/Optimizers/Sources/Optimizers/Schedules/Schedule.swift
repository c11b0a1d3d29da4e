/// The learning rate of every step: a pure function of the number of steps taken so far, which starts at 0.
///
/// Schedules are put together: `Schedule.cosine(from: 0.1, over: 1000).warmedUp(over: 50)`. Being pure, they need no
/// state of their own: the optimizer's step count is enough to resume.
public struct Schedule: Sendable {
  private let rate: @Sendable (Int) -> Double

  /// A schedule by any formula.
  public init(_ rate: @escaping @Sendable (_ step: Int) -> Double) { self.rate = rate }

  /// The learning rate after `step` steps.
  public func callAsFunction(_ step: Int) -> Double { rate(step) }

  /// All learning rates of the first `count` steps, for plots.
  public func rates(count: Int) -> [Double] { (0..<count).map(rate) }
}

// MARK: - Putting schedules together

extension Schedule {
  /// This schedule for the first `count` steps, then another one, which begins at its own step 0.
  public func then(_ next: Schedule, after count: Int) -> Schedule {
    Schedule { step in step < count ? self(step) : next(step - count) }
  }

  /// A rise from `share` of the rate to the full rate in even steps, then this schedule, which begins when the rise is done.
  public func warmedUp(over count: Int, from share: Double = 0) -> Schedule {
    Schedule { step in
      guard step < count else { return self(step - count) }
      return self(0) * (share + (1 - share) * Double(step + 1) / Double(count + 1))
    }
  }

  /// This schedule, but never below a rate.
  public func floored(at lowest: Double) -> Schedule { Schedule { Swift.max(self($0), lowest) } }

  /// The rates of a schedule times a number.
  public static func * (schedule: Schedule, factor: Double) -> Schedule { Schedule { schedule($0) * factor } }

  /// The rates of a schedule that counts epochs, for an optimizer that counts steps.
  public func perEpoch(of steps: Int) -> Schedule { Schedule { self($0 / Swift.max(steps, 1)) } }
}
