import Exporters
import FileFaults
import Files
import Foundation
import HDF5
import Testing

@Suite(.serialized) struct IsolatedReaderTests {
  private func reader() throws -> IsolatedReader {
    let folder = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    var reader = IsolatedReader()
    reader.program = folder.appendingPathComponent("wabe-h5read").path
    return reader
  }

  private func sample() throws -> [UInt8] {
    let folder = try TemporaryFolder()
    let arrays = [
      NamedArray(name: "layers/dense/vars/0", type: .float32, shape: [2, 3], elements: (0..<6).map { Float($0) }),
      NamedArray(name: "layers/dense/vars/1", type: .float64, shape: [], elements: [Double.pi]),
      NamedArray(name: "optimizer/vars/0", type: .int64, shape: [1], elements: [Int64.min]),
    ]
    let layout = try HDF5Layout(HDF5Content(arrays: arrays, attributes: [.init("note", .text("hello"))]))
    try AtomicWriter().write(to: folder.file("a.h5")) { sink throws(SaveError) in try layout.write(into: &sink) }
    return try #require(folder.bytes("a.h5"))
  }

  @Test("arrays come through the other process unchanged")
  func roundTrip() throws {
    let arrays = try reader().arrays(in: FileBytes(sample()), path: "a.h5")
    #expect(Set(arrays.map(\.name)) == ["layers/dense/vars/0", "layers/dense/vars/1", "optimizer/vars/0"])
    let weight = try #require(arrays.first { $0.name == "layers/dense/vars/0" })
    #expect(weight.shape == [2, 3] && weight.elements(as: Float.self) == (0..<6).map { Float($0) })
  }

  @Test("a file larger than the pipe goes through")
  func large() throws {
    let numbers = (0..<1_000_000).map { Float($0) }
    let folder = try TemporaryFolder()
    let array = NamedArray(name: "a", type: .float32, shape: [1000, 1000], elements: numbers)
    let layout = try HDF5Layout(HDF5Content(arrays: [array]))
    try AtomicWriter().write(to: folder.file("a.h5")) { sink throws(SaveError) in try layout.write(into: &sink) }
    let arrays = try reader().arrays(in: folder.file("a.h5"))
    #expect(arrays.first?.elements(as: Float.self) == numbers)
  }

  @Test("damaged files are refused, or cost the other process its life, never this one", .timeLimit(.minutes(10)))
  func mutations() throws {
    let (reader, original, count) = (try reader(), try sample(), faultCount(usual: 200))
    var random = SplitMix(seed: faultSeed())
    var (refused, crashed) = (0, 0)
    for _ in 0..<count {
      do throws(LoadError) {
        _ = try reader.arrays(in: FileBytes(mutated(original, using: &random)), path: "b.h5")
      } catch {
        refused += 1
        if error.description.contains("signal") { crashed += 1 }
      }
    }
    #expect(refused > count / 10)
    print("PROMISE B2 mutations=\(count) refused=\(refused) child-crashes=\(crashed) parent-crashes=0")
  }

  // A shell reads the "file" as its commands: every way in which a reader can misbehave.
  @Test(
    "a reader that crashes, hangs, floods or talks nonsense is an error", .timeLimit(.minutes(1)),
    arguments: [
      ("kill -SEGV $$", "signal 11"), ("exec sleep 60", "did nothing"), ("exec yes", "unpacks to more"),
      ("echo nonsense", "damaged"), ("exit 3", "code 3"), ("echo no reason; exit 65", "no reason"), ("", "damaged"),
      ("exec sleep 60 0<&- 1>&-", "signal 9"),
    ])
  func misbehaviour(script: String, words: String) throws {
    var reader = IsolatedReader()
    (reader.program, reader.patience, reader.limit) = ("/bin/sh", 500, 1 << 20)
    let error = #expect(throws: LoadError.self) {
      try reader.arrays(in: FileBytes(Array(script.utf8)), path: "a.h5")
    }
    #expect(error?.description.contains(words) == true, "\(String(describing: error))")
  }

  @Test("a missing reader is an error that says how to get it")
  func missing() throws {
    var reader = IsolatedReader()
    reader.program = "/nowhere/wabe-h5read"
    #expect(throws: LoadError.self) { try reader.arrays(in: FileBytes([1]), path: "a.h5") }
  }
}
