/// Something to measure: a name, a unit, and a closure that does the work once and is timed.
struct Workload {
  /// How a measured time becomes the number that is printed.
  enum Unit {
    /// Nanoseconds per call.
    case nanoseconds
    /// Microseconds per call.
    case microseconds
    /// Milliseconds per call.
    case milliseconds
    /// 10⁹ floating-point operations per second, given how many one call does.
    case gigaflops(Double)
    /// 10⁹ bytes per second, given how many one call reads and writes.
    case gigabytes(Double)
  }

  let name: String
  let unit: Unit
  /// What is done, in a few words for the table.
  let work: String
  /// How often one call of the closure does the work: many times where it is short beside a call.
  var repetitions = 1
  /// Makes what the work needs and returns the work itself.
  let prepare: () -> () -> Void
}

extension Workload.Unit {
  var name: String {
    switch self {
    case .nanoseconds: "ns"
    case .microseconds: "us"
    case .milliseconds: "ms"
    case .gigaflops: "GFLOP/s"
    case .gigabytes: "GB/s"
    }
  }

  /// The printed number for one call of `seconds`.
  func value(seconds: Double) -> Double {
    switch self {
    case .nanoseconds: seconds * 1e9
    case .microseconds: seconds * 1e6
    case .milliseconds: seconds * 1e3
    case .gigaflops(let operations): operations / seconds * 1e-9
    case .gigabytes(let bytes): bytes / seconds * 1e-9
    }
  }
}
