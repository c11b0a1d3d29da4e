internal import Console
internal import Drawing
internal import Files
internal import Tensors

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Darwin)
internal import Darwin
#endif

/// Measures how the time of each kind of work grows, prints the points, names the cliffs, and draws both.
///
/// The number of threads is fixed when a process starts: this one starts itself once for each. With `WABE_THREADS` set it
/// measures with those alone, in this process.
func measureGrowth(_ chosen: [Growth], json: Bool, folder: Folder) throws {
  if getenv("WABE_THREADS") != nil {
    measure(chosen) { print($0.json) }
    return
  }
  if !json {
    print("Wabe, engine \(Engine.name) (\(Engine.instructions)); best of 50 runs\n")
    print(row("work", "size", "threads", "time", "unit", "per unit"))
  }
  var points: [GrowthPoint] = []
  for threads in Set([1, 2, Engine.threads]).sorted() {
    points += try measure(chosen, threads: threads) { line in
      print(json ? line.json : row(line))
      fflush(nil)  // lines appear as they are measured, also through a pipe
    }
  }
  let cliffs = Cliff.all(in: points)
  let report = Terminal(json ? .error : .output)
  report.print()
  if cliffs.isEmpty { report.print("no cliff: no time grows 1.5 times faster than its work") }
  for cliff in cliffs {
    let threads = "\(cliff.to.threads) thread\(cliff.to.threads == 1 ? "" : "s")"
    report.print(
      "cliff: \(cliff.to.series) from \(cliff.from.size) to \(cliff.to.size) on \(threads): "
        + "the time grows \(rounded(cliff.factor)) times faster than the work")
  }
  try folder.make()
  let lines = points.map { $0.json + "\n" }.joined()
  try AtomicWriter().write(Array(lines.utf8), to: folder.file("growth.jsonl"))
  try AtomicWriter().write(Array(growthPage(of: points).utf8), to: folder.file("growth.md"))
  for (name, figure) in growthFigures(of: points) {
    try figure.write(to: folder.file(name))
    report.print(folder.file(name))
  }
}

/// Measures everything in this process.
private func measure(_ chosen: [Growth], _ report: (GrowthPoint) -> Void) {
  for growth in chosen {
    for size in growth.sizes {
      // Short runs: there are many points, and the shape of the curve is asked for, not its last per cent.
      let seconds = bestSeconds(of: growth.prepare(size), secondsPerRun: 0.003)
      report(
        GrowthPoint(
          series: growth.name, size: size, threads: Engine.threads, seconds: seconds, amount: growth.amount(size)))
      fflush(nil)
    }
  }
}

/// Measures everything in a process with so many threads, and hands each point on as it comes.
private func measure(
  _ chosen: [Growth], threads: Int, _ report: (GrowthPoint) -> Void
) throws -> [GrowthPoint] {
  var program = try Program("benchmark", ["--growth", "--json"] + chosen.flatMap { ["--filter", $0.name] })
  program.environment["WABE_THREADS"] = "\(threads)"
  var ends: [Int32] = [-1, -1]
  guard pipe(&ends) == 0 else { throw ProgramError(description: "no pipe: \(String(cString: strerror(errno)))") }
  defer { close(ends[0]) }
  _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
  _ = fcntl(ends[1], F_SETFD, FD_CLOEXEC)
  let process: pid_t
  do {
    defer { close(ends[1]) }
    process = try program.start(output: ends[1])
  }
  var points: [GrowthPoint] = []
  var rest: [UInt8] = []
  var buffer = [UInt8](repeating: 0, count: 4096)
  while true {
    let count = read(ends[0], &buffer, buffer.count)
    if count < 0 && errno == EINTR { continue }
    if count <= 0 { break }
    rest += buffer[..<count]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      if let point = GrowthPoint(json: String(decoding: rest[..<end], as: UTF8.self)) {
        points.append(point)
        report(point)
      }
      rest.removeFirst(end + 1)
    }
  }
  try program.check(Program.wait(for: process))
  return points
}

private func row(_ point: GrowthPoint) -> String {
  row(
    point.series, "\(point.size)", "\(point.threads)", "\(rounded(point.seconds * 1e6))", "us",
    "\(rounded(point.nanosecondsPerUnit)) ns")
}

private func row(
  _ series: String, _ size: String, _ threads: String, _ time: String, _ unit: String, _ perUnit: String
) -> String {
  padded(series, 12) + leading(size, 10) + leading(threads, 9) + leading(time, 12) + " " + padded(unit, 5)
    + leading(perUnit, 16)
}
