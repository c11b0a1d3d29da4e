import Autograd
import Foundation
import Layers
import Modules
import Tensors
import TestSupport
import Testing

@Suite("Every layer")
struct LayerTableTests {
  /// What PyTorch computed, by row and part.
  static let golden: Golden = {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/Layers")
    do { return try Golden(folder: folder) } catch { fatalError("\(error)") }
  }()

  /// A layer of the table with PyTorch's parameters, and the input it was given.
  struct Prepared: Sendable {
    var layer: AnyLayer
    let input: Tensor
    let weights: Tensor

    init(_ row: LayerRow) {
      var random = RandomSource(seed: 1)
      var layer = AnyLayer(row.make(&random))
      for (what, value) in LayerTableTests.parts(row) {
        let words = what.split(separator: " ").map(String.init)
        if words[0] == "parameter" || words[0] == "start" { layer[path: words[1]] = value }
      }
      self.layer = layer
      let input = LayerTableTests.part(row, "input")
      self.input = row.takesIntegers ? input.cast(to: .int64) : input
      weights = LayerTableTests.part(row, "weights")
    }
  }

  static func parts(_ row: LayerRow) -> [(what: String, value: Tensor)] {
    golden.expected(row.name).map { ($0.key, Tensor($0.expected.values, shape: Shape($0.expected.shape))) }
  }

  static func part(_ row: LayerRow, _ what: String) -> Tensor { parts(row).first { $0.what == what }!.value }

  @Test("has a row for each layer of the fixture")
  func complete() { #expect(LayerTableTests.golden.names == Set(LayerRow.all.map(\.name))) }

  @Test("gives PyTorch's output, and its own in float32", arguments: LayerRow.all)
  func output(row: LayerRow) {
    var prepared = Prepared(row)
    let expected = LayerTableTests.part(row, "output")
    var narrow = prepared.layer.cast(to: .float32)
    let narrowInput = row.takesIntegers ? prepared.input : prepared.input.cast(to: .float32)
    Mode.$current.withValue(row.mode) {
      let y = prepared.layer(prepared.input)
      #expect(y.shape == expected.shape)
      #expect(distance(y, expected) <= 1e-12)
      let rounded = narrow(narrowInput)
      #expect(rounded.dtype == .float32)
      #expect(distance(rounded, expected) <= 2e-5)
    }
    for (what, value) in LayerTableTests.parts(row) where what.hasPrefix("buffer ") {
      #expect(distance(prepared.layer[path: String(what.dropFirst(7))], value) <= 1e-14, "\(what)")
    }
  }

  @Test("has PyTorch's gradients of every parameter and of the input", arguments: LayerRow.all)
  func gradients(row: LayerRow) {
    var prepared = Prepared(row)
    let (input, weights) = (prepared.input, prepared.weights)
    if prepared.layer.parameterCount > 0 {
      let found = valueWithGradient(at: &prepared.layer, mode: row.mode) { ($0(input) * weights).sum() }.gradients
      for (what, value) in LayerTableTests.parts(row) where what.hasPrefix("gradient ") && what != "gradient input" {
        #expect(distance(found[String(what.dropFirst(9))]!, value) <= 1e-12, "\(what)")
      }
      #expect(found.paths.count == LayerTableTests.parts(row).filter { $0.what.hasPrefix("parameter ") }.count)
    }
    guard !row.takesIntegers else { return }
    let layer = prepared.layer
    let slope = Mode.$current.withValue(row.mode) {
      gradient(
        of: { x in
          var copy = layer
          return (copy(x) * weights).sum()
        }, at: input)
    }
    #expect(distance(slope, LayerTableTests.part(row, "gradient input")) <= 1e-12)
  }

  @Test("has gradients that central differences confirm", arguments: LayerRow.all)
  func differences(row: LayerRow) {
    let prepared = Prepared(row)
    let (input, weights) = (prepared.input, prepared.weights)
    var model = prepared.layer
    if model.parameterCount > 0 {
      let check = checkGradients(at: &model, mode: row.mode) { ($0(input) * weights).sum() }
      #expect(check.passed, "\(check)")
    }
    guard !row.takesIntegers else { return }
    let byInput = Mode.$current.withValue(row.mode) {
      checkGradients(
        of: { (x: Tensor) in
          var copy = prepared.layer
          return (copy(x) * weights).sum()
        }, at: input)
    }
    #expect(byInput.passed, "\(byInput)")
  }

  @Test("shows every tensor it holds to visitors, each under a name of its own", arguments: LayerRow.all)
  func audit(row: LayerRow) {
    let layer = Prepared(row).layer
    #expect(layer.auditFindings.isEmpty)
    let paths = layer.state.map(\.path)
    #expect(Set(paths).count == paths.count)
    #expect(layer.cast(to: .float32).state.allSatisfy { $0.value.dtype != .float64 })
  }

  @Test("is a value: training a copy leaves the original as it was", arguments: LayerRow.layers)
  func copies(row: LayerRow) {
    let original = Prepared(row)
    let before = original.layer.state.map(\.value.scalars)
    var copy = original.layer
    Mode.$current.withValue(.training) { _ = copy(original.input) }
    for path in copy.state.map(\.path) { copy[path: path] = copy[path: path] + 1 }
    #expect(original.layer.state.map(\.value.scalars) == before)
  }
}

/// Any layer, so that one test serves all.
struct AnyLayer: Layer {
  private var layer: any Layer

  init(_ layer: any Layer) { self.layer = layer }

  mutating func callAsFunction(_ input: Tensor) -> Tensor { layer(input) }

  mutating func visit(_ visitor: inout some ModuleVisitor) { layer.visit(&visitor) }
}

/// The largest difference of two tensors of the same shape, infinite if the shapes differ.
func distance(_ a: Tensor, _ b: Tensor) -> Double {
  guard a.shape == b.shape else { return .infinity }
  return zip(a.scalars, b.scalars).map { $0 == $1 ? 0 : abs($0 - $1) }.max() ?? 0
}
