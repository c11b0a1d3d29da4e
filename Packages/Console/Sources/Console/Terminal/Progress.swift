/// How far a task is, and the lines that say so.
struct Progress {
  let title: String
  let unit: String
  let total: Int?
  /// What was done before, which says nothing about the speed.
  let beginning: Int
  var completed: Int
  var elapsed = Duration.zero
  var note = ""

  init(title: String, unit: String, total: Int?, beginning: Int, completed: Int) {
    self.title = printable(title)
    self.unit = unit
    self.total = total
    self.beginning = beginning
    self.completed = completed
  }

  private var fraction: Double? {
    guard let total, total > 0 else { return nil }
    return min(1, max(0, Double(completed) / Double(total)))
  }

  /// The tenths that are done.
  var tenth: Int { fraction.map { Int($0 * 10 + 1e-9) } ?? 0 }

  var isComplete: Bool { total.map { completed >= $0 } ?? false }

  /// Units per second in the mean; it has to run for a moment before that means something.
  private var rate: Double? {
    let seconds = elapsed / .seconds(1)
    let done = completed - beginning
    return seconds >= 0.2 && done > 0 ? Double(done) / seconds : nil
  }

  private var remaining: String? {
    guard let rate, let total, completed < total else { return nil }
    return clockText(.seconds(Double(total - completed) / rate)) + " left"
  }

  private var percent: String? { fraction.map { "\(Int($0 * 100 + 1e-9)) %" } }
  private var count: String { total.map { "\(completed)/\($0)" } ?? "\(completed)" }

  /// For a file: `rings: 40 % (4/10 steps), 21.9 steps/s, 0:42 left, loss 0.25`.
  var plainLine: String {
    let done = percent.map { "\($0) (\(count) \(unit))" } ?? "\(count) \(unit)"
    let facts = [done, rate.map { rateText($0, unit: unit) }, remaining, note.isEmpty ? nil : note]
    return "\(title): " + facts.compactMap(\.self).joined(separator: ", ")
  }

  /// What remains at the end: `rings: 10 steps in 0:12 (21.9 steps/s), loss 0.25`.
  var summary: String {
    let speed = rate.map { " (\(rateText($0, unit: unit)))" } ?? ""
    return "\(title): \(completed) \(unit) in \(clockText(elapsed))\(speed)" + (note.isEmpty ? "" : ", \(note)")
  }

  /// For a screen: as much of title, bar, percent, count, speed, remaining time and note as fits.
  func line(on terminal: Terminal, width: Int) -> String {
    var parts: [(text: String, rank: Int)] = [(title, 0)]
    if fraction != nil { parts.append(("", 2)) }
    if let percent { parts.append((padded(percent, 5), 0)) }
    parts.append((total.map { padded(count, 2 * "\($0)".count + 1) } ?? "\(count) \(unit)", 4))
    if let rate { parts.append((rateText(rate, unit: unit), 5)) }
    parts.append((remaining ?? (total == nil ? clockText(elapsed) : ""), 1))
    parts.append((shortened(note, to: 40), 3))
    parts.removeAll { $0.text.isEmpty && $0.rank != 2 }

    /// The columns that everything but the bar takes.
    func used() -> Int { parts.reduce(0) { $0 + displayWidth($1.text) } + 2 * (parts.count - 1) }
    func hasBar() -> Bool { parts.contains { $0.rank == 2 } }
    while used() + (hasBar() ? 10 : 0) > width, let last = parts.map(\.rank).max(), last > 0 {
      parts.removeAll { $0.rank == last }
    }
    // In steps of ten, so that the bar does not tremble when a number beside it gets longer.
    let room = width - used()
    let texts = parts.map { part in
      part.rank == 2 ? bar(min(room / 10 * 10, 30), on: terminal) : part.text
    }
    // Whatever is left is the title and the percentage; a colour cannot be cut in two here, because no bar is left.
    let line = texts.joined(separator: "  ")
    return hasBar() ? line : shortened(line, to: width)
  }

  private func bar(_ width: Int, on terminal: Terminal) -> String {
    let done = Int((fraction ?? 0) * Double(width) + 1e-9)
    let (full, empty) = terminal.isUnicode ? ("━", "─") : ("#", ".")
    let left = String(repeating: full, count: done)
    let right = String(repeating: empty, count: width - done)
    return terminal.styled(left, .cyan) + terminal.styled(right, .faint)
  }
}

/// The text on the right of so many columns, so that what follows it stands still.
private func padded(_ text: String, _ width: Int) -> String {
  String(repeating: " ", count: max(0, width - text.count)) + text
}
