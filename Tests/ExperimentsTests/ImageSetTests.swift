import Datasets
import Drawing
import Experiments
import FileFaults
import Files
import Tensors
import Testing

/// A folder with small files of the kinds that `ImageSet` reads.
private struct DataFolder {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes both IDX files of one half: pictures whose pixels are all their number, and these labels.
  func write(_ part: IDXFolder.Part, labels: [UInt8], side: Int = 28, in place: String = "") throws {
    func header(_ sizes: [Int]) -> [UInt8] {
      [0, 0, 8, UInt8(sizes.count)] + sizes.flatMap { size in (0..<4).map { UInt8(size >> (24 - 8 * $0) & 255) } }
    }
    let pixels = labels.indices.flatMap { Array(repeating: UInt8($0 % 256), count: side * side) }
    try write(header([labels.count, side, side]) + pixels, "\(part.rawValue)-images-idx3-ubyte", in: place)
    try write(header([labels.count]) + labels, "\(part.rawValue)-labels-idx1-ubyte", in: place)
  }

  /// Writes the sheet of clothes: every pixel of a picture is its number modulo 251, whatever its class.
  func writeSprite(side: Int = 840, in place: String = "") throws {
    let image = Image(width: side, height: side) { column, row in
      let number = row / 28 * 30 + column / 28
      return Color(gray: Double(number % 251) / 255)
    }
    try write(PNG.encode(image, storage: .rgba), "fashion-mnist-sprite.png", in: place)
  }

  func write(_ bytes: [UInt8], _ name: String, in place: String = "") throws {
    let directory = place.isEmpty ? folder.path : folder.file(place)
    try Folder(directory).make()
    try AtomicWriter().write(bytes, to: Folder(directory).file(name))
  }

  func read(_ kind: ImageSet.Kind) throws -> ImageSet {
    var random = RandomSource(seed: 7)
    return try ImageSet(kind, in: folder.path, using: &random)
  }
}

struct ImageSetTests {
  static let places: [(ImageSet.Kind, String, ImageSet.Source)] = [
    (.digits, "", .mnist), (.digits, "mnist", .mnist), (.clothes, "", .fashionMNIST),
    (.clothes, "fashion", .fashionMNIST),
  ]

  @Test("all four IDX files are taken as they are, in the folder or one below it", arguments: places)
  func whole(_ kind: ImageSet.Kind, _ place: String, _ source: ImageSet.Source) throws {
    let data = try DataFolder()
    try data.write(.training, labels: [3, 9, 0], in: place)
    try data.write(.test, labels: [5], in: place)
    let set = try data.read(kind)
    #expect(set.source == source && set.kind == kind && set.classCount == 10 && set.classNames == kind.classNames)
    #expect(set.train.inputs.shape == [3, 784] && set.train.inputs.dtype == .float32)
    #expect(set.train.targets == Tensor([3, 9, 0] as [Int64]) && set.test.targets == Tensor([5] as [Int64]))
    #expect(set.train.inputs[2] == Tensor.full([784], 2.0 / 255))
  }

  @Test("MNIST's test half alone is divided: nothing twice, nothing lost, every picture with its own label")
  func half() throws {
    let data = try DataFolder()
    try data.write(.test, labels: (0..<50).map { UInt8($0 % 10) })
    let set = try data.read(.digits)
    #expect(set.source == .mnistTestHalf && set.train.count == 40 && set.test.count == 10)
    let numbers = [set.train, set.test].flatMap { part in
      (0..<part.count).map { Int((part.inputs[$0, 0].scalar * 255).rounded()) }
    }
    let labels = set.train.targets.scalars(as: Int.self) + set.test.targets.scalars(as: Int.self)
    #expect(numbers.sorted() == Array(0..<50) && numbers != Array(0..<50) && labels == numbers.map { $0 % 10 })
  }

  @Test("the sheet of clothes gives 70 pictures of each class to learn from and 20 to judge by")
  func sprite() throws {
    let data = try DataFolder()
    try data.writeSprite(in: "fashion")
    let set = try data.read(.clothes)
    #expect(set.source == .fashionSprite && set.classNames[9] == "ankle boot")
    func counts(_ part: Samples) -> [Int] {
      part.targets.oneHot(classes: 10, dtype: .int64).sum(axis: 0).scalars(as: Int.self)
    }
    #expect(counts(set.train) == Array(repeating: 70, count: 10) && counts(set.test) == Array(repeating: 20, count: 10))
    // A picture of one gray has the number of its tile modulo 251; its class is its tile's row over three.
    for part in [set.train, set.test] {
      for index in 0..<part.count {
        let gray = Int((part.inputs[index, 400].scalar * 255).rounded())
        let label = Int(part.targets[index].scalar)
        #expect(part.inputs[index].min() == part.inputs[index].max())
        #expect((90 * label..<90 * (label + 1)).contains { $0 % 251 == gray })
      }
    }
  }

  @Test("digits are drawn where no folder is named, whatever was asked for, and keep their own names")
  func glyphs() throws {
    var random = RandomSource(seed: 7)
    let set = try ImageSet(.clothes, in: nil, using: &random)
    #expect(set.source == .glyphs && set.kind == .clothes && set.classNames == (0...9).map(String.init))
    #expect(set.train.inputs.shape == [4800, 784] && set.test.inputs.shape == [1200, 784])
    #expect(set.train.inputs.min().scalar == 0 && set.train.inputs.max().scalar <= 1)
    #expect(set.train.inputs[0] != set.test.inputs[0])
  }

  @Test("a folder that holds nothing suitable is an error that names what was looked for")
  func missing() throws {
    let data = try DataFolder()
    for (kind, name) in [(ImageSet.Kind.digits, "t10k-images-idx3-ubyte"), (.clothes, "fashion-mnist-sprite.png")] {
      let error = #expect(throws: DataError.self) { try data.read(kind) }
      let text = error?.description ?? ""
      #expect(text.hasPrefix("\(data.folder.path): not found: ") && text.contains(name) && text.contains("WABE_DATA"))
    }
    // The test half alone is no Fashion-MNIST.
    try data.write(.test, labels: [1])
    #expect(throws: DataError.self) { try data.read(.clothes) }
    var random = RandomSource(seed: 1)
    let absent = data.folder.file("absent")
    #expect(throws: DataError.file(.notFound(path: absent))) { try ImageSet(.digits, in: absent, using: &random) }
  }

  @Test("files of the right name that do not fit are errors, never skipped")
  func unsuitable() throws {
    let cut = try DataFolder()
    try cut.write(.test, labels: [1, 2])
    try cut.write([0, 0, 8, 3], "train-images-idx3-ubyte")
    #expect(throws: DataError.self) { try cut.read(.digits) }

    let small = try DataFolder()
    try small.write(.test, labels: [1, 2], side: 8)
    #expect(
      throws: DataError.format(path: small.folder.path, expected: "pictures of 28 × 28 pixels", found: "8 × 8")
    ) { try small.read(.digits) }

    let narrow = try DataFolder()
    try narrow.writeSprite(side: 280)
    let path = narrow.folder.file("fashion-mnist-sprite.png")
    #expect(throws: DataError.format(path: path, expected: "840 × 840 pixels", found: "280 × 280")) {
      try narrow.read(.clothes)
    }
    try narrow.write(Array("no picture".utf8), "fashion-mnist-sprite.png")
    #expect(throws: DataError.self) { try narrow.read(.clothes) }
  }

  @Test("clothes are not taken for digits, although their files have the same names")
  func mistaken() throws {
    let data = try DataFolder()
    try data.write(.test, labels: (0..<10_000).map { UInt8($0 % 10) })
    let error = #expect(throws: DataError.self) { try data.read(.digits) }
    #expect(error?.description.contains("expected digits, found clothes") == true)
  }
}

/// Asks for pictures and says how many there are.
private struct Looking: Experiment {
  let id = "test.images"
  let title = "Pictures"
  let question = "Which pictures are there?"

  func run(in run: inout Run) throws {
    let set = try run.images(.digits)
    run.check("pictures", Double(set.train.count + set.test.count), equals: 25)
  }
}

struct RunImagesTests {
  @Test("a run reads the folder that the user named and says what it found")
  func named() throws {
    let data = try DataFolder()
    try data.write(.test, labels: (0..<25).map { UInt8($0 % 10) }, in: "mnist")
    var settings = Settings()
    settings.data = data.folder.path
    let record = try Run.execute(
      Looking(), settings, at: Place(program: "test", sheet: "test", exercise: "1", order: 0))
    #expect(record.checks.map(\.outcome) == ["PASS"])
    #expect(
      record.blocks.contains { if case .paragraph(let text) = $0 { text.contains("20 to learn from") } else { false } })
  }
}
