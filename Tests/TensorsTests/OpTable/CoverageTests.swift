import Foundation
import Tensors
import TestSupport
import Testing

/// The sources of `Tensors` against the table: an operation without a row fails here.
@Suite struct CoverageTests {
  @Test("every operation that the sources record is recorded by some row of the table")
  func recordedOperations() throws {
    let named = try OperationNames(folder: Fixtures.root.appending(path: "Packages/Tensors/Sources/Tensors"))
    #expect(named.recorded.count >= 20, "the scan of the sources finds too little")
    let seen = Self.namesThatRowsRecord()
    #expect(named.recorded.subtracting(seen).sorted() == [], "these operations need rows in Tests/TestSupport/Rows")
    #expect(seen.subtracting(named.recorded).sorted() == [], "the scan of the sources misses these operations")
  }

  /// What is recorded while all rows run, and while their gradients are computed by rules that are recorded, too.
  private static func namesThatRowsRecord() -> Set<String> {
    var names: Set<String> = []
    for row in OpTable.rows where row.gradient != .none {
      for (samples, dtype) in row.inputs.cases.flatMap({ samples in row.dtypes.map { (samples, $0) } }) {
        let inputs = OpRow.tensors(samples, dtype)
        let places = inputs.indices.filter { row.differentiates($0, of: samples[$0]) }
        let recorder = SweepRecorder(keepsTraces: true)
        var watched = inputs
        for place in places { watched[place] = recorder.watch(inputs[place]) }
        let value = row.body(watched)
        let seed = recorder.watch(GradientCheck.seed(value.shape).cast(to: value.dtype))
        _ = recorder.gradients(of: value, seed: seed) { Issue.record("\(row) of \(samples): \($0)") }
        names.formUnion(recorder.names)
      }
    }
    return names
  }

  @Test("the scan finds names on the next line, behind helpers, and not those of constant rules")
  func scan() {
    let names = OperationNames(
      text: """
        static func unary(_ name: String, _ kernel: Int, _ x: Tensor) -> Tensor { y.recorded(name, from: x) }
        func lonely(_ name: String) -> String { name }
        public func tanh(_ x: Tensor) -> Tensor { Tensor.unary("tanh", 1, x, rule: .output { $0 }) }
        public func sign(_ x: Tensor) -> Tensor { Tensor.unary("sign", 1, x, rule: .constant) }
        return y.recorded(
          "sum", from: self) { _, _ in .each { gradient, _ in gradient } }
        lonely("nothing")
        func sliced(_ region: Region, name: String = "slice") -> Tensor { y.recorded(name, from: self) }
        sliced(region, name: "split")
        """)
    #expect(names.recorded == ["tanh", "sum", "slice", "split"])
  }
}

/// The names under which operations are recorded, found in Swift sources.
///
/// A call counts where its first argument is a literal and it goes to `recorded`, or to a helper that is declared with
/// a first parameter `_ name: String` and whose body calls one that counts. So does every literal for a parameter that
/// is labelled `name:`, or its default value.
struct OperationNames {
  private(set) var recorded: Set<String> = []

  /// Scans all Swift files below a folder.
  init(folder: URL) throws {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let paths = (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "swift" }.sorted { $0.path < $1.path }
    self.init(text: try paths.map { try String(contentsOf: $0, encoding: .utf8) }.joined(separator: "\n"))
  }

  /// Scans one text.
  init(text: String) {
    let characters = Array(text.utf8)
    var helpers: Set<String> = ["recorded"]
    let declarations = text.matches(of: /func (\w+)(?:<[^>]*>)?\(\s*_ name: String/)
    var found = 0
    while found != helpers.count {
      found = helpers.count
      for declaration in declarations where !helpers.contains(String(declaration.1)) {
        let start = text.utf8.distance(from: text.startIndex, to: declaration.range.lowerBound)
        let body = Self.braces(characters, from: start)
        let calls = helpers.contains {
          body.contains("\($0)(name") || body.contains("\($0)(\n") || body.contains(".\($0)(name")
        }
        if calls && body.contains("name") { helpers.insert(String(declaration.1)) }
      }
    }
    for call in text.matches(of: /(\w+)\(\s*"(\w+)"/) where helpers.contains(String(call.1)) {
      let start = text.utf8.distance(from: text.startIndex, to: call.range.lowerBound)
      let arguments = Self.parentheses(characters, from: start)
      if arguments.contains("rule: .constant") { continue }
      recorded.insert(String(call.2))
    }
    for label in text.matches(of: /\bname: (?:String = )?"(\w+)"/) { recorded.insert(String(label.1)) }
  }

  private static func braces(_ text: [UInt8], from start: Int) -> String { enclosed(text, from: start, "{", "}") }

  private static func parentheses(_ text: [UInt8], from start: Int) -> String { enclosed(text, from: start, "(", ")") }

  /// The text between the first opening mark after `start` and the closing mark that belongs to it.
  private static func enclosed(_ text: [UInt8], from start: Int, _ open: Character, _ close: Character) -> String {
    let (open, close) = (open.asciiValue ?? 0, close.asciiValue ?? 0)
    guard let first = text[start...].firstIndex(of: open) else { return "" }
    var depth = 0
    for index in first..<text.count {
      if text[index] == open { depth += 1 }
      if text[index] == close { depth -= 1 }
      if depth == 0 { return String(decoding: text[first...index], as: UTF8.self) }
    }
    return ""
  }
}
