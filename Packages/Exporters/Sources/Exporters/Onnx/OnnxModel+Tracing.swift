internal import Autograd
public import Files
public import Modules
public import Tensors

extension OnnxModel {
  /// The model that a layer computes, found by running it on an example in inference mode and following what it does.
  ///
  /// The first axis of the example is the batch: it needs at least two rows, and the exported model takes any number.
  /// Every operation is translated only if the translation gives what the layer gave, on the example and on its first
  /// row alone. What depends on the values of the input, such as a branch, is fixed as the example took it.
  ///
  /// ```swift
  /// try OnnxModel(tracing: model, on: test.inputs).write(to: "model.onnx")
  /// ```
  public init(
    tracing model: some Layer, on example: Tensor, name: String = "model", metadata: [String: String] = [:]
  ) throws(SaveError) {
    require(
      example.rank > 0 && example.shape[0] > 1,
      "OnnxModel: the example \(example.shape) needs at least two rows: they show what depends on their number")
    let graphs = (Self.graph(of: model, on: example), Self.graph(of: model, on: example.firstRow))
    let translation = try OnnxTranslation(graphs.0, graphs.1, name: name)
    let output = graphs.0.nodes[graphs.0.output].value
    self.init(
      name: name,
      inputs: [Value(name: "input", type: ElementType(example.dtype), shape: Self.batch(example.shape))],
      outputs: [Value(name: "output", type: ElementType(output.dtype), shape: Self.batch(output.shape))],
      nodes: translation.emitter.nodes, weights: translation.emitter.weights, metadata: metadata)
  }

  private static func batch(_ shape: Shape) -> [Size] { [.named("N")] + shape.dropFirst().map { .fixed($0) } }

  private static func graph(of model: some Layer, on example: Tensor) -> ComputationGraph {
    ComputationGraph { tape in
      var watched = model
      var watch = Watch(tape: tape)
      watched.visit(&watch)
      return watched.predict(tape.watch(example, as: "input"))
    }
  }

  /// Makes every floating-point tensor of a module known under its path.
  private struct Watch: ModuleVisitor {
    let tape: Tape
    var path: [String] = []

    mutating func parameter(_ name: String, _ value: inout Tensor) {
      if value.dtype.isFloatingPoint { value = tape.watch(value, as: (path + [name]).joined(separator: ".")) }
    }

    mutating func buffer(_ name: String, _ value: inout Tensor) { parameter(name, &value) }

    mutating func enter(_ name: String) { path.append(name) }

    mutating func leave() { path.removeLast() }
  }
}

extension Tensor {
  /// The first row as a batch of one.
  var firstRow: Tensor {
    let shape = Shape([1] + self.shape.dropFirst())
    var row = Tensor.zeros(shape, dtype: dtype)
    withUnsafeBytes { source in
      row.withUnsafeMutableBytes { target in
        target.copyMemory(from: UnsafeRawBufferPointer(rebasing: source.prefix(target.count)))
      }
    }
    return row
  }
}

/// Two runs of one model, node by node, as the operations of ONNX.
private struct OnnxTranslation {
  var emitter = OnnxEmitter()

  init(_ first: ComputationGraph, _ second: ComputationGraph, name: String) throws(SaveError) {
    guard first.nodes.map(\.operation) == second.nodes.map(\.operation),
      first.nodes.map(\.inputs) == second.nodes.map(\.inputs)
    else { throw .unsupported(path: name, reason: "the model computes one row in another way than several") }
    var names: [String] = []
    for (node, other) in zip(first.nodes, second.nodes) {
      switch node.kind {
      case .input where node.label == "input": names.append("input")
      case .input, .constant:
        guard node.value.isSame(as: other.value) else {
          let reason = "\(node.name) depends on the number of rows: compute it from the input instead"
          throw .unsupported(path: name, reason: reason)
        }
        names.append(emitter.constant(node.value, named: node.label))
      case .operation:
        let inputs = node.inputs.map { first.nodes[$0].value.detached }
        let one = node.inputs.map { second.nodes[$0].value.detached }
        let use = OnnxUse(
          operation: node.operation, inputs: inputs, output: node.value.detached, oneRowInputs: one,
          oneRowOutput: other.value.detached)
        guard let translation = use.translation else {
          let shapes = inputs.map { "\($0.shape)" }.joined(separator: ", ")
          let reason = "ONNX export does not know this use of \(node.operation) on \(shapes) in \(node.module)"
          throw .unsupported(path: name, reason: reason)
        }
        let output = node.id == first.output ? "output" : emitter.fresh(node.operation)
        translation.emit(&emitter, node.inputs.map { names[$0] }, output)
        names.append(output)
      }
    }
  }
}
