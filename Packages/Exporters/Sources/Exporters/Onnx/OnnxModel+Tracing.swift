internal import Checkpoints
public import Files
public import Modules
public import Tensors

extension OnnxModel {
  /// The model that a layer computes, found by running it on an example in inference mode and following what it does.
  ///
  /// The first axis of the example is the batch: it needs at least two rows, and the exported model takes any number.
  /// Every operation is translated only if the translation gives what the layer gave, on the example and on its first
  /// row alone. What depends on the values of the input, such as a branch, is fixed as the example took it, and a
  /// recurrent layer is written out for as many times as the example has.
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
    guard let all = OnnxTape.steps(of: model, on: example),
      let one = OnnxTape.steps(of: model, on: example.firstRow)
    else { throw .unsupported(path: name, reason: "the model's output is not computed from its input and weights") }
    let translation = try OnnxTranslation(all.steps, one.steps, output: all.output, name: name)
    let output = all.steps[all.output].value
    self.init(
      name: name,
      inputs: [Value(name: "input", type: ElementType(example.dtype), shape: Self.batch(example.shape))],
      outputs: [Value(name: "output", type: ElementType(output.dtype), shape: Self.batch(output.shape))],
      nodes: translation.emitter.nodes, weights: translation.emitter.weights, metadata: metadata)
  }

  private static func batch(_ shape: Shape) -> [Size] { [.named("N")] + shape.dropFirst().map { .fixed($0) } }
}

extension Tensor {
  /// The first row as a batch of one.
  var firstRow: Tensor { self[0..<1] }
}
