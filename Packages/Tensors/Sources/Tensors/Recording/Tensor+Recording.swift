// How operations tell a recorder what they did. A tensor without trace costs one comparison with nil.

extension Tensor {
  /// The recorder that still notes what happens to this tensor.
  var activeRecorder: (any Recorder)? {
    guard let recorder = trace?.recorder, recorder.isRecording else { return nil }
    return recorder
  }

  /// What a rule should keep of this tensor: without its trace, unless the backward pass will be recorded too.
  private func saved(_ keepsTraces: Bool) -> Tensor { keepsTraces ? self : detached }

  /// The record number that `recorder` knows this tensor by.
  func index(in recorder: any Recorder) -> Int? {
    guard let trace else { return nil }
    if trace.recorder === recorder { return trace.index }
    require(
      !trace.recorder.isRecording,
      "gradients: an operation mixes tensors of two recordings: detach one of them")
    return nil
  }

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
    guard dtype.isFloatingPoint, let recorder = input.activeRecorder else { return self }
    let inputs = InputRecords(input.index(in: recorder))
    return noted(by: recorder, name, inputs, operands: { [input] }) { output, keepsTraces in
      rule(input.saved(keepsTraces), output)
    }
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
    guard dtype.isFloatingPoint, let recorder = a.activeRecorder ?? b.activeRecorder else { return self }
    let inputs = InputRecords(a.index(in: recorder), b.index(in: recorder))
    return noted(by: recorder, name, inputs, operands: { [a, b] }) { output, keepsTraces in
      rule(a.saved(keepsTraces), b.saved(keepsTraces), output)
    }
  }

  /// Notes that this tensor was computed from any number of inputs.
  func recorded(
    _ name: String, from operands: [Tensor], rule: (_ inputs: [Tensor], _ output: Tensor) -> Rule
  ) -> Tensor {
    guard dtype.isFloatingPoint, let recorder = operands.lazy.compactMap(\.activeRecorder).first else { return self }
    var inputs = InputRecords()
    for operand in operands { inputs.append(operand.index(in: recorder)) }
    return noted(by: recorder, name, inputs, operands: { operands }) { output, keepsTraces in
      rule(operands.map { $0.saved(keepsTraces) }, output)
    }
  }

  /// Hands the operation to the recorder and links the result to its record.
  ///
  /// Where rules keep traces, a rule that uses the result must see it with its own trace, so that the record has to be
  /// there before the rule is.
  @inline(__always)
  private func noted(
    by recorder: any Recorder, _ name: String, _ inputs: InputRecords, operands: () -> [Tensor],
    rule: (_ output: Tensor, _ keepsTraces: Bool) -> Rule
  ) -> Tensor {
    var result = self
    if recorder.keepsTraces {
      let index = recorder.record(name, inputs: inputs, output: self, operands: operands, rule: nil)
      result.trace = Trace(recorder: recorder, index: index)
      recorder.complete(index, with: rule(result, true))
    } else {
      let rule = rule(self, false)
      let index = recorder.record(name, inputs: inputs, output: self, operands: operands, rule: rule)
      result.trace = Trace(recorder: recorder, index: index)
    }
    return result
  }
}
