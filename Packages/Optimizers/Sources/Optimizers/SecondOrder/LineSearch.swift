internal import Tensors

/// A search along one direction for a point that satisfies the strong Wolfe conditions: the loss has fallen enough, and
/// its slope has flattened enough.
///
/// Nocedal and Wright, Numerical Optimization, algorithms 3.5 and 3.6, with cubic interpolation.
struct LineSearch {
  /// The loss and its gradient somewhere.
  struct Point {
    let loss: Double
    let gradient: Tensor
  }

  private struct Trial {
    let length: Double
    let point: Point
    let slope: Double
  }

  private let start: Trial
  private let direction: Tensor
  private let limit: Int
  private(set) var evaluations = 0

  // The usual numbers for quasi-Newton directions: how much of the predicted fall, and of the slope, must be reached.
  private let fall = 1e-4
  private let flatness = 0.9

  init(start: Point, direction: Tensor, limit: Int) {
    self.direction = direction
    self.limit = limit
    self.start = Trial(length: 0, point: start, slope: start.gradient.product(with: direction))
  }

  /// A point that satisfies both conditions, or the lowest one that was seen; nil where none was lower than the start.
  mutating func run(
    first: Double, evaluate: (_ length: Double) -> Point
  ) -> (length: Double, point: Point)? {
    var before = start
    var length = first
    while evaluations < limit {
      let trial = attempt(length, evaluate)
      if !trial.point.loss.isFinite {
        length = (before.length + length) / 2
        continue
      }
      if tooHigh(trial) || (evaluations > 1 && trial.point.loss >= before.point.loss) {
        return zoom(low: before, high: trial, evaluate)
      }
      if isFlat(trial) { return (trial.length, trial.point) }
      if trial.slope >= 0 { return zoom(low: trial, high: before, evaluate) }
      before = trial
      length *= 2
    }
    return before.length > 0 ? (before.length, before.point) : nil
  }

  /// Narrows down an interval that contains a good point; `low` is its end with the lower loss.
  private mutating func zoom(
    low: Trial, high: Trial, _ evaluate: (Double) -> Point
  ) -> (length: Double, point: Point)? {
    var (low, high) = (low, high)
    while evaluations < limit, Swift.abs(high.length - low.length) > 1e-14 * Swift.max(1, low.length) {
      let trial = attempt(interpolated(low, high), evaluate)
      if !trial.point.loss.isFinite || tooHigh(trial) || trial.point.loss >= low.point.loss {
        high = trial
        continue
      }
      if isFlat(trial) { return (trial.length, trial.point) }
      if trial.slope * (high.length - low.length) >= 0 { high = low }
      low = trial
    }
    return low.length > 0 ? (low.length, low.point) : nil
  }

  private mutating func attempt(_ length: Double, _ evaluate: (Double) -> Point) -> Trial {
    evaluations += 1
    let point = evaluate(length)
    return Trial(length: length, point: point, slope: point.gradient.product(with: direction))
  }

  private func tooHigh(_ trial: Trial) -> Bool {
    trial.point.loss > start.point.loss + fall * trial.length * start.slope
  }

  private func isFlat(_ trial: Trial) -> Bool { Swift.abs(trial.slope) <= -flatness * start.slope }

  /// The minimum of the cubic through both ends, kept away from them; the middle where there is none.
  private func interpolated(_ a: Trial, _ b: Trial) -> Double {
    let (near, far) = (Swift.min(a.length, b.length), Swift.max(a.length, b.length))
    let middle = (near + far) / 2
    guard b.point.loss.isFinite, b.slope.isFinite else { return middle }
    let first = a.slope + b.slope - 3 * (a.point.loss - b.point.loss) / (a.length - b.length)
    let square = first * first - a.slope * b.slope
    guard square >= 0 else { return middle }
    let second = square.squareRoot() * (b.length > a.length ? 1 : -1)
    let minimum = b.length - (b.length - a.length) * (b.slope + second - first) / (b.slope - a.slope + 2 * second)
    let margin = 0.1 * (far - near)
    return minimum.isFinite ? Swift.min(Swift.max(minimum, near + margin), far - margin) : middle
  }
}
