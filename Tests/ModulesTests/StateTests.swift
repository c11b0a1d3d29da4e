import Autograd
import Modules
import Tensors
import Testing

/// A module with everything that can be visited: lists, what may be missing, buffers.
private struct Everything: Module {
  var blocks = [Dense(1, 2), Dense(2, 1)]
  var extra: Dense?
  var scale: Tensor? = Tensor([1.0], dtype: .float64)
  var shift: Tensor?
  var counts = Tensor([3], dtype: .int64)

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.children("blocks", &blocks)
    visitor.child("extra", &extra)
    visitor.parameter("scale", &scale)
    visitor.parameter("shift", &shift)
    visitor.buffer("counts", &counts)
  }
}

@Suite struct StateTests {
  @Test("the state lists everything that is there, by path, in order")
  func paths() {
    let model = Everything()
    #expect(
      model.state.map(\.path) == [
        "blocks.0.weight", "blocks.0.bias", "blocks.1.weight", "blocks.1.bias", "scale", "counts",
      ])
    #expect(model.state.filter { !$0.isParameter }.map(\.path) == ["counts"])
    #expect(model.parameterCount == 2 + 2 + 2 + 1 + 1)
    #expect(model.byteCount == 8 * 9)
  }

  @Test("every parameter that is there is handed out in order and can be changed in place")
  func changesInPlace() {
    var model = Everything()
    let before = model.state
    var sizes: [Int] = []
    model.forEachParameter { parameter in
      sizes.append(parameter.count)
      parameter = parameter * 2 + 1
    }
    #expect(sizes == [2, 2, 2, 1, 1])
    for (old, new) in zip(before, model.state) {
      #expect(new.value == (old.isParameter ? old.value * 2 + 1 : old.value), "\(old.path)")
    }
  }

  @Test("a cast converts numbers with fractions and nothing else")
  func casting() {
    let model = Everything().cast(to: .float32)
    #expect(model[path: "scale"].dtype == .float32 && model[path: "counts"].dtype == .int64)
    #expect(model.auditFindings.isEmpty)
  }

  @Test("a model used twice in a computation is stored, counted and trained once")
  func sharing() {
    struct Tied: Layer {
      var cell = Dense(2, 2)
      func callAsFunction(_ x: Tensor) -> Tensor { cell(tanh(cell(x))) }
      mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.child("cell", &cell) }
    }
    var model = Tied()
    #expect(model.summary(input: Points.inputs).parameterCount == 6)
    #expect(checkGradients(at: &model) { square($0(Points.inputs)).sum() }.passed)
  }

  @Test("a graph of a model has its parameters by path")
  func graph() {
    var model = Classifier()
    let graph = ComputationGraph(at: &model) { Points.loss($0(Points.inputs)) }
    #expect(graph.node("hidden.weight").module == ["hidden"])
    let (_, gradients) = valueWithGradient(at: &model) { Points.loss($0(Points.inputs)) }
    #expect(graph.node("hidden.weight").gradient?.scalars == gradients["hidden.weight"]?.scalars)
  }
}

@Suite struct AuditTests {
  private struct Forgetful: Module {
    var weight = Tensor([1.0], dtype: .float64)
    var bias = Tensor([1.0], dtype: .float64)
    var head = Dense(1, 1)
    var list = [Dense(1, 1)]
    mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.parameter("weight", &weight) }
  }
  private struct Partial: Module {
    var list = [Dense(1, 1), Dense(1, 1)]
    mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.child("list", &list[0]) }
  }
  private struct Inside: Module {
    var part: Forgetful? = Forgetful()
    mutating func visit(_ visitor: inout some ModuleVisitor) { visitor.child("part", &part) }
  }
  private struct Twice: Module {
    var a = Tensor([1.0], dtype: .float64)
    var b = Tensor([1.0], dtype: .float64)
    mutating func visit(_ visitor: inout some ModuleVisitor) {
      visitor.parameter("a", &a)
      visitor.parameter("a", &b)
    }
  }

  @Test("a complete module has no findings")
  func complete() {
    #expect(Classifier().auditFindings.isEmpty)
    #expect(Everything().auditFindings.isEmpty)
    Everything().audit()
  }

  @Test("a forgotten property is named, with the line to add")
  func forgotten() {
    #expect(
      Forgetful().auditFindings == [
        "Forgetful: visit does not show bias: add  visitor.parameter(\"bias\", &bias)  or, if it is not trained,  "
          + "visitor.buffer(\"bias\", &bias)",
        "Forgetful: visit does not show head: add  visitor.child(\"head\", &head)",
        "Forgetful: visit does not show list: add  visitor.children(\"list\", &list)",
      ])
  }

  @Test("it is found inside other modules as well, and where only a part of a list is shown")
  func inside() {
    #expect(Inside().auditFindings.first?.hasPrefix("Forgetful at part: visit does not show bias") == true)
    #expect(
      Partial().auditFindings == [
        "Partial: it holds 4 tensors and visit shows 2: show every element of its lists and every tensor of its structs"
      ])
  }

  @Test("two tensors of one name are found")
  func twice() {
    #expect(Twice().auditFindings == ["Twice: visit shows two tensors as a: give each a name of its own"])
  }

  @Test("the audit stops the program")
  func stops() async throws {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      Inside().audit()
    }
    let text = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
    #expect(text.contains("Forgetful at part: visit does not show head: add  visitor.child(\"head\", &head)"))
  }
}

@Suite struct SummaryTests {
  @Test("the table shows shapes, counts, bytes and what is frozen")
  func table() {
    struct Model: Layer {
      var body = Chain(layers: [Dense(2, 32), Squash(), Centre(mean: Tensor.zeros([32], dtype: .float64))])
      var output = Dense(32, 1)
      mutating func callAsFunction(_ x: Tensor) -> Tensor { output(body(x)) }
      mutating func visit(_ visitor: inout some ModuleVisitor) {
        visitor.child("body", &body)
        visitor.child("output", &output)
      }
    }
    let summary = Model().summary(input: Points.inputs, training: .except("body.*"))
    #expect(summary.trainedCount == 33 && summary.frozenCount == 96 && summary.bufferCount == 32)
    #expect(summary.rows.map(\.path) == ["", "body", "body.0", "body.1", "body.2", "output"])
    #expect(summary.rows.map(\.output) == [[4, 1], [4, 32], [4, 32], [4, 32], [4, 32], [4, 1]])
    #expect(
      summary.description == """
        layer   type    output   parameters  bytes
        ──────────────────────────────────────────────────
        body    Chain   [4, 32]           0      0
          0     Dense   [4, 32]          96    768  frozen
          1     Squash  [4, 32]           0      0
          2     Centre  [4, 32]           0    256
        output  Dense   [4, 1]           33    264
        ──────────────────────────────────────────────────
        129 parameters (33 trained, 96 frozen), 32 numbers in buffers, 1,288 bytes
        """)
  }

  @Test("a long table stays within 80 columns")
  func width() {
    struct ANameThatIsLongerThanAnyoneWouldLikeToReadInATableOfEightyColumns: Layer {
      var aPropertyWithALongName = Dense(2, 1)
      func callAsFunction(_ x: Tensor) -> Tensor { aPropertyWithALongName(x) }
      mutating func visit(_ visitor: inout some ModuleVisitor) {
        visitor.child("aPropertyWithALongNameThatGoesOnAndOn", &aPropertyWithALongName)
      }
    }
    let model = Chain(layers: [ANameThatIsLongerThanAnyoneWouldLikeToReadInATableOfEightyColumns()])
    let lines = model.summary(input: Points.inputs).description.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= 80 })
  }
}
