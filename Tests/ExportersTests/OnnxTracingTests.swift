import Exporters
import FileFaults
import Files
import Modules
import Tensors
import Testing

/// A layer made of one function and one weight.
private struct Function: Layer {
  var weight = Tensor([Float](arrayLiteral: 0.5, -1.25, 2), shape: [3])
  var body: @Sendable (Tensor, Tensor) -> Tensor

  init(_ body: @escaping @Sendable (Tensor, Tensor) -> Tensor) { self.body = body }

  func callAsFunction(_ x: Tensor) -> Tensor { body(x, weight) }

  mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("weight", &weight) }
}

@Suite struct OnnxTracingTests {
  let example = Tensor((0..<12).map { Float($0) / 3 - 1.7 }, shape: [4, 3])

  private func operations(_ body: @escaping @Sendable (Tensor, Tensor) -> Tensor) throws -> [String] {
    let model = try OnnxModel(tracing: Function(body), on: example)
    #expect(model.inconsistency == nil)
    return model.nodes.map(\.operation)
  }

  @Test("factors, summands and limits that a trace does not keep are found again, exactly")
  func numbers() throws {
    let cases: [(@Sendable (Tensor, Tensor) -> Tensor, String, Float)] = [
      ({ x, _ in x * 0.1 }, "Mul", 0.1), ({ x, _ in x + 1e-5 }, "Add", 1e-5), ({ x, _ in 3 - x }, "Sub", 3),
      ({ x, _ in x - 0.3 }, "Sub", 0.3), ({ x, _ in 7 / x }, "Div", 7), ({ x, _ in x / 3 }, "Div", 3),
      ({ x, _ in maximum(x, 0.25) }, "Max", 0.25),
    ]
    for (body, operation, number) in cases {
      let model = try OnnxModel(tracing: Function { x, w in body(x, w) * w }, on: example)
      #expect(model.nodes.first?.operation == operation)
      let constant = try #require(model.weights.first { $0.name == "number" })
      #expect(constant.elements(as: Float.self) == [number], "\(operation) \(number)")
    }
  }

  @Test("axes, transpositions and fused activations are found again")
  func parameters() throws {
    #expect(try operations { x, w in softmax(x * w, axis: 0) } == ["Mul", "Softmax"])
    #expect(try operations { x, w in (x * w).sum(axis: 1) } == ["Mul", "ReduceSum"])
    let square = { @Sendable (x: Tensor, w: Tensor) in linear(x, w.reshaped(to: [3, 1]), activation: .tanh) }
    #expect(try operations(square) == ["Reshape", "Gemm", "Tanh"])
    #expect(try operations { x, w in Tensor.concatenate([x * w, x], axis: 1) } == ["Mul", "Concat"])
    let turned = { @Sendable (x: Tensor, w: Tensor) in (x * w).reshaped(to: [-1, 3, 1]).permuted([0, 2, 1]) }
    #expect(try operations(turned) == ["Mul", "Reshape", "Transpose"])
  }

  @Test("weights keep their dotted paths, and the batch keeps a name")
  func names() throws {
    let model = try OnnxModel(tracing: Function { x, w in x * w }, on: example, metadata: ["seed": "1"])
    #expect(model.weights.map(\.name) == ["weight"])
    #expect(model.inputs[0].shape == [.named("N"), .fixed(3)])
    #expect(model.outputs[0].shape == [.named("N"), .fixed(3)])
  }

  @Test("what ONNX cannot say, or what holds for this batch only, is an error that says what")
  func refused() throws {
    let unknown = #expect(throws: SaveError.self) { try operations { x, w in (x * w).norm(axis: 1) } }
    #expect(unknown?.description.contains("does not know this use of") == true)
    let fixed = #expect(throws: SaveError.self) {
      try operations { x, w in x * w + Tensor((0..<x.count).map { Float($0) }, shape: x.shape) }
    }
    #expect(fixed?.description.contains("number of rows") == true)
  }

  @Test("a graph that contradicts itself is not written")
  func inconsistent() throws {
    let folder = try TemporaryFolder()
    let value = OnnxModel.Value(name: "x", shape: [.fixed(1)])
    let cases: [OnnxModel] = [
      OnnxModel(name: "", inputs: [value], outputs: [value], nodes: [], weights: []),
      OnnxModel(name: "a", inputs: [value], outputs: [value], nodes: [.init("Relu", ["y"], ["z"])], weights: []),
      OnnxModel(name: "a", inputs: [value], outputs: [value], nodes: [.init("Relu", ["x"], ["x"])], weights: []),
      OnnxModel(name: "a", inputs: [value, value], outputs: [value], nodes: [], weights: []),
      OnnxModel(name: "a", inputs: [], outputs: [value], nodes: [], weights: []),
    ]
    for model in cases { #expect(throws: SaveError.self) { try model.write(to: folder.file("a.onnx")) } }
    #expect(folder.names.isEmpty)
  }
}
