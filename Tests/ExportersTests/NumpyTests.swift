import Exporters
import FileFaults
import Files
import Foundation
import Testing

func decoded(_ base64: String) throws -> [UInt8] {
  [UInt8](try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters)))
}

@Suite struct NumpyTests {
  static let matrix = NamedArray(
    name: "w", type: .float32, shape: [2, 3], elements: (0..<6).map { Float($0) })

  @Test(
    "an array is written as NumPy writes it, byte for byte",
    arguments: [
      (matrix, NumpyGolden.matrix),
      (NamedArray(name: "n", type: .int64, shape: [], elements: [7]), NumpyGolden.scalar),
      (NamedArray(name: "v", type: .float64, shape: [1], elements: [1.5]), NumpyGolden.vector),
      (NamedArray(name: "t", type: .bool, shape: [2], elements: [UInt8(1), 0]), NumpyGolden.truth),
    ])
  func writes(array: NamedArray, golden: String) throws {
    let folder = try TemporaryFolder()
    try NumpyFile.write(array, to: folder.file("a.npy"))
    #expect(try folder.bytes("a.npy") == decoded(golden))
    let read = try NumpyFile.readArray(from: folder.file("a.npy"))
    #expect(read.type == array.type && read.shape == array.shape)
    #expect(read.bytes.withBytes { Array($0) } == array.bytes.withBytes { Array($0) })
  }

  @Test("big-endian and column-major arrays are put into our order")
  func orders() throws {
    let folder = try TemporaryFolder()
    try folder.put(decoded(NumpyGolden.bigEndian), as: "b.npy")
    let swapped = try NumpyFile.readArray(from: folder.file("b.npy"))
    #expect(swapped.type == .int32 && swapped.elements(as: Int32.self) == [0, 1, 2])
    try folder.put(decoded(NumpyGolden.columnMajor), as: "c.npy")
    let turned = try NumpyFile.readArray(from: folder.file("c.npy"))
    #expect(turned.shape == [2, 3, 4])
    #expect(turned.elements(as: Float.self) == (0..<24).map { Float($0) })
  }

  @Test("archives of NumPy are read, stored and compressed")
  func archives() throws {
    let folder = try TemporaryFolder()
    try folder.put(decoded(NumpyGolden.stored), as: "s.npz")
    let stored = try NumpyFile.readArrays(from: folder.file("s.npz"))
    #expect(stored.map(\.name) == ["w", "b"])
    #expect(stored[0].elements(as: Float.self) == (0..<6).map { Float($0) })
    try folder.put(decoded(NumpyGolden.deflated), as: "d.npz")
    let deflated = try NumpyFile.readArrays(from: folder.file("d.npz"))
    #expect(deflated[0].elements(as: Float.self) == (0..<6).map { Float($0) })
    #expect(deflated[1].elements(as: Double.self) == [Double](repeating: 0, count: 100))
  }

  @Test("an archive of ours is read back, in order")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let other = NamedArray(name: "layer.bias", type: .int32, shape: [0, 2], elements: [Int32]())
    try NumpyFile.write([Self.matrix, other], to: folder.file("a.npz"))
    let read = try NumpyFile.readArrays(from: folder.file("a.npz"))
    #expect(read.map(\.name) == ["w", "layer.bias"] && read.map(\.shape) == [[2, 3], [0, 2]])
    #expect(read[0].elements(as: Float.self) == Self.matrix.elements(as: Float.self))
  }

  @Test(
    "headers that NumPy refuses are refused",
    arguments: [
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", "{'descr': '<f4', 'shape': (2,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}",
      "{'descr': '|O', 'fortran_order': False, 'shape': (2,), }",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (-2,), }",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }", "", "{",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x",
      "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2,)}",
      "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }",
    ])
  func refused(header: String) throws {
    let folder = try TemporaryFolder()
    let text = Array(header.utf8) + [10]
    let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.count), 0]
    try folder.put(head + text + [UInt8](repeating: 0, count: 8), as: "a.npy")
    #expect(throws: LoadError.self) { try NumpyFile.readArray(from: folder.file("a.npy")) }
  }

  @Test("double quotes and a missing last comma are accepted, as NumPy accepts them")
  func lenient() throws {
    let folder = try TemporaryFolder()
    let text = Array("{\"shape\": (2,), \"fortran_order\": False, \"descr\": \"<f4\"}\n".utf8)
    let head: [UInt8] = [0x93] + Array("NUMPY".utf8) + [2, 0, UInt8(text.count), 0, 0, 0]
    try folder.put(head + text + [UInt8](repeating: 0, count: 8), as: "a.npy")
    #expect(try NumpyFile.readArray(from: folder.file("a.npy")).elements(as: Float.self) == [0, 0])
  }

  @Test("damaged archives are refused or read as they were, and never end the process")
  func damage() throws {
    let folder = try TemporaryFolder()
    var random = SplitMix(seed: faultSeed())
    let originals = try [decoded(NumpyGolden.stored), decoded(NumpyGolden.deflated)]
    let whole = try originals.map { bytes in
      try folder.put(bytes, as: "w.npz")
      return try NumpyFile.readArrays(from: folder.file("w.npz")).map { $0.bytes.withBytes { Array($0) } }
    }
    var refused = 0
    let count = faultCount(usual: 2_000)
    for index in 0..<count {
      let damaged = mutated(originals[index % 2], using: &random)
      try folder.put(damaged, as: "b.npz")
      do throws(LoadError) {
        let arrays = try NumpyFile.readArrays(from: folder.file("b.npz"))
        // The CRC protects the numbers; names, dates and the order of fields are not protected by the format.
        for array in arrays { #expect(whole[index % 2].contains(array.bytes.withBytes { Array($0) })) }
      } catch { refused += 1 }
    }
    #expect(refused > count / 3)
    print("PROMISE B7 npz-mutations=\(count) refused=\(refused) crashes=0")
  }
}
