import Autograd
import TestSupport
import Tensors
import Testing

/// Every operation of the table, to the second order, in every shape of its rows.
@Suite struct OpTableTests {
  static let rows = OpTable.rows.filter { $0.gradient != .none }

  /// The inputs of a case that have gradients, and the operation as a function of them alone.
  private func function(_ row: OpRow, _ samples: [Sample]) -> (inputs: [Tensor], body: ([Tensor]) -> Tensor) {
    let all = OpRow.tensors(samples, .float64)
    let places = all.indices.filter { row.differentiates($0, of: samples[$0]) }
    return (
      places.map { all[$0] },
      { given in
        var inputs = all
        for (place, tensor) in zip(places, given) { inputs[place] = tensor }
        return row.body(inputs)
      }
    )
  }

  @Test("gradients agree with central differences", arguments: rows)
  func first(row: OpRow) {
    for samples in row.inputs.cases {
      let (inputs, body) = function(row, samples)
      let check = checkGradients(of: body, at: inputs)
      #expect(check.passed, "\(row) of \(samples): \(check)")
    }
  }

  @Test("gradients of gradients agree with central differences", arguments: rows)
  func second(row: OpRow) {
    for samples in row.inputs.cases {
      let (inputs, body) = function(row, samples)
      let check = checkSecondDerivatives(of: body, at: inputs)
      #expect(check.passed, "\(row) of \(samples): \(check)")
    }
  }

  @Test("a part of a larger tensor has the gradients of a tensor of its own", arguments: rows)
  func parts(row: OpRow) {
    for samples in row.inputs.cases {
      let (inputs, body) = function(row, samples)
      let seed = Tensor.ones(like: body(inputs))
      if seed.count == 0 { continue }
      let own = valueWithGradient(at: inputs, seed: seed, of: body).gradient
      let parts = valueWithGradient(at: inputs, seed: seed) { given in
        body(given.map { Tensor.stack([$0 * 2, $0])[1] })
      }
      for (a, b) in zip(own, parts.gradient) { #expect(a.scalars == b.scalars, "\(row) of \(samples)") }
    }
  }

  @Test("gradients have the same bits each time", arguments: rows)
  func repeated(row: OpRow) {
    for samples in row.inputs.cases {
      let (inputs, body) = function(row, samples)
      let seed = Tensor.ones(like: body(inputs))
      if seed.count == 0 { continue }
      let runs = (0..<3).map { _ in valueWithGradient(at: inputs, seed: seed, of: body).gradient.map(\.bytes) }
      #expect(runs[0] == runs[1] && runs[1] == runs[2], "\(row) of \(samples)")
    }
  }
}
