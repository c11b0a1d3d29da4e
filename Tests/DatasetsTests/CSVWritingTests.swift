import Datasets
import FileFaults
import Files
import Tensors
import Testing

struct CSVWritingTests {
  @Test("what is written is read back bit for bit", arguments: [DType.float32, .float64])
  func roundTrip(dtype: DType) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("iris.csv")
    let iris = Iris(dtype: dtype)
    try iris.write(csv: path, features: Iris.features, label: "species", classes: Iris.classes)
    let table = try CSVTable(path)
    #expect(table.columns == Iris.features + ["species"] && table.rows[0] == ["5.1", "3.5", "1.4", "0.2", "setosa"])
    let back = try CSVSamples(table, label: "species", as: .classes, dtype: dtype)
    #expect(back.inputs == iris.inputs && back.targets == iris.targets && back.classes == Iris.classes)
    var random = RandomSource(seed: 7)
    let waves = Tensor.normal([20, 3], dtype: dtype, using: &random) / 3
    let numbers = Samples(inputs: waves[.all, 0..<2], targets: waves[.all, 2..<3])
    try numbers.write(csv: path)
    let read = try CSVSamples(CSVTable(path), label: "target", as: .numbers, dtype: dtype)
    #expect(read.inputs == numbers.inputs && read.targets == numbers.targets && read.features == ["x0", "x1"])
    #expect(folder.names == ["iris.csv"])
  }

  @Test("names are quoted where they need it, whole numbers have no fraction, several outputs are numbered")
  func text() throws {
    let folder = try TemporaryFolder()
    let data = Samples(inputs: Tensor([[1, -2.5], [0, 1e-7]]), targets: Tensor([[1, 0], [0, 1]]))
    try data.write(csv: folder.file("a.csv"), features: ["a, \"b\"", " c"], label: "y")
    let text = String(decoding: try #require(folder.bytes("a.csv")), as: UTF8.self)
    #expect(text == "\"a, \"\"b\"\"\",\" c\",y0,y1\n1,-2.5,1,0\n0,1e-07,0,1\n")
    #expect(try CSVTable(folder.file("a.csv")).columns == ["a, \"b\"", " c", "y0", "y1"])
  }

  @Test("what cannot be read back is refused, and nothing is written")
  func refused() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.csv")
    let infinite = Samples(inputs: Tensor([[1, .infinity], [.nan, 0]]), targets: Tensor([0, 1]))
    #expect(throws: SaveError.nonFinite(path: path, name: "the inputs", count: 2)) { try infinite.write(csv: path) }
    let named = Samples(inputs: Tensor([[1.0], [2]]), targets: Tensor([0, 2]))
    #expect(
      throws: SaveError.unsupported(path: path, reason: "the target 2.0 is none of the 2 named classes")
    ) { try named.write(csv: path, classes: ["no", "yes"]) }
    #expect(folder.names.isEmpty)
  }
}
