internal import Tensors

/// The seconds since some fixed moment, by a clock that nobody sets.
private func secondsNow() -> Double {
  let time = ContinuousClock.now
  let elapsed = start.duration(to: time).components
  return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
}

private let start = ContinuousClock.now

/// The best of several runs of one workload.
struct Measurement {
  let workload: Workload
  /// The printed number, in the unit of the workload.
  let value: Double

  /// Runs the work until it is warm and then five times for at least a tenth of a second each; the fastest counts.
  init(_ workload: Workload, runs: Int = 5, secondsPerRun: Double = 0.1) {
    self.workload = workload
    let work = workload.prepare()
    var calls = 1
    while true {
      let elapsed = Measurement.time(work, calls: calls)
      if elapsed >= secondsPerRun / 4 {
        calls = Swift.max(1, Int(Double(calls) * secondsPerRun / elapsed))
        break
      }
      calls *= 2
    }
    let best = (0..<runs).map { _ in Measurement.time(work, calls: calls) / Double(calls) }.min() ?? .infinity
    value = workload.unit.value(seconds: best / Double(workload.repetitions))
  }

  private static func time(_ work: () -> Void, calls: Int) -> Double {
    let begin = secondsNow()
    for _ in 0..<calls { work() }
    return secondsNow() - begin
  }

  /// One line of JSON.
  var json: String {
    "{\"name\": \"\(workload.name)\", \"unit\": \"\(workload.unit.name)\", \"value\": \(rounded(value)), "
      + "\"threads\": \(Engine.threads), \"engine\": \"\(Engine.name)\"}"
  }
}

/// Four significant digits, as JSON and people can read them.
func rounded(_ value: Double) -> Double {
  guard value.isFinite, value != 0 else { return value }
  var scale = 1.0
  while abs(value) * scale < 1000 { scale *= 10 }
  return (value * scale).rounded() / scale
}
