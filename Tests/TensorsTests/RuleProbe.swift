import Tensors

/// Records one operation and asks its rule for gradients, so that rules are tested without Autograd.
final class RuleProbe: Recorder, @unchecked Sendable {  // used by one test on one thread
  var isRecording: Bool { true }
  var keepsTraces: Bool { false }
  private var rules: [Rule] = []

  func record(
    _ name: String, inputs: InputRecords, output: borrowing Tensor, operands: () -> [Tensor],
    rule: (_ traced: Int?) -> Rule
  ) -> Int? {
    rules.append(rule(nil))
    return rules.count - 1
  }

  /// The gradients of `sum(weights · f(inputs))` that the rule of f, a single operation, gives.
  func gradients(of inputs: [Tensor], weights: Tensor, _ f: ([Tensor]) -> Tensor) -> [Tensor] {
    let watched = inputs.enumerated().map { position, input in
      var input = input
      input.trace = Trace(recorder: self, index: -2 - position)
      return input
    }
    guard let index = f(watched).trace?.index else { return [] }
    switch rules[index] {
    case .each(let rule): return inputs.indices.map { rule(weights, $0) }
    case .all(let rule): return rule(weights).compactMap { $0 }
    }
  }
}

/// The largest difference between the gradients of a rule and central differences, for one operation in float64.
func gradientError(_ inputs: [Tensor], _ f: ([Tensor]) -> Tensor) -> Double {
  let result = f(inputs)
  let weights = scattered(result.shape, .float64, seed: 99)
  let found = RuleProbe().gradients(of: inputs, weights: weights, f)
  guard found.count == inputs.count else { return .infinity }
  var worst = 0.0
  for (position, input) in inputs.enumerated() {
    guard found[position].shape == input.shape else { return .infinity }
    let gradient = found[position].scalars
    for element in 0..<input.count {
      func moved(_ step: Double) -> Double {
        var values = input.scalars
        values[element] += step
        var changed = inputs
        changed[position] = Tensor(values, shape: input.shape)
        return (f(changed) * weights).sum().scalar
      }
      let step = 1e-5
      worst = max(worst, abs((moved(step) - moved(-step)) / (2 * step) - gradient[element]))
    }
  }
  return worst
}
