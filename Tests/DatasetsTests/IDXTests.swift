import Datasets
import FileFaults
import Files
import Tensors
import Testing

/// The start of an IDX file.
private func header(_ type: UInt8, _ sizes: [Int]) -> [UInt8] {
  [0, 0, type, UInt8(sizes.count)] + sizes.flatMap { size in (0..<4).map { UInt8(size >> (24 - 8 * $0) & 255) } }
}

struct IDXTests {
  /// Type code, bytes of [1, −2] (200 for unsigned), what they mean. The bytes are written out by hand.
  static let types: [(UInt8, [UInt8], DType, [Double])] = [
    (0x08, [1, 200], .uint8, [1, 200]),
    (0x09, [1, 0xfe], .int32, [1, -2]),
    (0x0b, [0, 1, 0xff, 0xfe], .int32, [1, -2]),
    (0x0c, [0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe], .int32, [1, -2]),
    (0x0d, [0x3f, 0x80, 0, 0, 0xc0, 0, 0, 0], .float32, [1, -2]),
    (0x0e, [0x3f, 0xf0, 0, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0], .float64, [1, -2]),
  ]

  @Test("every element type is read, big-endian", arguments: types)
  func type(_ code: UInt8, _ bytes: [UInt8], _ dtype: DType, _ values: [Double]) throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.idx")
    try AtomicWriter().write(header(code, [2, 1]) + bytes, to: path)
    let tensor = try IDX.read(path)
    #expect(tensor.shape == [2, 1] && tensor.dtype == dtype && tensor.scalars == values)
  }

  @Test("a file that is cut, too long, absurd or of another kind is an error that names it")
  func damaged() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.idx")
    let good = header(8, [2, 3]) + [1, 2, 3, 4, 5, 6]
    let absurd = header(8, [0xffff_ffff, 0xffff_ffff, 0xffff_ffff])
    let bad: [[UInt8]] =
      good.indices.map { Array(good[..<$0]) } + [good + [7], [1] + good.dropFirst(), header(7, [1]) + [1], absurd]
      + [header(8, Array(repeating: 1, count: 7)) + [1]]
    for bytes in bad {
      try AtomicWriter().write(bytes, to: path)
      let error = #expect(throws: DataError.self, "\(bytes)") { try IDX.read(path) }
      #expect(error?.description.hasPrefix("\(path): expected ") == true)
    }
    try AtomicWriter().write(good + [7], to: path)
    #expect(
      throws: DataError.format(
        path: path, expected: "6 bytes of elements for the sizes [2, 3]", found: "7 bytes")
    ) { try IDX.read(path) }
    #expect(throws: DataError.file(.tooLarge(path: path, bytes: 19, limit: 18))) { try IDX.read(path, limit: 18) }
    #expect(throws: DataError.file(.notFound(path: path + "2"))) { try IDX.read(path + "2") }
  }
}

struct IDXFolderTests {
  static let images = header(8, [2, 2, 2]) + [0, 51, 102, 255, 255, 0, 0, 0]

  @Test("pictures become numbers from 0 to 1 with int64 labels")
  func whole() throws {
    let folder = try TemporaryFolder()
    try AtomicWriter().write(Self.images, to: folder.file("t10k-images-idx3-ubyte"))
    try AtomicWriter().write(packedLabels, to: folder.file("t10k-labels-idx1-ubyte.gz"))
    let data = try IDXFolder(.test, in: folder.path, dtype: .float64)
    #expect(data.inputs.shape == [2, 2, 2] && data.targets.dtype == .int64)
    #expect(data.inputs.scalars == [0, 0.2, 0.4, 1, 1, 0, 0, 0] && data.targets.scalars == [7, 3])
  }

  @Test("what is missing is named, with the place where it belongs")
  func missing() throws {
    let folder = try TemporaryFolder()
    try AtomicWriter().write(Self.images, to: folder.file("train-images-idx3-ubyte"))
    let error = #expect(throws: DataError.self) { try IDXFolder(.training, in: folder.path) }
    #expect(error == .missing(folder: folder.path, files: ["train-labels-idx1-ubyte"]))
    #expect(error?.description.contains("WABE_DATA") == true)
  }

  @Test("labels that do not fit are an error", arguments: [[7], [7, 10], [1, 2, 3]] as [[UInt8]])
  func labels(_ labels: [UInt8]) throws {
    let folder = try TemporaryFolder()
    try AtomicWriter().write(Self.images, to: folder.file("train-images-idx3-ubyte"))
    try AtomicWriter().write(header(8, [labels.count]) + labels, to: folder.file("train-labels-idx1-ubyte"))
    let error = #expect(throws: DataError.self) { try IDXFolder(.training, in: folder.path) }
    #expect(error?.description.hasPrefix(folder.file("train-labels-idx1-ubyte")) == true)
  }
}

/// The labels 7 and 3 as an IDX file, packed by `gzip -n`.
private let packedLabels: [UInt8] = [
  31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 99, 96, 224, 96, 100, 96, 96, 96, 98, 103, 6, 0, 100, 107, 212, 67, 10, 0, 0, 0,
]
