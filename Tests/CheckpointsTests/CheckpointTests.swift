import Checkpoints
import FileFaults
import Files
import Foundation
import Modules
import Tensors
import Testing

/// A linear map with a buffer and an optional part.
struct Affine: Module {
  var weight: Tensor
  var bias: Tensor?
  var seen = Tensor([Int64(0)])
  var flags = Tensor([true, false])

  init(_ inputs: Int, _ outputs: Int, bias: Bool = true, start: Float = 0) {
    weight = Tensor((0..<inputs * outputs).map { start + Float($0) / 8 }, shape: [inputs, outputs])
    self.bias = bias ? Tensor([Float](repeating: start, count: outputs)) : nil
  }

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.parameter("weight", &weight)
    visitor.parameter("bias", &bias)
    visitor.buffer("seen", &seen)
    visitor.buffer("flags", &flags)
  }
}

/// Two linear maps, the second of which may have another name.
struct Pair: Module {
  var first: Affine
  var second: Affine
  var secondName = "second"

  mutating func visit(_ visitor: inout some ModuleVisitor) {
    visitor.child("first", &first)
    visitor.child(secondName, &second)
  }
}

/// All of a module's bytes under their paths.
func bytes(of module: some Module) -> [String: [UInt8]] {
  Dictionary(uniqueKeysWithValues: module.state.map { ($0.path, $0.value.withUnsafeBytes { Array($0) }) })
}

@Suite struct CheckpointTests {
  let trained = Pair(first: Affine(2, 3, start: 1), second: Affine(3, 1, start: -2))
  let fresh = Pair(first: Affine(2, 3), second: Affine(3, 1))

  @Test("a model holds after loading every bit that was saved, buffers and truth values included")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var saved = trained
    saved.first.seen = Tensor([Int64.max])
    saved.second.flags = Tensor([false, true])
    try Checkpoint.save(saved, to: folder.file("a.h5"))
    var loaded = fresh
    let progress = try Checkpoint.load(folder.file("a.h5"), into: &loaded)
    #expect(bytes(of: loaded) == bytes(of: saved))
    #expect(progress.notices.isEmpty)
  }

  @Test("one error names everything that does not fit, and the model keeps every bit")
  func mismatch() throws {
    let folder = try TemporaryFolder()
    try Checkpoint.save(trained, to: folder.file("a.h5"))
    var other = Pair(first: Affine(2, 4), second: Affine(3, 1, bias: false), secondName: "secund")
    let before = bytes(of: other)
    let path = folder.file("a.h5")
    let error = #expect(throws: LoadError.self) { try Checkpoint.load(path, into: &other) }
    #expect(bytes(of: other) == before)
    guard case .mismatch(_, let mismatch) = try #require(error) else { throw CancellationError() }
    #expect(mismatch.missing == ["secund.weight", "secund.seen", "secund.flags"])
    #expect(mismatch.unexpected == ["second.bias", "second.flags", "second.seen", "second.weight"])
    let first = Mismatch.Difference(name: "first.weight", expected: "float32 [2, 4]", found: "float32 [2, 3]")
    let second = Mismatch.Difference(name: "first.bias", expected: "float32 [4]", found: "float32 [3]")
    #expect(mismatch.different == [first, second])
    #expect(mismatch.description.contains("secund.weight (the file has second.weight)"))
  }

  @Test("whatever is damaged, the model is either loaded whole or unchanged")
  func allOrNothing() throws {
    let folder = try TemporaryFolder()
    let path = folder.file("a.h5")
    var random = SplitMix(seed: faultSeed())
    for _ in 0..<50 {
      var saved = trained
      if Bool.random(using: &random) { saved.first = Affine(2, Int.random(in: 1...4, using: &random)) }
      if Bool.random(using: &random) { saved.second.bias = nil }
      try Checkpoint.save(saved, to: path)
      var model = fresh
      do throws(LoadError) {
        try Checkpoint.load(path, into: &model)
        #expect(bytes(of: model) == bytes(of: saved))
      } catch { #expect(bytes(of: model) == bytes(of: fresh)) }
    }
    print("PROMISE B8 cases=50 partial=0")
  }

  @Test("lenient loading takes what fits and says what it left")
  func lenient() throws {
    let folder = try TemporaryFolder()
    try Checkpoint.save(trained, to: folder.file("a.h5"))
    var other = Pair(first: Affine(2, 3), second: Affine(3, 5), secondName: "head")
    let progress = try Checkpoint.load(folder.file("a.h5"), into: &other, options: .lenient)
    #expect(bytes(of: other.first) == bytes(of: trained.first))
    #expect(bytes(of: other.second) == bytes(of: Affine(3, 5)))
    #expect(progress.notices.count == 1 && progress.notices[0].contains("head.weight"))
  }

  @Test("a part that has another name now is found by renaming")
  func renaming() throws {
    let folder = try TemporaryFolder()
    try Checkpoint.save(trained, to: folder.file("a.h5"))
    var other = Pair(first: Affine(2, 3), second: Affine(3, 1), secondName: "head")
    let options = LoadOptions(rename: { $0.replacing("second.", with: "head.") })
    try Checkpoint.load(folder.file("a.h5"), into: &other, options: options)
    #expect(bytes(of: other.second) == bytes(of: trained.second))
  }

  @Test("NaN and infinity are refused by name, in both precisions, unless they are allowed")
  func nonFinite() throws {
    let folder = try TemporaryFolder()
    for value in [Double.nan, .infinity, -.infinity] {
      for wide in [false, true] {
        var model = trained
        let numbers = [1, value, 3, value, Double.greatestFiniteMagnitude / (wide ? 1 : 1e300), 0]
        model.first.weight =
          wide ? Tensor(numbers, shape: [2, 3]) : Tensor(numbers.map { Float($0) }, shape: [2, 3])
        let path = folder.file("a.h5")
        #expect(throws: SaveError.nonFinite(path: path, name: "first.weight", count: 2)) {
          try Checkpoint.save(model, to: path)
        }
        #expect(folder.names.isEmpty)
        try Checkpoint.save(model, to: path, allowNonFinite: true)
        try FileManager.default.removeItem(atPath: path)
      }
    }
    print("PROMISE A10 cases=6 saved=0")
  }

  @Test("values of any kind are kept with the progress")
  func values() throws {
    struct Patience: Codable, Equatable {
      var best: Double
      var left: Int
      var curve: [Double]
    }
    let folder = try TemporaryFolder()
    let patience = Patience(best: 0.1 + 0.2, left: 3, curve: [1, -.infinity, 5e-308])
    var progress = Progress(epoch: 4, step: 1200, score: 0.25)
    try progress.keep(patience, as: "patience")
    try progress.keep(UInt64.max, as: "seed")
    try Checkpoint.save(trained, to: folder.file("a.h5"), at: progress)
    var model = fresh
    let loaded = try Checkpoint.load(folder.file("a.h5"), into: &model)
    #expect(loaded.epoch == 4 && loaded.step == 1200 && loaded.score == 0.25)
    #expect(try loaded.value("patience", as: Patience.self) == patience)
    #expect(try loaded.value("seed", as: UInt64.self) == .max)
    #expect(throws: LoadError.self) { try loaded.value("patienc", as: Patience.self) }
    #expect(throws: LoadError.self) { try loaded.value("patience", as: Int.self) }
  }

  @Test("the same model gives the same file")
  func identity() throws {
    let folder = try TemporaryFolder()
    try Checkpoint.save(trained, to: folder.file("a.h5"))
    try Checkpoint.save(trained, to: folder.file("b.h5"))
    #expect(folder.bytes("a.h5") == folder.bytes("b.h5"))
  }
}
