internal import Files

/// The time of one kind of work at one size with some threads.
struct GrowthPoint {
  let series: String
  let size: Int
  let threads: Int
  let seconds: Double
  let amount: Double

  var nanosecondsPerUnit: Double { seconds * 1e9 / amount }

  /// One line of JSON.
  var json: String {
    JSONValue.object([
      ("series", .string(series)), ("size", .integer(size)), ("threads", .integer(threads)),
      ("us", .number(rounded(seconds * 1e6))), ("units", .number(amount)),
      ("ns_per_unit", .number(rounded(nanosecondsPerUnit))),
    ]).text
  }

  /// The point that such a line describes; nil if it is none.
  init?(json line: some StringProtocol) {
    guard let value = try? JSONValue(parsing: line.utf8), let series = value["series"]?.string,
      let size = value["size"]?.integer, let threads = value["threads"]?.integer, let time = value["us"]?.number,
      let amount = value["units"]?.number
    else { return nil }
    self.init(series: series, size: size, threads: threads, seconds: time * 1e-6, amount: amount)
  }

  init(series: String, size: Int, threads: Int, seconds: Double, amount: Double) {
    self.series = series
    self.size = size
    self.threads = threads
    self.seconds = seconds
    self.amount = amount
  }
}

/// A step between neighbouring sizes at which the time grows much faster than the work.
struct Cliff {
  let from: GrowthPoint
  let to: GrowthPoint

  /// How much faster the time grows than the work.
  var factor: Double { to.nanosecondsPerUnit / from.nanosecondsPerUnit }

  /// All steps of the points, which are in the order of their sizes, that are steeper than the limit.
  static func all(in points: [GrowthPoint], limit: Double = 1.5) -> [Cliff] {
    var last: [String: GrowthPoint] = [:]
    var found: [Cliff] = []
    for point in points {
      let line = "\(point.series) \(point.threads)"
      if let before = last[line] {
        let step = Cliff(from: before, to: point)
        if step.factor > limit { found.append(step) }
      }
      last[line] = point
    }
    return found
  }
}
