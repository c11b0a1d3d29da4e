internal import Tensors

// Operations that move elements. The gradient rule moves them back, and so tells where each came from.

extension OnnxUse {
  var reshapeRule: OnnxTranslationRule? {
    // The size that follows the batch is left to ONNX, which allows one such size.
    let (output, one) = (all.output.shape, one.output.shape)
    guard output.rank == one.rank else { return nil }
    let varying = output.indices.filter { output[$0] != one[$0] }
    guard varying.count <= 1 else { return nil }
    let sizes = output.indices.map { varying.contains($0) ? -1 : output[$0] }
    return OnnxTranslationRule(
      evaluate: { $0[0].reshaped(to: sizes) },
      emit: { emitter, names, output in
        let shape = emitter.constant(Tensor(sizes), named: "shape")
        emitter.add("Reshape", [names[0], shape], as: output)
      })
  }

  var expandRule: OnnxTranslationRule? {
    // A 1 leaves the size of the input, which must therefore already follow the batch there.
    let output = all.output.shape
    let sizes = output.indices.map { output[$0] == one.output.shape[$0] ? output[$0] : 1 }
    for axis in output.indices where output[axis] != one.output.shape[axis] {
      let position = axis - (output.rank - all.inputs[0].rank)
      guard position >= 0, all.inputs[0].shape[position] == output[axis] else { return nil }
    }
    return OnnxTranslationRule(
      evaluate: { values in
        values[0].shape.broadcast(with: Shape(sizes)).map { values[0].broadcast(to: $0) }
      },
      emit: { emitter, names, output in
        let shape = emitter.constant(Tensor(sizes), named: "shape")
        emitter.add("Expand", [names[0], shape], as: output)
      })
  }

  var permutationRule: OnnxTranslationRule? {
    // Where the number of an axis goes as a gradient, the axis went.
    let (input, output) = (all.inputs[0], all.output)
    var axes: [Int] = []
    for axis in output.shape.indices {
      guard let places = all.gradient(.places(along: axis, of: output)) else { return nil }
      let source = input.shape.indices.first { $0 < input.rank && places.varies(along: $0) }
      axes.append(source ?? -1)
    }
    // Axes of size 1 show nothing; they fill what is left in their order.
    var rest = input.shape.indices.filter { !axes.contains($0) }.makeIterator()
    let order = axes.map { $0 >= 0 ? $0 : rest.next() ?? 0 }
    guard Set(order).count == input.rank else { return nil }
    return OnnxTranslationRule(
      evaluate: { $0[0].permuted(order) },
      emit: { emitter, names, output in
        emitter.add("Transpose", [names[0]], as: output, [("perm", .integers(order))])
      })
  }

  // MARK: - Parts

  /// The part of an axis that was taken: its first place, and the distance to the next one.
  private struct Part: Equatable {
    var start: Int
    var step: Int
    var count: Int
    var size: Int

    var isWhole: Bool { start == 0 && step == 1 && count == size }
    var isReversedWhole: Bool { start == size - 1 && step == -1 && count == size && size > 1 }
    var places: [Int] { (0..<count).map { start + $0 * step } }
  }

  private static func part(along axis: Int, of run: Run) -> Part? {
    guard run.inputs[0].rank == run.output.rank, run.output.count > 0 else { return nil }
    let (size, count) = (run.inputs[0].shape[axis], run.output.shape[axis])
    guard let places = run.gradient(.places(along: axis, of: run.output)) else { return nil }
    // Nothing came from where the gradient is 0; elsewhere it is the place in the result, counted from 1.
    let line = places.maximum(along: axis)
    guard let start = line.firstIndex(of: 1) else { return nil }
    guard count > 1 else { return Part(start: start, step: 1, count: count, size: size) }
    guard let second = line.firstIndex(of: 2) else { return nil }
    return Part(start: start, step: second - start, count: count, size: size)
  }

  var sliceRule: OnnxTranslationRule? {
    var parts: [(axis: Int, part: Part, isReversal: Bool)] = []
    for axis in all.inputs[0].shape.indices {
      guard let many = Self.part(along: axis, of: all), let few = Self.part(along: axis, of: one) else { return nil }
      if many.isWhole && few.isWhole { continue }
      let isReversal = many.isReversedWhole && (few.isReversedWhole || few.isWhole)
      guard isReversal || many == few else { return nil }
      parts.append((axis, many, isReversal))
    }
    return OnnxTranslationRule(
      evaluate: { inputs in
        parts.reduce(inputs[0]) { x, part in
          part.isReversal ? x.flipped(axis: part.axis) : x.taking(part.part.places, axis: part.axis)
        }
      },
      emit: { emitter, names, output in
        if parts.isEmpty { return _ = emitter.add("Identity", names, as: output) }
        let starts = parts.map { $0.isReversal ? -1 : $0.part.start }
        let ends = parts.map { part in
          let end = part.part.start + part.part.count * part.part.step
          // Backwards, the end before the first place has to be said as far below zero.
          return part.isReversal || end < 0 ? Int(Int32.min) : end
        }
        let lists = [starts, ends, parts.map(\.axis), parts.map(\.part.step)]
        let inputs = zip(["starts", "ends", "axes", "steps"], lists).map { emitter.constant(Tensor($1), named: $0) }
        emitter.add("Slice", [names[0]] + inputs, as: output)
      })
  }

  /// Slices in a fixed order that names each at most once; for others the rule adds up what came of one.
  var takeRule: OnnxTranslationRule? {
    for axis in all.inputs[0].shape.indices where all.inputs[0].rank == all.output.rank {
      guard let places = all.gradient(.places(along: axis, of: all.output)) else { return nil }
      let line = places.maximum(along: axis)
      let numbers = (0..<all.output.shape[axis]).compactMap { line.firstIndex(of: Double($0 + 1)) }
      let taken = numbers.count == all.output.shape[axis] ? all.inputs[0].taking(numbers, axis: axis) : nil
      guard taken?.isSame(as: all.output) == true, all.inputs[0].shape[axis] == one.inputs[0].shape[axis] else {
        continue
      }
      return OnnxTranslationRule(
        evaluate: { $0[0].taking(numbers, axis: axis) },
        emit: { emitter, names, output in
          let list = emitter.constant(Tensor(numbers), named: "indices")
          emitter.add("Gather", [names[0], list], as: output, [("axis", .integer(axis))])
        })
    }
    return nil
  }

  var padRule: OnnxTranslationRule? {
    let (input, output) = (all.inputs[0], all.output)
    guard input.rank == output.rank, input.count > 0 else { return nil }
    var widths: [(before: Int, after: Int)] = []
    for axis in input.shape.indices {
      guard let places = all.gradient(.places(along: axis, of: output)) else { return nil }
      let line = places.maximum(along: axis)
      let before = Int(line[0]) - 1
      guard line == (0..<line.count).map({ Double(before + $0 + 1) }) else { return nil }
      widths.append((before, output.shape[axis] - before - line.count))
    }
    guard let axis = widths.firstIndex(where: { $0.before + $0.after > 0 }) else { return nil }
    let place = widths[axis].before > 0 ? 0 : output.shape[axis] - 1
    let value = output.taking([place], axis: axis).scalars[0]
    return OnnxTranslationRule(
      evaluate: { $0[0].padded(widths, value: value) },
      emit: { [dtype = output.dtype] emitter, names, output in
        let pads = emitter.constant(Tensor(widths.map(\.before) + widths.map(\.after)), named: "pads")
        let number = emitter.constant(Tensor(value).cast(to: dtype), named: "number")
        emitter.add("Pad", [names[0], pads, number], as: output)
      })
  }
}

extension Tensor {
  /// The place of each element along an axis, counted from 1, in the shape and type of another tensor.
  fileprivate static func places(along axis: Int, of other: Tensor) -> Tensor {
    var sizes = Array(repeating: 1, count: other.rank)
    sizes[axis] = other.shape[axis]
    let line = Tensor(1, other.shape[axis]).cast(to: other.dtype)
    return line.reshaped(to: sizes).broadcast(to: other.shape)
  }

  private init(_ first: Int, _ count: Int) { self.init((0..<count).map { first + $0 }) }

  /// The largest number at each place along an axis.
  fileprivate func maximum(along axis: Int) -> [Double] {
    let others = shape.indices.filter { $0 != axis }
    return (others.isEmpty ? self : max(axes: others)).scalars
  }

  /// Whether neighbours along an axis differ.
  fileprivate func varies(along axis: Int) -> Bool {
    shape[axis] > 1 && taking([0], axis: axis).scalars != taking([1], axis: axis).scalars
  }
}
