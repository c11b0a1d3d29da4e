internal import Synchronization
internal import Tensors

extension Tape {
  /// Names the value of a record, where names are kept.
  func label(_ index: Int, _ name: String) {
    guard keepsDetails else { return }
    contents.withLock { if index < $0.details.count { $0.details[index].label = name } }
  }
}

/// What tells two constants apart: their memory and how it is read.
private struct Identity: Hashable {
  let address: Int
  let shape: Shape

  init(_ tensor: Tensor) {
    address = tensor.withUnsafeBytes { Int(bitPattern: $0.baseAddress) }
    shape = tensor.shape
  }
}

extension ComputationGraph {
  /// Makes the nodes from the records that lead to the result, with a node for every constant before its first use.
  ///
  /// - Returns: The node of each record, −1 where it does not lead to the result.
  mutating func build(from contents: Tape.Contents, result: Int) -> [Int] {
    var needed = Array(repeating: false, count: result + 1)
    needed[result] = true
    for index in stride(from: result, through: 0, by: -1) where needed[index] {
      let inputs = contents.records[index].inputs
      for position in 0..<inputs.count {
        if let input = inputs[position] { needed[input] = true }
      }
    }
    var number = Array(repeating: -1, count: result + 1)
    var constants: [Identity: Int] = [:]
    for index in 0...result where needed[index] {
      let record = contents.records[index]
      let details = contents.details[index]
      var inputs: [Int] = []
      for position in 0..<record.inputs.count {
        if let input = record.inputs[position] {
          inputs.append(number[input])
        } else if position < details.operands.count {
          inputs.append(constant(details.operands[position], &constants))
        }
      }
      number[index] = nodes.count
      let kind: Node.Kind = record.rule == nil ? .input : .operation
      append(kind, record.name, details.label, inputs, details.value, record.rule)
    }
    output = number[result]
    assignModules()
    return number
  }

  private mutating func constant(_ tensor: Tensor, _ known: inout [Identity: Int]) -> Int {
    let identity = Identity(tensor)
    if let id = known[identity] { return id }
    known[identity] = nodes.count
    return append(.constant, "constant", nil, [], tensor.detached, nil)
  }

  @discardableResult
  private mutating func append(
    _ kind: Node.Kind, _ operation: String, _ label: String?, _ inputs: [Int], _ value: Tensor, _ rule: Rule?
  ) -> Int {
    let path = kind == .input ? (label ?? "").split(separator: ".").dropLast().map(String.init) : []
    let id = nodes.count
    nodes.append(
      Node(id: id, kind: kind, operation: operation, label: label, module: path, inputs: inputs, value: value))
    rules.append(rule)
    return id
  }

  /// Runs the way back and notes the gradient of every value.
  mutating func addGradients(_ contents: Tape.Contents, result: Int, _ value: Tensor, nodes number: [Int]) {
    var sweep = Sweep(records: contents.records, start: 0, inputCount: 0)
    var gradients = [Tensor?](repeating: nil, count: number.count)
    _ = sweep.run(from: result, seed: Tensor.ones(like: value)) { gradients[$0] = $1 }
    for (record, id) in number.enumerated() where id >= 0 { nodes[id].gradient = gradients[record] }
  }
}
