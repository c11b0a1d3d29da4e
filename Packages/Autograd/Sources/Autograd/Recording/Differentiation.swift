internal import Tensors

/// One function that was run on watched inputs, from whose records derivatives can be taken.
///
/// The outermost differentiation makes a tape, and ends it before the way back, which is then plain arithmetic. A
/// differentiation inside another one joins its tape, so that the way back is recorded like everything else.
struct Differentiation {
  private let tape: Tape
  private let isOutermost: Bool
  let inputs: [Tensor]
  private var sweep: Sweep
  /// The positions of the inputs on which the result of the last `gradients` does not depend.
  private(set) var unused: [Int] = []

  /// Runs `function` on watched copies of `inputs`, once. It may take them out of the list that it is given.
  init(at inputs: [Tensor], _ function: (inout [Tensor]) -> Void) {
    require(!inputs.isEmpty, "gradients: no tensor is given whose gradient could be computed")
    self.inputs = inputs
    let contents: Tape.Contents
    var start = 0
    if let current = Tape.current, current.isRecording {
      tape = current
      isOutermost = false
      tape.beginInner()
      var watched = tape.watch(inputs)
      start = watched[0].trace?.index ?? 0
      function(&watched)
      tape.endInner()
      contents = tape.copy(from: start)
    } else {
      tape = Tape()
      isOutermost = true
      var watched = tape.watch(inputs)
      Tape.$current.withValue(tape) { function(&watched) }
      // Nothing that escaped from the function keeps the records alive from here on.
      contents = tape.end()
    }
    sweep = Sweep(records: contents.records, start: start, inputCount: inputs.count)
  }

  /// What a caller may keep of a value: its number, and inside another differentiation its trace too.
  func kept(_ value: Tensor) -> Tensor { isOutermost ? value.detached : value }

  /// The gradients of all inputs, given the gradient of `output`.
  ///
  /// An input that does not influence the output has a gradient of zeros.
  ///
  /// - Parameters:
  ///   - isLast: Whether this is the last time that the records are used.
  ///   - name: What `output` is called in messages.
  mutating func gradients(
    of output: Tensor, seed: Tensor, isLast: Bool = true, called name: StaticString = "the loss"
  ) -> [Tensor] {
    let last = record(of: output, called: name)
    sweep.freesRules = isOutermost && isLast
    var result = sweep.run(from: last, seed: seed)
    require(
      result.reachedInputs,
      "gradients: \(name) does not depend on any of the inputs: use the closure's arguments to compute it")
    unused = inputs.indices.filter { result.gradients[$0] == nil }
    return inputs.indices.map { position in
      let gradient = result.gradients[position].take() ?? Tensor.zeros(like: inputs[position])
      return isOutermost ? gradient : tape.markingConstant(gradient)
    }
  }

  /// The record that made `output`, or an end with a sentence that says why there is none.
  private func record(of output: Tensor, called name: StaticString) -> Int {
    require(
      output.dtype.isFloatingPoint,
      "gradients: \(name) is of type \(output.dtype), which has no derivatives: convert it with cast(to: .float32)")
    guard let trace = output.trace else {
      fatalError(
        "gradients: \(name) was not computed from the inputs, or only through detached tensors, tensors of a "
          + "recording that has ended, or operations without derivative (comparisons, rounding, casts to integers): "
          + "use the closure's arguments")
    }
    require(
      trace.recorder === tape,
      "gradients: \(name) belongs to a recording that has ended: compute it inside the closure")
    require(
      trace.index >= sweep.start,
      "gradients: \(name) was computed before the closure ran: use the closure's arguments to compute it")
    return trace.index
  }
}
