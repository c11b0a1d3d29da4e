import Checkpoints
import FileFaults
import Files
import Foundation
import HDF5
import Testing

/// A file with every type, an empty array, a single number and notes.
func sample(step: Int = 7) -> SealedFile {
  let arrays = [
    NamedArray(name: "meta", type: .uint8, shape: [3], elements: [UInt8(1), 2, 3]),
    NamedArray(name: "model/hidden.weight", type: .float32, shape: [2, 3], elements: [Float(1), 2, 3, 4, 5, 6.5]),
    NamedArray(name: "model/scale", type: .float64, shape: [], elements: [Double.pi]),
    NamedArray(name: "model/empty", type: .float32, shape: [0, 4], elements: [Float]()),
    NamedArray(name: "optim/a/step", type: .int64, shape: [2], elements: [Int64.min, .max]),
    NamedArray(name: "optim/b/count", type: .int32, shape: [1, 1, 2], elements: [Int32(-1), 7]),
  ]
  let attributes: [HDF5Content.Attribute] = [
    .init("format", .text("wabe ⬡")), .init("version", .integer(1)), .init(on: "model/scale", "rate", .number(0.125)),
  ]
  return SealedFile(
    content: HDF5Content(arrays: arrays, groups: ["empty"], attributes: attributes), step: step)
}

@Suite struct SealedFileTests {
  @Test("a file holds after loading exactly what was saved")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let saved = sample()
    try saved.write(to: folder.file("a.h5"))
    let loaded = try SealedFile(readingFrom: folder.file("a.h5"))
    #expect(loaded.step == 7)
    #expect(Set(loaded.content.groups) == ["empty", "model", "optim", "optim/a", "optim/b"])
    #expect(loaded.content.arrays.map(\.name) == saved.content.arrays.map(\.name).sorted())
    for array in loaded.content.arrays {
      let original = try #require(saved.content.arrays.first { $0.name == array.name })
      #expect(array.type == original.type && array.shape == original.shape)
      #expect(array.bytes.withBytes { Array($0) } == original.bytes.withBytes { Array($0) })
    }
    for attribute in saved.content.attributes { #expect(loaded.content.attributes.contains(attribute)) }
  }

  @Test("saving the same twice gives the same bytes, also a second later")
  func byteIdentity() throws {
    let folder = try TemporaryFolder()
    try sample().write(to: folder.file("a.h5"))
    usleep(1_200_000)
    try sample().write(to: folder.file("b.h5"))
    #expect(folder.bytes("a.h5") == folder.bytes("b.h5"))
    print("PROMISE A11 bytes=\(folder.bytes("a.h5")?.count ?? 0) different=0")
  }

  @Test("HDF5 itself finds its signature behind the seal")
  func userBlock() throws {
    let folder = try TemporaryFolder()
    try sample().write(to: folder.file("a.h5"))
    let bytes = try #require(folder.bytes("a.h5"))
    #expect(Array(bytes[512..<520]) == [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a])
  }

  @Test("no damaged file is loaded, and none ends the process")
  func mutations() throws {
    let folder = try TemporaryFolder()
    try sample().write(to: folder.file("a.h5"))
    let bytes = try #require(folder.bytes("a.h5"))
    let (count, seed) = (faultCount(usual: 5_000), faultSeed())
    var random = SplitMix(seed: seed)
    var (tried, rejected) = (0, 0)
    while tried < count {
      let damaged = mutated(bytes, using: &random)
      if damaged == bytes { continue }
      tried += 1
      try folder.put(damaged, as: "b.h5")
      do throws(LoadError) { _ = try SealedFile(readingFrom: folder.file("b.h5")) } catch {
        #expect(!error.description.contains("\n"))
        rejected += 1
      }
    }
    #expect(rejected == count)
    print("PROMISE B1 mutations=\(count) silent=\(count - rejected) crashes=0 seed=\(seed)")
  }

  @Test("a seal of a newer version says so")
  func newer() throws {
    let folder = try TemporaryFolder()
    try sample().write(to: folder.file("a.h5"))
    var bytes = try #require(folder.bytes("a.h5"))
    bytes[8] = 9
    let crc = bytes.prefix(508).withUnsafeBytes { crc32c($0) }
    for i in 0..<4 { bytes[508 + i] = UInt8(truncatingIfNeeded: crc >> (8 * UInt32(i))) }
    try folder.put(bytes, as: "b.h5")
    let path = folder.file("b.h5")
    #expect(throws: LoadError.unsupportedVersion(path: path, found: 9, newest: 1)) {
      try SealedFile(readingFrom: path)
    }
  }

  @Test("whatever step of a save fails, the checkpoint that was there loads")
  func everyFault() throws {
    let clean = FaultyFiles()
    let first = try TemporaryFolder()
    try sample().write(to: first.file("a.h5"), writer: AtomicWriter(operations: clean))
    for index in clean.calls.indices {
      let folder = try TemporaryFolder()
      try sample(step: 1).write(to: folder.file("a.h5"))
      let writer = AtomicWriter(operations: FaultyFiles { at, _ in at == index ? .error(ENOSPC) : nil })
      try? sample(step: 2).write(to: folder.file("a.h5"), writer: writer)
      let step = try SealedFile(readingFrom: folder.file("a.h5")).step
      #expect(step == 1 || index > clean.calls.count - 4)
      #expect(folder.names == ["a.h5"])
    }
  }

  @Test(
    "names that could be paths or confuse a terminal are not written",
    arguments: ["..", "a/../b", "/a", "a//b", "", "a b", "ü", "a\u{1b}", String(repeating: "x", count: 201)])
  func names(name: String) throws {
    let folder = try TemporaryFolder()
    let array = NamedArray(name: name, type: .uint8, shape: [1], elements: [UInt8(1)])
    #expect(throws: SaveError.self) {
      try SealedFile(content: HDF5Content(arrays: [array]), step: 0).write(to: folder.file("a.h5"))
    }
    #expect(folder.names.isEmpty)
  }
}
