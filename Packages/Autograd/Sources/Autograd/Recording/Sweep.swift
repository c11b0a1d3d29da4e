internal import Tensors

/// The way back through the records, which turns the gradient of a result into the gradients of what it came from.
struct Sweep {
  /// The records from number `start` on.
  var records: [Tape.Record]
  let start: Int
  /// How many of the records, from the first on, are the tensors whose gradients are wanted.
  let inputCount: Int
  /// Whether each rule is given up once it has been used: true in the last sweep over the records.
  var freesRules = false

  /// What came back.
  struct Result {
    /// The gradients of the inputs, nil where the result does not depend on one, and nothing more behind them.
    var gradients: [Tensor?]
    /// Whether the way back led to an input, or to a derivative known to be constant.
    var reachedInputs = false
  }

  /// Sends `seed`, the gradient of the result of record `last`, backwards.
  ///
  /// - Parameter visit: Is told the gradient of every record, for drawing.
  mutating func run(
    from last: Int, seed: Tensor, visit: ((_ record: Int, _ gradient: Tensor) -> Void)? = nil
  ) -> Result {
    var gradients = [Tensor?](repeating: nil, count: max(last - start + 1, inputCount))
    gradients[last - start] = seed
    var result = Result(gradients: [])
    var index = last - start
    while index >= inputCount {
      if let gradient = gradients[index].take() {
        visit?(start + index, gradient)
        if records[index].isConstantDerivative { result.reachedInputs = true }
        apply(index, to: gradient, into: &gradients)
      } else if freesRules {
        records[index].rule = nil
      }
      index -= 1
    }
    result.gradients = gradients
    if let visit {
      for case (let index, let gradient?) in result.gradients.enumerated() { visit(start + index, gradient) }
    }
    if result.gradients.contains(where: { $0 != nil }) { result.reachedInputs = true }
    return result
  }

  /// Runs the rule of one record, for the inputs that need a gradient only.
  private mutating func apply(_ index: Int, to gradient: Tensor, into gradients: inout [Tensor?]) {
    switch freesRules ? records[index].rule.take() : records[index].rule {
    case nil:
      return
    case .each(let rule):
      let inputs = records[index].inputs
      for position in 0..<inputs.count {
        guard let input = inputs[position], input >= start else { continue }
        add(rule(gradient, position), to: input - start, of: index, position, in: &gradients)
      }
    case .all(let rule):
      let inputs = records[index].inputs
      let parts = rule(gradient)
      require(
        parts.count == inputs.count,
        "\(records[index].name): its gradient rule gave \(parts.count) gradients for \(inputs.count) inputs")
      for position in 0..<inputs.count {
        guard let input = inputs[position], input >= start, let part = parts[position] else { continue }
        add(part, to: input - start, of: index, position, in: &gradients)
      }
    }
  }

  /// Adds one part to the gradient of an input, in place where nothing else uses that memory.
  @inline(__always)
  private func add(
    _ part: Tensor, to input: Int, of index: Int, _ position: Int, in gradients: inout [Tensor?]
  ) {
    // Field by field: taken out of its list, a record would be copied.
    if part.count != records[input].count || part.rank != records[input].rank || part.dtype != records[input].dtype {
      refuse(part, for: input, of: index, position)
    }
    if gradients[input] == nil {
      gradients[input] = part
    } else {
      gradients[input]? += part
    }
  }

  @inline(never)
  private func refuse(_ part: Tensor, for input: Int, of index: Int, _ position: Int) -> Never {
    fatalError(
      "\(records[index].name): its gradient rule gave \(part.dtype)\(part.shape) for input \(position), which holds "
        + "\(records[input].count) numbers of \(records[input].dtype): a gradient has the shape and type of its input")
  }
}
