internal import Tensors

/// One operation of a traced model, with what went in and came out in two runs of different batch sizes.
///
/// A trace keeps names, values and gradient rules, but not every parameter (an axis, a factor). The parameters are found
/// again: asked of the rule, or by trying which of them gives the values of both runs.
struct OnnxUse {
  /// What happened in one run.
  struct Run {
    var inputs: [Tensor]
    var output: Tensor
    var rule: Rule?

    /// The gradient of one input, given that of the result.
    func gradient(_ seed: Tensor, of input: Int = 0) -> Tensor? {
      switch rule {
      case nil: nil
      case .each(let rule): rule(seed, input)
      case .all(let rule): rule(seed)[input]
      }
    }
  }

  var operation: String
  var all: Run
  var one: Run

  /// Translations that might be true for both runs.
  var rules: [OnnxTranslationRule] {
    switch operation {
    case "linear": linearRules
    case "matmul": matmulRules
    case "reshape": [reshapeRule].compactMap { $0 }
    case "broadcast": [expandRule].compactMap { $0 }
    case "permute": [permutationRule].compactMap { $0 }
    case "slice", "split", "flip": [sliceRule].compactMap { $0 }
    case "pad", "embed": [padRule].compactMap { $0 }
    case "take": [takeRule].compactMap { $0 }
    case "concatenate": concatenationRules
    case "unfolded": [unfoldRule].compactMap { $0 }
    case "softmax": axisRules("Softmax") { Tensors.softmax($0, axis: $1) }
    case "logSoftmax": axisRules("LogSoftmax") { Tensors.logSoftmax($0, axis: $1) }
    case "cumulativeSum": cumulativeRules
    case "standardized": standardizedRules
    case "sum": reductionRules("ReduceSum") { $0.sum(axes: $1, keepDims: $2) }
    case "mean": reductionRules("ReduceMean") { $0.mean(axes: $1, keepDims: $2) }
    case "max": reductionRules("ReduceMax") { $0.max(axes: $1, keepDims: $2) }
    case "min": reductionRules("ReduceMin") { $0.min(axes: $1, keepDims: $2) }
    case "product": reductionRules("ReduceProd") { $0.product(axes: $1, keepDims: $2) }
    case "norm": reductionRules("ReduceL2") { $0.norm(axes: $1, keepDims: $2) }
    case "logSumExp": reductionRules("ReduceLogSumExp") { $0.logSumExp(axes: $1, keepDims: $2) }
    case "populationVariance", "sampleVariance", "populationDeviation", "sampleDeviation": spreadRules
    default: elementwiseRules
    }
  }

  // MARK: - Products

  private var linearRules: [OnnxTranslationRule] {
    let functions: [(LinearActivation, String?)] = [
      (.identity, nil), (.tanh, "Tanh"), (.relu, "Relu"), (.sigmoid, "Sigmoid"),
    ]
    return functions.map { activation, function in
      let isMatrix = all.inputs[0].rank == 2
      return OnnxTranslationRule(
        evaluate: { linear($0[0], $0[1], $0.count > 2 ? $0[2] : nil, activation: activation) },
        emit: { emitter, names, output in
          let last = function == nil ? output : nil
          var sum: String
          if isMatrix {
            sum = emitter.add("Gemm", names, as: last)
          } else {
            let hasBias = names.count > 2
            sum = emitter.add("MatMul", [names[0], names[1]], as: hasBias ? nil : last)
            if hasBias { sum = emitter.add("Add", [sum, names[2]], as: last) }
          }
          if let function { emitter.add(function, [sum], as: output) }
        })
    }
  }

  private var matmulRules: [OnnxTranslationRule] {
    let flips = [(false, false), (false, true), (true, false), (true, true)]
    return flips.map { flipA, flipB in
      OnnxTranslationRule(
        evaluate: { inputs in
          let (a, b) = (inputs[0], inputs[1])
          guard a.rank > 1, b.rank > 1 else { return flipA || flipB ? nil : a.matmul(b) }
          let inner = (a.shape[a.rank - (flipA ? 2 : 1)], b.shape[b.rank - (flipB ? 1 : 2)])
          return inner.0 == inner.1 ? a.matmul(b, transposeA: flipA, transposeB: flipB) : nil
        },
        emit: { [ranks = all.inputs.map(\.rank)] emitter, names, output in
          func flipped(_ position: Int, _ isFlipped: Bool) -> String {
            if !isFlipped { return names[position] }
            var axes = Array(0..<ranks[position])
            axes.swapAt(axes.count - 1, axes.count - 2)
            return emitter.add("Transpose", [names[position]], [("perm", .integers(axes))])
          }
          let (a, b) = (flipped(0, flipA), flipped(1, flipB))
          emitter.add("MatMul", [a, b], as: output)
        })
    }
  }
}
