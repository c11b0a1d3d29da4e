internal import Files
internal import Tensors

// Convolution, pooling and tables of rows: several steps here, one operation in ONNX.

extension OnnxTranslation {
  /// What a step and those before it might be as a whole.
  func patterns(for id: Int) -> [OnnxCandidate] {
    switch all[id].operation {
    case "reshape": convolution(at: id).map { [candidate(for: $0)] } ?? poolings(at: id)
    case "add": convolutionWithBias(at: id)
    case "take": lookups(at: id)
    default: []
    }
  }

  /// The step that gave operand `position` of a step, if it is the given operation.
  private func source(_ id: Int, _ operation: String, operand position: Int = 0) -> Int? {
    guard position < all[id].inputs.count else { return nil }
    let source = all[id].inputs[position]
    return all[source].operation == operation ? source : nil
  }

  // MARK: - Convolution

  private struct Convolution {
    var x: Int
    var weight: Int
    var bias: Int?
    var window: SlidingWindow
    var groups: Int
  }

  /// Windows laid out as columns, times the weight, given the shape of images again.
  private func convolution(at id: Int) -> Convolution? {
    guard all[id].value.rank == 4, let product = source(id, "matmul"), let rows = source(product, "reshape"),
      let columns = source(product, "unfolded", operand: 1)
        ?? source(product, "reshape", operand: 1).flatMap({ source($0, "unfolded") })
    else { return nil }
    let (x, weight) = (all[columns].inputs[0], all[rows].inputs[0])
    let (image, kernel) = (all[x].value.shape, all[weight].value.shape)
    let run = OnnxUse.Run(inputs: [one[x].value], output: one[columns].value, rule: one[columns].rule)
    guard kernel.rank == 4, kernel[1] > 0, image[1] % kernel[1] == 0, all[id].value.shape[1] == kernel[0],
      let window = SlidingWindow.unfolding(run), kernel[0] % (image[1] / kernel[1]) == 0
    else { return nil }
    return Convolution(x: x, weight: weight, bias: nil, window: window, groups: image[1] / kernel[1])
  }

  private func convolutionWithBias(at id: Int) -> [OnnxCandidate] {
    guard let sum = source(id, "reshape"), let bias = source(id, "reshape", operand: 1),
      var convolution = convolution(at: sum)
    else { return [] }
    convolution.bias = all[bias].inputs[0]
    guard all[bias].value.shape == [all[sum].value.shape[1], 1, 1] else { return [] }
    return [candidate(for: convolution)]
  }

  private func candidate(for found: Convolution) -> OnnxCandidate {
    let (window, groups) = (found.window, found.groups)
    let rule = OnnxTranslationRule(
      evaluate: { inputs in
        let (x, weight) = (inputs[0], inputs[1])
        guard weight.shape[2] == window.size.height, weight.shape[3] == window.size.width else { return nil }
        let bias = inputs.count > 2 ? inputs[2].reshaped(to: [weight.shape[0]]) : nil
        return Tensors.convolution(
          x, weight, bias, stride: window.stride, padding: window.padding, dilation: window.dilation, groups: groups)
      },
      emit: { emitter, names, output in
        emitter.add("Conv", names, as: output, window.dilatedAttributes + [("group", .integer(groups))])
      })
    return OnnxCandidate([found.x, found.weight] + (found.bias.map { [$0] } ?? []), rule)
  }

  // MARK: - Pooling

  private func poolings(at id: Int) -> [OnnxCandidate] {
    guard all[id].value.rank == 4 else { return [] }
    if let places = source(id, "gather"), let planes = source(places, "reshape") { return largest(at: id, planes) }
    if let mean = source(id, "mean"), let columns = source(mean, "unfolded") { return average(at: id, columns) }
    return []
  }

  private func largest(at id: Int, _ planes: Int) -> [OnnxCandidate] {
    let x = all[planes].inputs[0]
    let (image, pooled) = (all[x].value.shape, all[id].value.shape)
    guard image.rank == 4, image[1] == pooled[1] else { return [] }
    return SlidingWindow.pooling(image, rows: pooled[2], columns: pooled[3]).map { window in
      let rule = OnnxTranslationRule(
        evaluate: { maxPooling($0[0], window) },
        emit: { emitter, names, output in emitter.add("MaxPool", names, as: output, window.attributes) })
      return OnnxCandidate([x], rule)
    }
  }

  private func average(at id: Int, _ columns: Int) -> [OnnxCandidate] {
    let x = all[columns].inputs[0]
    let run = OnnxUse.Run(inputs: [one[x].value], output: one[columns].value, rule: one[columns].rule)
    guard let window = SlidingWindow.unfolding(run), window.dilation == 1 else { return [] }
    let rule = OnnxTranslationRule(
      evaluate: { averagePooling($0[0], window) },
      emit: { emitter, names, output in
        emitter.add("AveragePool", names, as: output, window.attributes + [("count_include_pad", .integer(1))])
      })
    return [OnnxCandidate([x], rule)]
  }

  // MARK: - Tables

  /// Rows of a table that the numbers of the input name, as they are or converted to integers first.
  private func lookups(at id: Int) -> [OnnxCandidate] {
    guard let numbers = all.firstIndex(where: { $0.kind == .input }) else { return [] }
    let (table, input) = (all[id].inputs[0], all[numbers].value)
    return all[table].value.shape.indices.map { axis in
      let rule = OnnxTranslationRule(
        evaluate: { inputs in
          let (size, ids) = (inputs[0].shape[axis], inputs[1].cast(to: .int64))
          let isInside = inputs[1].scalars.allSatisfy { $0 >= 0 && $0 < Double(size) }
          return isInside ? inputs[0].taking(ids, axis: axis) : nil
        },
        emit: { emitter, names, output in
          var ids = names[1]
          if input.dtype != .int64 && input.dtype != .int32 {
            ids = emitter.add("Cast", [ids], [("to", .integer(ElementType.int64.onnxNumber))])
          }
          emitter.add("Gather", [names[0], ids], as: output, [("axis", .integer(axis))])
        })
      return OnnxCandidate([table, numbers], rule)
    }
  }
}
