import Tensors
import TestSupport
import Testing

/// Results against golden data, in every type of element and shape.
@Suite struct ForwardTests {
  @Test("every case of every operation gives the golden result in each element type", arguments: OpTable.rows)
  func values(row: OpRow) throws {
    let golden = try Fixtures.golden.get().expected("forward \(row.name)")
    let keys = row.inputs.cases.map { $0.map(\.description).joined(separator: " ") }
    #expect(golden.map(\.key) == keys, "golden data of \(row) are for other inputs: run Scripts/fixtures/tensors.py")
    for (samples, (key, expected)) in zip(row.inputs.cases, golden) {
      for dtype in row.dtypes {
        let inputs = OpRow.tensors(samples, dtype)
        let found = row.body(inputs)
        #expect(Array(found.shape) == expected.shape, "\(row) of \(key)")
        #expect(found.dtype == row.result ?? dtype, "\(row) of \(key)")
        let scale = samples.indices.flatMap { samples[$0].values(at: $0) }.map { abs($0) }.max() ?? 0
        let complaint = row.tolerance.complaint(found.scalars, expected.values, found.dtype, scale: scale)
        #expect(complaint == nil, "\(row) of \(key)")
      }
    }
  }

  @Test("a result is the same where the inputs are parts of larger tensors", arguments: OpTable.rows)
  func views(row: OpRow) {
    for (samples, dtype) in row.inputs.cases.flatMap({ samples in row.dtypes.map { (samples, $0) } }) {
      let plain = OpRow.tensors(samples, dtype)
      let parts = plain.map { Tensor.stack([$0, $0])[1] }
      #expect(row.body(plain).hasSameBits(as: row.body(parts)), "\(row) of \(samples) in \(dtype)")
    }
  }

  @Test("golden data and rows are about the same operations")
  func completeness() throws {
    let forward = try Fixtures.golden.get().names.filter { $0.hasPrefix("forward ") }.map { $0.dropFirst(8) }
    let rows = Set(OpTable.rows.map { $0.name })
    #expect(Set(forward.map(String.init)).subtracting(rows).sorted() == [], "golden data without a row")
    #expect(OpTable.rows.count == rows.count, "two rows have the same name")
    #expect(rows.count >= 250, "rows have gone missing")
  }
}
