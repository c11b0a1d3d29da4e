internal import Synchronization
public import Tensors

extension Tape {
  /// A copy of a tensor whose further use is recorded, under the name it gets in drawings.
  public func watch(_ tensor: Tensor, as name: String) -> Tensor {
    let watched = watch([tensor], names: [name])
    return watched[0]
  }

  /// Copies of tensors whose further use is recorded, with neighbouring records.
  ///
  /// A tensor that this tape already follows is linked to what it came from, so that a derivative taken inside another
  /// one is itself a function of the outer inputs.
  func watch(_ tensors: [Tensor], names: [String] = []) -> [Tensor] {
    var watched: [Tensor] = []
    watched.reserveCapacity(tensors.count)
    contents.withLock { contents in
      for var tensor in tensors {
        let origin = origin(of: tensor)
        var inputs = InputRecords()
        if let origin { inputs.append(origin) }
        if keepsDetails {
          let name = watched.count < names.count ? names[watched.count] : nil
          contents.details.append(Details(label: name, value: tensor.detached, operands: []))
        }
        contents.records.append(
          Record(
            name: "input", inputs: inputs, count: tensor.count, rank: tensor.rank, dtype: tensor.dtype,
            rule: origin == nil ? nil : .each { gradient, _ in gradient }))
        tensor.trace = Trace(recorder: self, index: contents.records.count - 1)
        watched.append(tensor)
      }
    }
    return watched
  }

  /// The record that a tensor to be watched comes from, if this tape knows it.
  private func origin(of tensor: Tensor) -> Int? {
    require(
      tensor.dtype.isFloatingPoint,
      "gradients: a tensor of \(tensor.dtype) has no derivatives: convert it with cast(to: .float32)")
    guard let trace = tensor.trace, trace.recorder.isRecording else { return nil }
    require(
      trace.recorder === self,
      "gradients: the tensor is followed by another recording that still runs: detach it first")
    return trace.index
  }

  /// The same number, noted as a derivative that does not depend on the inputs.
  ///
  /// A second derivative of a linear function is zero, which is a result, whereas the gradient of something that was
  /// never computed from the inputs is a mistake; this mark tells the two apart.
  func markingConstant(_ derivative: Tensor) -> Tensor {
    guard derivative.trace?.recorder !== self else { return derivative }
    let index = contents.withLock { contents in
      var record = Record(
        name: "constant derivative", inputs: InputRecords(), count: derivative.count, rank: derivative.rank,
        dtype: derivative.dtype, rule: nil)
      record.isConstantDerivative = true
      contents.records.append(record)
      if keepsDetails { contents.details.append(Details(label: nil, value: derivative.detached, operands: [])) }
      return contents.records.count - 1
    }
    var derivative = derivative
    derivative.trace = Trace(recorder: self, index: index)
    return derivative
  }
}
