/// Something to measure: a name, a unit, and the way to its number.
struct Workload {
  /// What is printed, and how a measured time becomes it.
  enum Unit {
    /// Nanoseconds per call.
    case nanoseconds
    /// Microseconds per call.
    case microseconds
    /// Milliseconds per call.
    case milliseconds
    /// Seconds per call.
    case seconds
    /// 10⁶ bytes.
    case megabytes
    /// How often something happens.
    case count
    /// 10⁹ floating-point operations per second, given how many one call does.
    case gigaflops(Double)
    /// 10⁹ bytes per second, given how many one call reads and writes.
    case gigabytes(Double)
  }

  /// How the number is found.
  enum Method {
    /// By the clock: the closure makes what the work needs and returns the work itself. The best of several runs counts.
    case timed(() -> () -> Void)
    /// By the closure, which returns it in the printed unit: a count, or what another process reports.
    case read(() throws -> Double)
  }

  let name: String
  let unit: Unit
  /// What is done, in a few words for the table.
  let work: String
  /// How often one call of the work does it: many times where it is short beside a call.
  let repetitions: Int
  let method: Method

  /// A workload whose time is measured.
  init(name: String, unit: Unit, work: String, repetitions: Int = 1, prepare: @escaping () -> () -> Void) {
    self.name = name
    self.unit = unit
    self.work = work
    self.repetitions = repetitions
    method = .timed(prepare)
  }

  /// A workload that finds its number by itself.
  init(name: String, unit: Unit, work: String, reading: @escaping () throws -> Double) {
    self.name = name
    self.unit = unit
    self.work = work
    repetitions = 1
    method = .read(reading)
  }
}

extension Workload.Unit {
  var name: String {
    switch self {
    case .nanoseconds: "ns"
    case .microseconds: "us"
    case .milliseconds: "ms"
    case .seconds: "s"
    case .megabytes: "MB"
    case .count: "count"
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
    case .seconds, .megabytes, .count: seconds
    case .gigaflops(let operations): operations / seconds * 1e-9
    case .gigabytes(let bytes): bytes / seconds * 1e-9
    }
  }
}
