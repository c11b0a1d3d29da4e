import Exporters
import FileFaults
import Files
import Layers
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
    #expect(try operations(square) == ["Gemm", "Tanh"])
    #expect(try operations { x, w in Tensor.concatenate([x * w, x], axis: 1) } == ["Mul", "Concat"])
    let turned = { @Sendable (x: Tensor, w: Tensor) in (x * w).reshaped(to: [-1, 3, 1]).permuted([0, 2, 1]) }
    #expect(try operations(turned) == ["Mul", "Reshape", "Transpose"])
  }

  @Test("parts, borders and orders are read off the gradient rules, even where every value is the same")
  func movements() throws {
    let zeros: @Sendable (Tensor, Tensor) -> Tensor = { x, w in (x * w * 0).reshaped(to: [-1, 1, 3]) }
    let cases: [(@Sendable (Tensor, Tensor) -> Tensor, String, [String: [Int64]])] = [
      (
        { zeros($0, $1)[.all, 0, 1..<3] }, "Slice",
        ["starts": [1], "ends": [3], "axes": [2], "steps": [1]]
      ),
      ({ zeros($0, $1)[.all, .all, .stride(from: 2, to: nil, by: -2)] }, "Slice", ["starts": [2], "steps": [-2]]),
      ({ zeros($0, $1).flipped(axes: [0]) }, "Slice", ["starts": [-1], "axes": [0], "steps": [-1]]),
      ({ zeros($0, $1).padded([(0, 0), (2, 0), (1, 3)]) }, "Pad", ["pads": [0, 2, 1, 0, 0, 3]]),
      ({ zeros($0, $1).taking([2, 0], axis: 2) }, "Gather", ["indices": [2, 0]]),
    ]
    for (body, operation, parts) in cases {
      let model = try OnnxModel(tracing: Function(body), on: example)
      #expect(model.nodes.contains { $0.operation == operation }, "\(model.nodes.map(\.operation))")
      for (name, values) in parts {
        let constant = try #require(model.weights.first { $0.name == name }, "\(operation) has no \(name)")
        #expect(constant.elements(as: Int64.self) == values, "\(operation) \(name)")
      }
    }
    let turned: @Sendable (Tensor, Tensor) -> Tensor = { x, w in zeros(x, w).permuted([2, 0, 1]).permuted([1, 2, 0]) }
    #expect(try operations(turned).suffix(2) == ["Transpose", "Transpose"])
  }

  @Test("windows of convolutions and pools are read off the gradient rules")
  func windows() throws {
    let image = Tensor((0..<480).map { Float(($0 * 37) % 101) / 50 - 1 }, shape: [2, 4, 10, 6])
    func attributes(_ layer: some Layer) throws -> (String, [String: OnnxModel.Attribute]) {
      let nodes = try OnnxModel(tracing: layer, on: image).nodes
      #expect(nodes.count == 1, "\(nodes.map(\.operation))")
      return (nodes[0].operation, Dictionary(uniqueKeysWithValues: nodes[0].attributes.map { ($0.name, $0.value) }))
    }
    var random = RandomSource(seed: 3)
    let convolutions: [(PixelSize, PixelSize, PixelSize, PixelSize, Int)] = [
      (3, 1, 0, 1, 1), (3, 2, 1, 1, 2), (PixelSize(height: 1, width: 2), 1, 0, 1, 1), (2, 1, 2, 3, 4),
      (PixelSize(height: 4, width: 3), PixelSize(height: 3, width: 1), PixelSize(height: 0, width: 2), 1, 1),
    ]
    for (size, stride, padding, dilation, groups) in convolutions {
      let layer = Conv2D(
        4, 8, kernel: size, stride: stride, padding: padding, dilation: dilation, groups: groups, using: &random)
      let (operation, found) = try attributes(layer)
      #expect(operation == "Conv")
      #expect(found["kernel_shape"] == .integers([size.height, size.width]))
      #expect(found["strides"] == .integers([stride.height, stride.width]))
      #expect(found["pads"] == .integers([padding.height, padding.width, padding.height, padding.width]))
      #expect(found["dilations"] == .integers([dilation.height, dilation.width]))
      #expect(found["group"] == .integer(groups))
    }
    let (largest, most) = try attributes(MaxPool2D(3, stride: 2, padding: 1))
    #expect(
      largest == "MaxPool" && most["kernel_shape"] == .integers([3, 3]) && most["pads"] == .integers([1, 1, 1, 1]))
    let (mean, even) = try attributes(AveragePool2D(2, padding: 1))
    #expect(mean == "AveragePool" && even["strides"] == .integers([2, 2]) && even["count_include_pad"] == .integer(1))
  }

  @Test("what no input changes is computed at export: a batch normalization is a factor and a summand")
  func constants() throws {
    let model = try OnnxModel(tracing: BatchNorm(3), on: example)
    #expect(model.nodes.map(\.operation) == ["Mul", "Add"])
    #expect(model.weights.map(\.shape) == [[3], [3]])
  }

  @Test("a layer normalization keeps its axes and the number under its root", arguments: [1e-5, 1e-3, 0.02, 1e-6])
  func normalization(epsilon: Double) throws {
    let image = Tensor((0..<96).map { Float(($0 * 37) % 101) / 50 - 1 }, shape: [4, 4, 6])
    for count in 1...2 {
      let layer = Function { x, _ in standardized(x, in: .lastAxes(count), epsilon: epsilon).output }
      let model = try OnnxModel(tracing: layer, on: image)
      let node = try #require(model.nodes.first { $0.operation == "LayerNormalization" })
      #expect(node.attributes.contains { $0.name == "axis" && $0.value == .integer(-count) })
      let found = node.attributes.first { $0.name == "epsilon" }?.value
      guard case .float(let number)? = found else {
        Issue.record("no epsilon: \(node.attributes)")
        continue
      }
      #expect(abs(Double(number) / epsilon - 1) < 0.05)
    }
  }

  @Test("a recurrent layer is written out, from a first state with as many rows as the input")
  func recurrent() throws {
    var random = RandomSource(seed: 4)
    let series = Tensor.normal([3, 2, 4], using: &random)
    let model = try OnnxModel(tracing: RNN(4, 5, using: &random), on: series)
    let (shapes, tanhs) = (model.nodes.count { $0.operation == "Shape" }, model.nodes.count { $0.operation == "Tanh" })
    #expect(shapes == 1 && tanhs == 2)
    #expect(model.inconsistency == nil)
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
    let unseen: [@Sendable (Tensor, Tensor) -> Tensor] = [
      { x, w in (x * w).clamped(min: -1000, max: 0.5) }, { x, w in minimum(x * w, 1000) },
      { x, w in Tensor.where((x - w) .> 0, x, w) }, { x, w in (x * w).taking([0, 0, 1], axis: 1) },
      { x, w in (x * w)[-1].broadcast(to: x.shape) },
    ]
    for body in unseen {
      let unknown = #expect(throws: SaveError.self) { try operations(body) }
      #expect(unknown?.description.contains("does not know this use of") == true, "\(unknown?.description ?? "")")
    }
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
