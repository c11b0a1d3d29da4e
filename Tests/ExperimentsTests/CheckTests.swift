import Experiments
import Tensors
import Testing

/// An experiment made of a closure.
struct Sample: Experiment {
  var id = "test.1"
  var title = "A sample"
  var question = "What happens?"
  var parameters: [Parameter] = []
  var body: @Sendable (inout Run) throws -> Void

  init(_ body: @escaping @Sendable (inout Run) throws -> Void) { self.body = body }

  func run(in run: inout Run) throws { try body(&run) }

  static let place = Place(program: "sample-sheet", sheet: "Samples", exercise: "1 Samples", order: 0)
}

/// The checks of a run of a closure, without files.
func checks(
  _ settings: Settings = Settings(), parameters: [Parameter] = [],
  _ body: @escaping @Sendable (inout Run) throws -> Void
) throws -> [Check] {
  var sample = Sample(body)
  sample.parameters = parameters
  return try Run.execute(sample, settings, at: Sample.place).checks
}

@Test(
  "the median is the middle, or the mean of the two in the middle; what came apart counts as large",
  arguments: [
    ([3, 1, 2], 2), ([4, 1, 3, 2], 2.5), ([5], 5), ([1, .nan, 2], 2), ([.nan, 1, .infinity, 0], .infinity),
    ([.infinity, .infinity], .infinity),
  ] as [([Double], Double)])
func medians(values: [Double], expected: Double) {
  #expect(median(values) == expected)
  #expect(median([]).isNaN)
}

@Suite("Checks")
struct CheckTests {
  static let table: [(name: String, expected: Bool, body: @Sendable (inout Run) -> Void)] = [
    ("a value at its tolerance", true, { $0.check("x", 1.5, equals: 1, within: 0.5) }),
    ("a value beyond its tolerance", false, { $0.check("x", 1.75, equals: 1, within: 0.5) }),
    ("an exact value", true, { $0.check("x", 0.1 + 0.2, equals: 0.30000000000000004) }),
    ("an inexact value", false, { $0.check("x", 0.1 + 0.2, equals: 0.3) }),
    ("an infinity that is expected", true, { $0.check("x", -.infinity, equals: -.infinity) }),
    ("NaN is never right", false, { $0.check("x", .nan, equals: .nan, within: .infinity) }),
    ("at most", true, { $0.check("x", 2, atMost: 2) }),
    ("above most", false, { $0.check("x", 2.1, atMost: 2) }),
    ("NaN is not small", false, { $0.check("x", .nan, atMost: 2) }),
    ("at least", true, { $0.check("x", 2, atLeast: 2) }),
    ("below least", false, { $0.check("x", 1.9, atLeast: 2) }),
    ("between", true, { $0.check("x", 2, between: 1, and: 2) }),
    ("outside", false, { $0.check("x", 3, between: 1, and: 2) }),
    ("true", true, { $0.check("x", holds: true) }), ("false", false, { $0.check("x", holds: false) }),
    ("equal tensors", true, { $0.check("x", Tensor([1, 2.5]), equals: Tensor([1, 2]), within: 0.5) }),
    ("different tensors", false, { $0.check("x", Tensor([1, 2.5]), equals: Tensor([1, 2]), within: 0.4) }),
    ("tensors of other shapes", false, { $0.check("x", Tensor([1, 1]), equals: Tensor([1]), within: 9) }),
    ("a threshold that holds", true, { $0.expect("x", 0.9, atLeast: 0.8) }),
    ("a threshold that fails", false, { $0.expect("x", 0.7, atLeast: 0.8) }),
  ]

  @Test("a check passes exactly when its condition holds", arguments: table.indices)
  func condition(row: Int) throws {
    let (name, expected, body) = Self.table[row]
    let check = try #require(checks { body(&$0) }.first)
    #expect(check.passes == expected, "\(name)")
    #expect(check.outcome == (expected ? "PASS" : "FAIL"))
  }

  @Test("thresholds are judged only with the settings they were measured with")
  func judged() throws {
    let body: @Sendable (inout Run) -> Void = {
      $0.expect("learned", Double($0.hidden), atLeast: 16)
      $0.check("exact", 1, equals: 2)
    }
    let parameters = [Parameter.hidden(16)]
    #expect(try checks(parameters: parameters, body).map(\.outcome) == ["PASS", "FAIL"])
    var changed = Settings()
    changed.values["hidden"] = .integer(3)
    #expect(try checks(changed, parameters: parameters, body).map(\.outcome) == ["shown", "FAIL"])
    var quick = Settings()
    quick.isQuick = true
    #expect(try checks(quick, parameters: parameters, body).map(\.outcome) == ["shown", "FAIL"])
  }

  @Test(
    "numbers are written as people read them",
    arguments: [
      (0.09, "0.09"), (-0.5, "−0.5"), (2.319522830243569e-16, "2.31952e-16"), (.nan, "NaN"), (-.infinity, "−∞"),
      (1_234_567, "1.23457e+06"),
    ])
  func text(number: Double, expected: String) { #expect(number.text() == expected) }
}
