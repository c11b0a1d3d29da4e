internal import Tensors

// Operations that work along axes. Which ones is found by trying.

extension OnnxUse {
  var concatenationRules: [OnnxTranslationRule] {
    all.inputs[0].shape.indices.map { axis in
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

  func axisRules(_ name: String, _ function: @escaping (Tensor, Int) -> Tensor) -> [OnnxTranslationRule] {
    all.inputs[0].shape.indices.reversed().map { axis in
      OnnxTranslationRule(
        evaluate: { function($0[0], axis) },
        emit: { emitter, names, output in
          emitter.add(name, [names[0]], as: output, [("axis", .integer(axis))])
        })
    }
  }

  var cumulativeRules: [OnnxTranslationRule] {
    all.inputs[0].shape.indices.reversed().flatMap { axis in
      [false, true].map { isReversed in
        OnnxTranslationRule(
          evaluate: { $0[0].cumulativeSum(axis: axis, reversed: isReversed) },
          emit: { emitter, names, output in
            let number = emitter.constant(Tensor([axis], shape: []), named: "axis")
            emitter.add("CumSum", [names[0], number], as: output, [("reverse", .integer(isReversed ? 1 : 0))])
          })
      }
    }
  }

  /// The sets of axes that could have led from the shape of the input to that of the result, in both runs.
  private var reducedAxes: [(axes: [Int], keeps: Bool)] {
    let rank = all.inputs[0].rank
    guard (1...6).contains(rank) else { return [] }
    return (1..<1 << rank).flatMap { mask -> [(axes: [Int], keeps: Bool)] in
      let axes = (0..<rank).filter { mask >> $0 & 1 == 1 }
      return [false, true].compactMap { keeps in
        let fits = [all, one].allSatisfy { run in
          let shape = run.inputs[0].shape
          let sizes = shape.indices.compactMap { axes.contains($0) ? (keeps ? 1 : nil) : shape[$0] }
          return sizes == Array(run.output.shape)
        }
        return fits ? (axes, keeps) : nil
      }
    }
  }

  func reductionRules(
    _ name: String, _ function: @escaping (Tensor, [Int], Bool) -> Tensor
  ) -> [OnnxTranslationRule] {
    reducedAxes.map { axes, keeps in
      OnnxTranslationRule(
        evaluate: { function($0[0], axes, keeps) },
        emit: { emitter, names, output in emitter.reduce(name, names[0], axes, keeps: keeps, as: output) })
    }
  }

  /// Variances and deviations, of which ONNX has none: the mean of the squared differences from the mean.
  var spreadRules: [OnnxTranslationRule] {
    let (isSample, isRoot) = (operation.hasPrefix("sample"), operation.hasSuffix("Deviation"))
    return reducedAxes.compactMap { axes, keeps in
      // The factor from one mean to the other must not depend on the number of rows.
      let sizes = [all, one].map { run in axes.reduce(1) { $0 * run.inputs[0].shape[$1] } }
      guard sizes[0] == sizes[1], !isSample || sizes[0] > 1 else { return nil }
      let factor = isSample ? Double(sizes[0]) / Double(sizes[0] - 1) : 1
      return OnnxTranslationRule(
        evaluate: { inputs in
          let centred = inputs[0] - inputs[0].mean(axes: axes, keepDims: true)
          let spread = square(centred).mean(axes: axes, keepDims: keeps) * factor
          return isRoot ? sqrt(spread) : spread
        },
        emit: { [dtype = all.output.dtype] emitter, names, output in
          let mean = emitter.reduce("ReduceMean", names[0], axes, keeps: true)
          let centred = emitter.add("Sub", [names[0], mean])
          let squares = emitter.add("Mul", [centred, centred])
          let last = isRoot ? nil : output
          var spread = emitter.reduce("ReduceMean", squares, axes, keeps: keeps, as: isSample ? nil : last)
          if isSample {
            let number = emitter.constant(Tensor(factor).cast(to: dtype), named: "number")
            spread = emitter.add("Mul", [spread, number], as: last)
          }
          if isRoot { emitter.add("Sqrt", [spread], as: output) }
        })
    }
  }
}

extension OnnxEmitter {
  /// Adds a reduction; of them only ReduceSum takes its axes as an input at operator set 17.
  @discardableResult
  fileprivate mutating func reduce(
    _ name: String, _ input: String, _ axes: [Int], keeps: Bool, as output: String? = nil
  ) -> String {
    let keep = (name: "keepdims", value: OnnxModel.Attribute.integer(keeps ? 1 : 0))
    if name == "ReduceSum" {
      return add(name, [input, constant(Tensor(axes), named: "axes")], as: output, [keep])
    }
    return add(name, [input], as: output, [("axes", .integers(axes)), keep])
  }
}
