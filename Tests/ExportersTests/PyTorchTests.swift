import Exporters
import FileFaults
import Files
import Layers
import Modules
import Tensors
import Testing

/// A model with every kind of difference: orientation, names, something only one side has, a list of children.
private struct Model: Module {
  var entry: Linear
  var norm = BatchNorm(3)
  var memory: LSTM
  var drop: Dropout
  var heads: [Linear]

  init(seed: UInt64) {
    var random = RandomSource(seed: seed)
    entry = Linear(2, 3, using: &random)
    memory = LSTM(3, 2, layers: 2, bidirectional: true, using: &random)
    drop = Dropout(0.5, using: &random)
    heads = [Linear(4, 1, using: &random), Linear(4, 2, bias: nil, using: &random)]
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("entry", &entry)
    visitor.child("norm", &norm)
    visitor.child("memory", &memory)
    visitor.child("drop", &drop)
    visitor.children("heads", &heads)
  }
}

@Suite struct PyTorchTests {
  // The names of torch.nn.Linear, BatchNorm1d and LSTM(3, 2, num_layers=2, bidirectional=True), from their state_dict.
  static let shapes: [String: [Int]] = {
    var shapes: [String: [Int]] = [
      "entry.weight": [3, 2], "entry.bias": [3], "norm.weight": [3], "norm.bias": [3], "norm.running_mean": [3],
      "norm.running_var": [3], "heads.0.weight": [1, 4], "heads.0.bias": [1], "heads.1.weight": [2, 4],
    ]
    for (ending, width) in [("l0", 3), ("l0_reverse", 3), ("l1", 4), ("l1_reverse", 4)] {
      shapes["memory.weight_ih_\(ending)"] = [8, width]
      shapes["memory.weight_hh_\(ending)"] = [8, 2]
      shapes["memory.bias_ih_\(ending)"] = [8]
      shapes["memory.bias_hh_\(ending)"] = [8]
    }
    return shapes
  }()

  @Test("tensors are called and stored as in PyTorch's state_dict")
  func names() throws {
    let file = SafetensorsFile(Model(seed: 1))
    let found = Dictionary(uniqueKeysWithValues: file.arrays.map { ($0.name, $0.shape) })
    #expect(found == Self.shapes)
    #expect(file.metadata["format"] == "pt")
    let weight = try #require(file.arrays.first { $0.name == "entry.weight" }?.elements(as: Float.self))
    #expect(weight == Model(seed: 1).entry.weight.transposed.scalars(as: Float.self))
  }

  @Test("what was written so is read again, with the counter that only PyTorch has, and dropout keeps its numbers")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var file = SafetensorsFile(Model(seed: 1))
    file.arrays.append(NamedArray(name: "norm.num_batches_tracked", type: .int64, shape: [], elements: [Int64(9)]))
    try file.write(to: folder.file("a.safetensors"))
    var (loaded, expected) = (Model(seed: 2), Model(seed: 1))
    try SafetensorsFile.load(folder.file("a.safetensors"), into: &loaded)
    expected.drop = Model(seed: 2).drop
    #expect(loaded.state.map(\.path) == expected.state.map(\.path))
    for (a, b) in zip(loaded.state, expected.state) { #expect(a.value.scalars == b.value.scalars, "\(a.path)") }
  }

  @Test("files by this library's own names are written and read when asked for")
  func ownNames() throws {
    let folder = try TemporaryFolder()
    let file = SafetensorsFile(Model(seed: 1), naming: .wabe)
    #expect(file.arrays.map(\.name) == Model(seed: 1).state.map(\.path))
    try file.write(to: folder.file("a.safetensors"))
    var loaded = Model(seed: 2)
    try SafetensorsFile.load(folder.file("a.safetensors"), into: &loaded, naming: .wabe)
    #expect(loaded.drop.state[0].value.scalars == Model(seed: 1).drop.state[0].value.scalars)
    #expect(throws: LoadError.self) { try SafetensorsFile.load(folder.file("a.safetensors"), into: &loaded) }
  }

  @Test("a matrix of another shape is named, and nothing of the model changes")
  func mismatch() throws {
    let folder = try TemporaryFolder()
    var file = SafetensorsFile(Model(seed: 1))
    let place = try #require(file.arrays.firstIndex { $0.name == "entry.weight" })
    file.arrays[place] = NamedArray(
      name: "entry.weight", type: .float32, shape: [2, 3], elements: [Float](repeating: 0, count: 6))
    try file.write(to: folder.file("a.safetensors"))
    var loaded = Model(seed: 2)
    let error = #expect(throws: LoadError.self) {
      try SafetensorsFile.load(folder.file("a.safetensors"), into: &loaded)
    }
    #expect(error?.description.contains("entry.weight (expected float32 [2, 3], found float32 [3, 2])") == true)
    #expect(loaded.entry.weight.scalars == Model(seed: 2).entry.weight.scalars)
    #expect(loaded.norm.state.map(\.value.scalars) == Model(seed: 2).norm.state.map(\.value.scalars))
  }
}
