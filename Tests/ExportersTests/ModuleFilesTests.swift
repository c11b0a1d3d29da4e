import Exporters
import FileFaults
import Files
import Modules
import Tensors
import Testing

private struct Pair: Module {
  var weight = Tensor([Float](repeating: 0, count: 6), shape: [2, 3])
  var count = Tensor([Int64(0)])

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("a.weight", &weight)
    visitor.buffer("count", &count)
  }
}

@Suite struct ModuleFilesTests {
  @Test("a module goes through safetensors and NPZ unchanged, and a wrong file changes nothing")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var (saved, loaded) = (Pair(), Pair())
    saved.weight = Tensor((0..<6).map { Float($0) / 7 }, shape: [2, 3])
    saved.count = Tensor([Int64.max])
    try SafetensorsFile(saved).write(to: folder.file("a.safetensors"))
    try SafetensorsFile.load(folder.file("a.safetensors"), into: &loaded)
    #expect(loaded.weight.scalars(as: Float.self) == saved.weight.scalars(as: Float.self))
    #expect(loaded.count.scalars(as: Int64.self) == [.max])
    loaded = Pair()
    try NumpyFile.write(saved, to: folder.file("a.npz"))
    try NumpyFile.load(folder.file("a.npz"), into: &loaded)
    #expect(loaded.weight.scalars(as: Float.self) == saved.weight.scalars(as: Float.self))
    var other = Pair()
    other.weight = Tensor([Float(5)], shape: [1, 1])
    #expect(throws: LoadError.self) { try NumpyFile.load(folder.file("a.npz"), into: &other) }
    #expect(other.count.scalars(as: Int64.self) == [0] && other.weight.shape == [1, 1])
  }
}
