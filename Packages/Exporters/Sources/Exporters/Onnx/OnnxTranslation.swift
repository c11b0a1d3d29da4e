internal import Files
internal import Tensors

/// A translation that might be true, of one step from others: usually its operands, or what lies behind them where
/// several steps are one operation in ONNX.
struct OnnxCandidate {
  var nodes: [Int]
  var rule: OnnxTranslationRule

  init(_ nodes: [Int], _ rule: OnnxTranslationRule) {
    self.nodes = nodes
    self.rule = rule
  }
}

/// Two runs of one model, step by step, as the operations of ONNX.
struct OnnxTranslation {
  /// What the steps were with all rows of the example.
  let all: [OnnxStep]
  /// What they were with the first row alone.
  let one: [OnnxStep]
  private(set) var emitter = OnnxEmitter()

  private let output: Int
  private let name: String
  /// Whether a value is the same for every input, so that it is computed now and not by each user of the model.
  private var isConstant: [Bool] = []

  /// Translates the steps that lead to the output.
  init(_ all: [OnnxStep], _ one: [OnnxStep], output: Int, name: String) throws(SaveError) {
    guard all.map(\.operation) == one.map(\.operation), all.map(\.inputs) == one.map(\.inputs) else {
      throw .unsupported(path: name, reason: "the model computes one row in another way than several")
    }
    (self.all, self.one, self.output, self.name) = (all, one, output, name)
    for (id, step) in all.enumerated() {
      let isFixed = step.kind != .input && step.inputs.allSatisfy { isConstant[$0] }
      isConstant.append(isFixed && step.value.isSame(as: one[id].value))
    }
    try emit(try choose())
  }

  /// Finds a translation for every step that is needed, from the output backwards.
  private func choose() throws(SaveError) -> [Int: OnnxCandidate] {
    var chosen: [Int: OnnxCandidate] = [:]
    var isNeeded = Array(repeating: false, count: all.count)
    isNeeded[output] = true
    for id in all.indices.reversed() where isNeeded[id] && !isConstant[id] && all[id].kind == .operation {
      guard let candidate = candidates(for: id).first(where: { isTrue($0, of: id) }) else { throw refusal(of: id) }
      chosen[id] = candidate
      for node in candidate.nodes { isNeeded[node] = true }
    }
    return chosen
  }

  private mutating func emit(_ chosen: [Int: OnnxCandidate]) throws(SaveError) {
    var names: [Int: String] = [:]
    for id in all.indices where all[id].kind == .input { names[id] = "input" }
    for (id, candidate) in chosen.sorted(by: { $0.key < $1.key }) {
      for node in candidate.nodes where names[node] == nil { names[node] = try constant(node) }
      let result = id == output ? "output" : emitter.fresh(all[id].operation)
      candidate.rule.emit(&emitter, candidate.nodes.compactMap { names[$0] }, result)
      names[id] = result
    }
    if chosen[output] == nil {
      let name = if let known = names[output] { known } else { try constant(output) }
      emitter.add("Identity", [name], as: "output")
    }
  }

  // MARK: - Candidates

  private func candidates(for id: Int) -> [OnnxCandidate] {
    let use = OnnxUse(operation: all[id].operation, all: run(id, all), one: run(id, one))
    return patterns(for: id) + use.rules.map { OnnxCandidate(all[id].inputs, $0) }
  }

  private func run(_ id: Int, _ steps: [OnnxStep]) -> OnnxUse.Run {
    OnnxUse.Run(inputs: steps[id].inputs.map { steps[$0].value }, output: steps[id].value, rule: steps[id].rule)
  }

  /// One row is tried first: it refuses nearly every wrong candidate, and costs little.
  private func isTrue(_ candidate: OnnxCandidate, of id: Int) -> Bool {
    [one, all].allSatisfy { steps in
      let value = candidate.rule.evaluate(candidate.nodes.map { steps[$0].value })
      return value?.isClose(to: steps[id].value) ?? false
    }
  }

  // MARK: - Constants

  private mutating func constant(_ id: Int) throws(SaveError) -> String {
    let (many, few) = (all[id].value, one[id].value)
    if isConstant[id] { return emitter.constant(many, named: all[id].label) }
    // One row for each row of the input, all of them the same, as the first state of a recurrent layer.
    let rows = all.first { $0.kind == .input }?.value.shape[0] ?? 0
    if few.shape.broadcast(with: many.shape) == many.shape, few.broadcast(to: many.shape).isSame(as: many),
      let shape = emitter.sizes(many.shape, few.shape, rows: rows)
    {
      return emitter.add("Expand", [emitter.constant(few), shape])
    }
    throw refusal(of: id)
  }

  private func refusal(of id: Int) -> SaveError {
    let step = all[id]
    if step.kind != .operation {
      let reason = "a constant \(step.value.shape) depends on the number of rows: compute it from the input instead"
      return .unsupported(path: name, reason: reason)
    }
    let shapes = step.inputs.map { "\(all[$0].value.shape)" }.joined(separator: ", ")
    let weights = step.inputs.compactMap { all[$0].label }
    let place = weights.isEmpty ? "" : " with \(weights.joined(separator: ", "))"
    let reason = "ONNX export does not know this use of \(step.operation) on \(shapes)\(place)"
    return .unsupported(path: name, reason: reason)
  }
}
