import Tensors
import TestSupport
import Testing

/// The gradient rules, by differences and by PyTorch's numbers.
@Suite struct GradientTests {
  private static let differentiable = OpTable.rows.filter { $0.gradient != .none }

  private static func places(_ row: OpRow, _ samples: [Sample]) -> [Int] {
    samples.indices.filter { row.differentiates($0, of: samples[$0]) }
  }

  @Test("rules agree with central differences in float64, for every shape", arguments: differentiable)
  func differences(row: OpRow) {
    for samples in row.inputs.cases {
      let inputs = OpRow.tensors(samples, .float64)
      let complaints = GradientCheck().complaints(
        at: inputs, for: Self.places(row, samples), seed: GradientCheck.seed, of: row.body)
      #expect(complaints == [], "\(row) of \(samples)")
    }
  }

  @Test("a tensor that is given twice gets both gradients", arguments: differentiable)
  func twice(row: OpRow) {
    for samples in row.inputs.cases where samples.count == 2 && samples[0] == samples[1] {
      let input = samples[0].tensor(at: 0, dtype: .float64)
      // Where both inputs are equal, the larger of them has a kink.
      if row.name == "maximum" || row.name == "minimum" { continue }
      let complaints = GradientCheck().complaints(at: [input], for: [0], seed: GradientCheck.seed) {
        row.body([$0[0], $0[0]])
      }
      #expect(complaints == [], "\(row) of \(samples)")
    }
  }

  @Test("rules agree with PyTorch to 1e-11", arguments: differentiable)
  func golden(row: OpRow) throws {
    for (key, expected) in try Fixtures.golden.get().expected("gradient \(row.name)") {
      let words = key.split(separator: " ")
      let samples = words.dropLast().compactMap { Sample($0) }
      let place = try #require(Int(words.last ?? ""))
      #expect(row.differentiates(place, of: samples[place]), "\(row) of \(key)")
      let (_, gradients) = GradientCheck.gradients(
        at: OpRow.tensors(samples, .float64), for: [place], seed: GradientCheck.seed, of: row.body
      ) { Issue.record("\(row) of \(key): \($0)") }
      let found = gradients[place]?.scalars ?? expected.values.map { _ in 0 }
      #expect(found.count == expected.values.count)
      for (x, y) in zip(found, expected.values) {
        #expect(abs(x - y) <= 1e-11 * max(1, abs(y)), "\(row) of \(key)")
      }
    }
  }

  @Test(
    "gradients have the shape and type of their input, in float32 too, and the same bits each time",
    arguments: differentiable)
  func shapes(row: OpRow) {
    for dtype in row.dtypes where dtype.isFloatingPoint {
      for samples in row.inputs.cases {
        let inputs = OpRow.tensors(samples, dtype)
        let places = Self.places(row, samples)
        var earlier: [[UInt8]?]?
        for _ in 0..<3 {
          let (_, gradients) = GradientCheck.gradients(
            at: inputs, for: places, seed: GradientCheck.seed, of: row.body
          ) { Issue.record("\(row) of \(samples): \($0)") }
          let bytes = gradients.map { $0?.bytes }
          #expect(earlier == nil || earlier == bytes, "\(row) of \(samples) in \(dtype)")
          earlier = bytes
        }
      }
    }
  }

  @Test("an operation is recorded exactly when an input is traced and has a gradient", arguments: OpTable.rows)
  func recording(row: OpRow) {
    for samples in row.inputs.cases {
      for dtype in row.dtypes {
        let inputs = OpRow.tensors(samples, dtype)
        #expect(row.body(inputs).trace == nil, "\(row) of \(samples): nothing is watched")
        for place in samples.indices where inputs[place].dtype.isFloatingPoint {
          let recorder = SweepRecorder()
          var watched = inputs
          watched[place] = recorder.watch(inputs[place])
          let isTraced = row.body(watched).trace != nil
          #expect(isTraced == row.differentiates(place, of: samples[place]), "\(row) of \(samples), input \(place)")
        }
      }
    }
  }
}
