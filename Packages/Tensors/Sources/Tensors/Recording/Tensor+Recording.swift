// How operations tell a recorder what they did. A tensor without trace costs one comparison with nil.

extension Tensor {
  /// Notes that this tensor was computed from `input`.
  ///
  /// - Parameter rule: Makes the gradient rule from what the recorder wants kept of the input and of the result.
  @inline(__always)
  func recorded(
    _ name: String, from input: Tensor, rule: (_ input: Tensor, _ output: Tensor) -> Rule
  ) -> Tensor {
    guard input.trace != nil else { return self }
    return traced(name, input, rule: rule)
  }

  @inline(never)
  private func traced(_ name: String, _ input: Tensor, rule: (Tensor, Tensor) -> Rule) -> Tensor {
    guard dtype.isFloatingPoint, let recorder = input.trace?.recorder else { return self }
    let inputs = InputRecords(input.number(in: recorder))
    let index = recorder.record(name, inputs: inputs, output: self, operands: { [input] }) { index in
      guard let index else { return rule(input.detached, self) }
      return rule(input, linked(to: recorder, index))
    }
    return linked(to: recorder, index)
  }

  /// Notes that this tensor was computed from `a` and `b`.
  @inline(__always)
  func recorded(
    _ name: String, from a: Tensor, _ b: Tensor, rule: (_ a: Tensor, _ b: Tensor, _ output: Tensor) -> Rule
  ) -> Tensor {
    guard a.trace != nil || b.trace != nil else { return self }
    return traced(name, a, b, rule: rule)
  }

  @inline(never)
  private func traced(_ name: String, _ a: Tensor, _ b: Tensor, rule: (Tensor, Tensor, Tensor) -> Rule) -> Tensor {
    guard dtype.isFloatingPoint, let recorder = Tensor.recorder(of: a, b) else { return self }
    let inputs = InputRecords(a.number(in: recorder), b.number(in: recorder))
    let index = recorder.record(name, inputs: inputs, output: self, operands: { [a, b] }) { index in
      guard let index else { return rule(a.detached, b.detached, self) }
      return rule(a, b, linked(to: recorder, index))
    }
    return linked(to: recorder, index)
  }

  /// Notes that this tensor was computed from `a`, `b` and `c`.
  @inline(__always)
  func recorded(
    _ name: String, from a: Tensor, _ b: Tensor, _ c: Tensor,
    rule: (_ a: Tensor, _ b: Tensor, _ c: Tensor, _ output: Tensor) -> Rule
  ) -> Tensor {
    guard a.trace != nil || b.trace != nil || c.trace != nil else { return self }
    return traced(name, a, b, c, rule: rule)
  }

  @inline(never)
  private func traced(
    _ name: String, _ a: Tensor, _ b: Tensor, _ c: Tensor, rule: (Tensor, Tensor, Tensor, Tensor) -> Rule
  ) -> Tensor {
    guard dtype.isFloatingPoint, let recorder = Tensor.recorder(of: a, b, c) else { return self }
    let inputs = InputRecords(a.number(in: recorder), b.number(in: recorder), c.number(in: recorder))
    let index = recorder.record(name, inputs: inputs, output: self, operands: { [a, b, c] }) { index in
      guard let index else { return rule(a.detached, b.detached, c.detached, self) }
      return rule(a, b, c, linked(to: recorder, index))
    }
    return linked(to: recorder, index)
  }

  /// Notes that this tensor was computed from any number of inputs.
  func recorded(
    _ name: String, from operands: [Tensor], rule: (_ inputs: [Tensor], _ output: Tensor) -> Rule
  ) -> Tensor {
    guard dtype.isFloatingPoint else { return self }
    let recorder = operands.lazy.compactMap { $0.trace?.recorder }.first { $0.isRecording }
    guard let recorder else { return self }
    var inputs = InputRecords()
    for operand in operands {
      let number = operand.number(in: recorder)
      inputs.append(number < 0 ? nil : Int(number))
    }
    let index = recorder.record(name, inputs: inputs, output: self, operands: { operands }) { index in
      guard let index else { return rule(operands.map(\.detached), self) }
      return rule(operands, linked(to: recorder, index))
    }
    return linked(to: recorder, index)
  }
}

extension Tensor {
  /// This tensor as the result of record `index`; without a record, as it is.
  @inline(__always)
  private func linked(to recorder: any Recorder, _ index: Int?) -> Tensor {
    var result = self
    if let index { result.trace = Trace(recorder: recorder, index: index) }
    return result
  }

  /// The record that `recorder` knows this tensor by, or −1.
  @inline(__always)
  private func number(in recorder: any Recorder) -> Int32 {
    guard let trace else { return -1 }
    if trace.recorder === recorder { return Int32(truncatingIfNeeded: trace.index) }
    stopIfRecording(trace)
    return -1
  }

  /// Stops the program where a tensor belongs to a recording that still runs beside the one that notes an operation.
  @inline(never)
  private func stopIfRecording(_ trace: Trace) {
    require(
      !trace.recorder.isRecording,
      "gradients: an operation mixes tensors of two recordings: detach one of them")
  }

  /// The recorder that follows one of the tensors; where they have several, one that still notes what happens.
  ///
  /// Whether the only one still does is told by the attempt, which is one call instead of two.
  @inline(__always)
  private static func recorder(of a: Tensor, _ b: Tensor) -> (any Recorder)? {
    guard let first = a.trace?.recorder else { return b.trace?.recorder }
    guard let second = b.trace?.recorder, second !== first else { return first }
    return first.isRecording ? first : second
  }

  @inline(__always)
  private static func recorder(of a: Tensor, _ b: Tensor, _ c: Tensor) -> (any Recorder)? {
    guard let first = recorder(of: a, b) else { return c.trace?.recorder }
    guard let second = c.trace?.recorder, second !== first else { return first }
    return first.isRecording ? first : second
  }
}
