internal import Tensors

/// The seconds since some fixed moment, by a clock that nobody sets.
func secondsNow() -> Double {
  let time = ContinuousClock.now
  let elapsed = start.duration(to: time).components
  return Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18
}

private let start = ContinuousClock.now

/// The time of one call: runs the work until it is warm and then many times for a short while each; the fastest counts.
///
/// Short runs, because on shared machines others take a processor for a few milliseconds at a time.
func bestSeconds(of work: () -> Void, runs: Int = 50, secondsPerRun: Double = 0.01) -> Double {
  var (calls, runs) = (1, runs)
  while true {
    let elapsed = seconds(of: work, calls: calls)
    if elapsed >= secondsPerRun / 4 {
      // Long work fills its time with fewer runs.
      if elapsed > secondsPerRun { runs = max(5, Int(Double(runs) * secondsPerRun / elapsed)) }
      calls = max(1, Int(Double(calls) * secondsPerRun / elapsed))
      break
    }
    calls *= 2
  }
  let best = (0..<runs).map { _ in seconds(of: work, calls: calls) }.min() ?? .infinity
  return best / Double(calls)
}

private func seconds(of work: () -> Void, calls: Int) -> Double {
  let begin = secondsNow()
  for _ in 0..<calls { work() }
  return secondsNow() - begin
}

/// The number of one workload.
struct Measurement {
  let workload: Workload
  /// The printed number, in the unit of the workload.
  let value: Double

  /// Measures or reads the number of a workload.
  init(_ workload: Workload) throws {
    self.workload = workload
    switch workload.method {
    case .timed(let prepare):
      value = workload.unit.value(seconds: bestSeconds(of: prepare()) / Double(workload.repetitions))
    case .read(let reading): value = try reading()
    }
  }

  /// One line of JSON.
  var json: String {
    "{\"name\": \"\(workload.name)\", \"unit\": \"\(workload.unit.name)\", \"value\": \(rounded(value)), "
      + "\"threads\": \(Engine.threads), \"engine\": \"\(Engine.name)\"}"
  }
}

/// Four significant digits, or as many as are given, as JSON and people can read them.
func rounded(_ value: Double, _ digits: Int = 4) -> Double {
  guard value.isFinite, value != 0 else { return value }
  var least = 1.0
  for _ in 1..<digits { least *= 10 }
  var scale = 1.0
  while abs(value) * scale < least { scale *= 10 }
  return (value * scale).rounded() / scale
}
