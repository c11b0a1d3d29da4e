/// The points as a Markdown table: one line for each size, with the times of all numbers of threads side by side.
func growthPage(of points: [GrowthPoint]) -> String {
  let threads = Set(points.map(\.threads)).sorted()
  let times = threads.map { "\($0) thread\($0 == 1 ? "" : "s"), µs" }
  let rates = threads.map { "\($0) thread\($0 == 1 ? "" : "s"), ns per unit" }
  var lines = [
    line(["work", "size", "units"] + times + rates),
    line(["---"] + Array(repeating: "--:", count: 2 + 2 * threads.count)),
  ]
  for growth in allGrowth {
    for size in growth.sizes {
      let same = points.filter { $0.series == growth.name && $0.size == size }
      guard let first = same.first else { continue }
      let ordered = threads.map { count in same.first { $0.threads == count } }
      lines.append(
        line(
          ["`\(growth.name)`", "\(size)", "\(rounded(first.amount))"]
            + ordered.map { $0.map { "\(rounded($0.seconds * 1e6))" } ?? "–" }
            + ordered.map { $0.map { "\(rounded($0.nanosecondsPerUnit))" } ?? "–" }))
    }
  }
  return lines.map { $0 + "\n" }.joined()
}

private func line(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
