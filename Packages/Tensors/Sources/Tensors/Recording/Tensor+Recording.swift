// How operations tell a recorder what they did. A tensor without trace costs one comparison with nil.

extension Tensor {
  /// The recorder that still notes what happens to this tensor.
  var activeRecorder: (any Recorder)? {
    guard let recorder = trace?.recorder, recorder.isRecording else { return nil }
    return recorder
  }

  /// What a rule should keep of this tensor: without its trace, unless the backward pass will be recorded too.
  func saved(for recorder: any Recorder) -> Tensor { recorder.keepsTraces ? self : detached }

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
    var inputs = InputRecords()
    inputs.append(input.index(in: recorder))
    return noted(by: recorder, name, inputs, operands: { [input] }) { output in
      rule(input.saved(for: recorder), output)
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
    var inputs = InputRecords()
    inputs.append(a.index(in: recorder))
    inputs.append(b.index(in: recorder))
    return noted(by: recorder, name, inputs, operands: { [a, b] }) { output in
      rule(a.saved(for: recorder), b.saved(for: recorder), output)
    }
  }

  /// Notes that this tensor was computed from any number of inputs.
  func recorded(
    _ name: String, from operands: [Tensor], rule: (_ inputs: [Tensor], _ output: Tensor) -> Rule
  ) -> Tensor {
    guard dtype.isFloatingPoint, let recorder = operands.lazy.compactMap(\.activeRecorder).first else { return self }
    var inputs = InputRecords()
    for operand in operands { inputs.append(operand.index(in: recorder)) }
    return noted(by: recorder, name, inputs, operands: { operands }) { output in
      rule(operands.map { $0.saved(for: recorder) }, output)
    }
  }

  /// Hands the operation to the recorder and links the result to its record.
  ///
  /// Where rules keep traces, a rule that uses the result sees it with the trace that the result gets here.
  private func noted(
    by recorder: any Recorder, _ name: String, _ inputs: InputRecords, operands: () -> [Tensor],
    rule: (_ output: Tensor) -> Rule
  ) -> Tensor {
    var result = self
    let index = recorder.record(name, inputs: inputs, output: self, operands: operands) { index in
      guard recorder.keepsTraces else { return rule(self) }
      var output = self
      output.trace = Trace(recorder: recorder, index: index)
      return rule(output)
    }
    result.trace = Trace(recorder: recorder, index: index)
    return result
  }
}
