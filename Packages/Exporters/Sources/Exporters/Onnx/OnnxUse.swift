internal import Tensors

/// One operation of a traced model, with what went in and came out in two runs of different batch sizes.
///
/// A trace keeps names and values, but not every parameter (an axis, a factor). The parameters are found again by trying
/// which of them gives the values of both runs.
struct OnnxUse {
  var operation: String
  var inputs: [Tensor]
  var output: Tensor
  var oneRowInputs: [Tensor]
  var oneRowOutput: Tensor

  /// The first translation that is true for both runs.
  var translation: OnnxTranslationRule? {
    rules.first { rule in
      guard let all = rule.evaluate(inputs), let one = rule.evaluate(oneRowInputs) else { return false }
      return all.isClose(to: output) && one.isClose(to: oneRowOutput)
    }
  }

  private var rules: [OnnxTranslationRule] {
    switch operation {
    case "linear": linearRules
    case "matmul": matmulRules
    case "reshape": [reshapeRule].compactMap { $0 }
    case "broadcast": [expandRule].compactMap { $0 }
    case "permute": permutationRules
    case "concatenate": concatenationRules
    case "softmax": axisRules("Softmax") { Tensors.softmax($0, axis: $1) }
    case "logSoftmax": axisRules("LogSoftmax") { Tensors.logSoftmax($0, axis: $1) }
    case "sum": reductionRules("ReduceSum") { $0.sum(axes: $1, keepDims: $2) }
    case "mean": reductionRules("ReduceMean") { $0.mean(axes: $1, keepDims: $2) }
    case "max": reductionRules("ReduceMax") { $0.max(axes: $1, keepDims: $2) }
    case "min": reductionRules("ReduceMin") { $0.min(axes: $1, keepDims: $2) }
    default: elementwiseRules
    }
  }

  // MARK: - Products

  private var linearRules: [OnnxTranslationRule] {
    LinearActivation.allCases.compactMap { activation in
      let known = ["identity": "", "tanh": "Tanh", "relu": "Relu", "sigmoid": "Sigmoid"]
      guard let function = known[String(describing: activation)] else { return nil }
      let isMatrix = inputs[0].rank == 2
      return OnnxTranslationRule(
        evaluate: { linear($0[0], $0[1], $0.count > 2 ? $0[2] : nil, activation: activation) },
        emit: { emitter, names, output in
          let last = function.isEmpty ? output : nil
          var sum: String
          if isMatrix {
            sum = emitter.add("Gemm", names, as: last)
          } else {
            let hasBias = names.count > 2
            sum = emitter.add("MatMul", [names[0], names[1]], as: hasBias ? nil : last)
            if hasBias { sum = emitter.add("Add", [sum, names[2]], as: last) }
          }
          if !function.isEmpty { emitter.add(function, [sum], as: output) }
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
        emit: { [ranks = inputs.map(\.rank)] emitter, names, output in
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

  // MARK: - Shapes

  private var reshapeRule: OnnxTranslationRule? {
    // The size that follows the batch is left to ONNX, which allows one such size.
    let varying = output.shape.indices.filter { output.shape[$0] != oneRowOutput.shape[$0] }
    guard output.rank == oneRowOutput.rank, varying.count <= 1 else { return nil }
    let sizes = output.shape.indices.map { varying.contains($0) ? -1 : output.shape[$0] }
    // Only the shape changes, so there is nothing to compute again.
    let (all, one) = (output, oneRowOutput)
    return OnnxTranslationRule(
      evaluate: { $0[0].count == all.count && $0[0].shape == self.inputs[0].shape ? all : one },
      emit: { emitter, names, output in
        let shape = emitter.constant(Tensor(sizes), named: "shape")
        emitter.add("Reshape", [names[0], shape], as: output)
      })
  }

  private var expandRule: OnnxTranslationRule? {
    // A 1 leaves the size of the input, which must therefore already follow the batch there.
    let sizes = output.shape.indices.map { axis in
      output.shape[axis] == oneRowOutput.shape[axis] ? output.shape[axis] : 1
    }
    for axis in output.shape.indices where output.shape[axis] != oneRowOutput.shape[axis] {
      let position = axis - (output.rank - inputs[0].rank)
      guard position >= 0, inputs[0].shape[position] == output.shape[axis] else { return nil }
    }
    return OnnxTranslationRule(
      evaluate: { [whole = output.shape, one = oneRowOutput.shape] values in
        values[0].broadcast(to: values[0].shape == self.inputs[0].shape ? whole : one)
      },
      emit: { emitter, names, output in
        let shape = emitter.constant(Tensor(sizes), named: "shape")
        emitter.add("Expand", [names[0], shape], as: output)
      })
  }

  private var permutationRules: [OnnxTranslationRule] {
    let rank = inputs[0].rank
    guard rank <= 5 else { return [] }
    return Self.permutations(of: Array(0..<rank)).map { axes in
      OnnxTranslationRule(
        evaluate: { $0[0].permuted(axes) },
        emit: { emitter, names, output in
          emitter.add("Transpose", [names[0]], as: output, [("perm", .integers(axes))])
        })
    }
  }

  private static func permutations(of axes: [Int]) -> [[Int]] {
    if axes.count < 2 { return [axes] }
    return axes.flatMap { first in permutations(of: axes.filter { $0 != first }).map { [first] + $0 } }
  }

  private var concatenationRules: [OnnxTranslationRule] {
    inputs[0].shape.indices.map { axis in
      OnnxTranslationRule(
        evaluate: { tensors in
          let rest = tensors.map { tensor in tensor.shape.indices.filter { $0 != axis }.map { tensor.shape[$0] } }
          return Set(rest).count == 1 ? Tensor.concatenate(tensors, axis: axis) : nil
        },
        emit: { emitter, names, output in
          emitter.add("Concat", names, as: output, [("axis", .integer(axis))])
        })
    }
  }

  // MARK: - Along axes

  private func axisRules(_ name: String, _ function: @escaping (Tensor, Int) -> Tensor) -> [OnnxTranslationRule] {
    inputs[0].shape.indices.reversed().map { axis in
      OnnxTranslationRule(
        evaluate: { function($0[0], axis) },
        emit: { emitter, names, output in
          emitter.add(name, [names[0]], as: output, [("axis", .integer(axis))])
        })
    }
  }

  private func reductionRules(
    _ name: String, _ function: @escaping (Tensor, [Int], Bool) -> Tensor
  ) -> [OnnxTranslationRule] {
    let rank = inputs[0].rank
    guard (1...5).contains(rank) else { return [] }
    return (1..<1 << rank).flatMap { mask -> [OnnxTranslationRule] in
      let axes = (0..<rank).filter { mask >> $0 & 1 == 1 }
      return [false, true].map { keeps in
        OnnxTranslationRule(
          evaluate: { function($0[0], axes, keeps) },
          emit: { emitter, names, output in
            let keep = (name: "keepdims", value: OnnxModel.Attribute.integer(keeps ? 1 : 0))
            if name == "ReduceSum" {
              // Of the reductions only this one takes its axes as an input at operator set 17.
              let list = emitter.constant(Tensor(axes), named: "axes")
              emitter.add(name, [names[0], list], as: output, [keep])
            } else {
              emitter.add(name, [names[0]], as: output, [("axes", .integers(axes)), keep])
            }
          })
      }
    }
  }
}
