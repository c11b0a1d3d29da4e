/// The name of an unfinished file: `.<target>.<process>-<attempt>.tmp`.
struct TemporaryName: Equatable {
  var target: String
  var process: Int32
  var attempt: Int

  var text: String { ".\(target).\(process)-\(attempt).tmp" }

  init(target: String, process: Int32, attempt: Int) {
    self.target = target
    self.process = process
    self.attempt = attempt
  }

  /// Reads a name; nil when it is not exactly what `text` writes.
  init?(_ name: String) {
    guard name.hasPrefix("."), name.hasSuffix(".tmp") else { return nil }
    let middle = name.dropFirst().dropLast(4)
    guard let dot = middle.lastIndex(of: ".") else { return nil }
    let numbers = middle[middle.index(after: dot)...].split(separator: "-", omittingEmptySubsequences: false)
    guard numbers.count == 2, let process = Int32(numbers[0]), let attempt = Int(numbers[1]) else { return nil }
    self.init(target: String(middle[..<dot]), process: process, attempt: attempt)
    guard process > 0, attempt >= 0, !target.isEmpty, text == name else { return nil }
  }
}
