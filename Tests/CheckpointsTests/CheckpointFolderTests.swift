import Checkpoints
import FileFaults
import Files
import Foundation
import Testing

@Suite struct CheckpointFolderTests {
  func model(_ number: Int) -> Affine { Affine(2, 3, start: Float(number)) }

  func load(_ folder: CheckpointFolder) throws -> (step: Int, notices: [String]) {
    var (model, optimizer) = (model(0), model(0))
    let progress = try folder.loadNewest(into: &model, &optimizer)
    #expect(bytes(of: model) == bytes(of: self.model(progress.step)))
    #expect(bytes(of: optimizer) == bytes(of: self.model(-progress.step)))
    return (progress.step, progress.notices)
  }

  func save(_ step: Int, score: Double? = nil, in folder: CheckpointFolder) throws {
    try folder.save(model(step), model(-step), at: Progress(epoch: step, score: score))
  }

  @Test("the newest three and the best stay")
  func retention() throws {
    let parent = try TemporaryFolder()
    let folder = CheckpointFolder(parent.file("runs/rings"))
    for (step, score) in [(1, 0.9), (2, 0.1), (3, 0.5), (4, 0.4), (5, 0.3), (6, .nan)] {
      try save(step, score: score, in: folder)
    }
    #expect(folder.steps == [6, 5, 4, 2])
    #expect(try load(folder).step == 6)
    var best = model(0)
    let progress = try folder.loadBest(into: &best)
    #expect(progress.step == 2 && bytes(of: best) == bytes(of: model(2)))
  }

  @Test("a damaged newest checkpoint is skipped, and the progress says so")
  func fallback() throws {
    let parent = try TemporaryFolder()
    let folder = CheckpointFolder(parent.path)
    for step in 1...3 { try save(step, in: folder) }
    var damaged = try #require(parent.bytes("ckpt-00000003.h5"))
    damaged[700] ^= 1
    try parent.put(damaged, as: "ckpt-00000003.h5")
    let (step, notices) = try load(folder)
    #expect(step == 2)
    #expect(notices.count == 1 && notices[0].contains("ckpt-00000003.h5"))
    try parent.put([], as: "ckpt-00000002.h5")
    #expect(try load(folder).step == 1)
    try save(2, in: folder)
    #expect(try load(folder).step == 2)
  }

  @Test("nothing to load is an error that names the folder; a checkpoint of another model is not passed over")
  func errors() throws {
    let parent = try TemporaryFolder()
    let folder = CheckpointFolder(parent.file("none"))
    #expect(throws: LoadError.self) { try load(folder) }
    try save(1, in: folder)
    try folder.save(Affine(2, 4), Affine(1, 1), at: Progress(epoch: 2))
    #expect(throws: LoadError.self) { try load(folder) }
  }

  @Test("a training that starts anew does not hide behind a longer one")
  func order() throws {
    let parent = try TemporaryFolder()
    let folder = CheckpointFolder(parent.path)
    try save(100, in: folder)
    #expect(throws: SaveError.self) { try save(1, in: folder) }
    #expect(folder.steps == [100])
  }

  @Test("files of others in the folder are neither loaded nor removed")
  func foreign() throws {
    let parent = try TemporaryFolder()
    let names = [
      "ckpt-1.h5", "ckpt-00000001.h5.bak", "ckpt-0000000x.h5", "best.h5", "ckpt-+0000001.h5", "ckpt-000000001.h5",
    ]
    for name in names { try parent.put([1, 2, 3], as: name) }
    let folder = CheckpointFolder(parent.path, keep: 1)
    for step in 1...3 { try save(step, in: folder) }
    #expect(Set(parent.names) == Set(names + ["ckpt-00000003.h5"]))
  }

  @Test("whatever call fails while saving and pruning, a whole checkpoint stays")
  func everyFault() throws {
    let clean = FaultyFiles()
    let first = try TemporaryFolder()
    for step in 1...4 { try save(step, in: CheckpointFolder(first.path, keep: 2, operations: clean)) }
    var cases = 0
    for index in clean.calls.indices {
      let parent = try TemporaryFolder()
      let files = FaultyFiles { at, _ in at == index ? .error(EIO) : nil }
      let folder = CheckpointFolder(parent.path, keep: 2, operations: files)
      var saved = 0
      for step in 1...4 {
        if (try? save(step, in: folder)) != nil { saved = step }
        if saved > 0 { #expect(try load(CheckpointFolder(parent.path)).step >= saved, "call \(index)") }
      }
      #expect(saved == 4 || index >= clean.calls.count / 2)
      cases += 1
    }
    print("PROMISE A8 faults=\(cases) without-checkpoint=0")
  }

  @Test("four writers and two readers at once: every load is one whole generation", .timeLimit(.minutes(5)))
  func concurrency() async throws {
    let parent = try TemporaryFolder()
    let path = parent.file("shared.h5")
    let saves = faultCount(usual: 50)
    try Checkpoint.save(model(1), model(-1), to: path, at: Progress(epoch: 1))
    let loads = await withTaskGroup(of: Int.self) { group in
      for writer in 0..<4 {
        group.addTask {
          for index in 0..<saves {
            let step = 1 + writer * saves + index
            _ = try? Checkpoint.save(model(step), model(-step), to: path, at: Progress(epoch: step))
          }
          return 0
        }
      }
      for _ in 0..<2 {
        group.addTask {
          var whole = 0
          for _ in 0..<2 * saves {
            var (a, b) = (model(0), model(0))
            guard let progress = try? Checkpoint.load(path, into: &a, &b) else { continue }
            let isWhole =
              bytes(of: a) == bytes(of: model(progress.step)) && bytes(of: b) == bytes(of: model(-progress.step))
            whole += isWhole ? 1 : 0
          }
          return whole
        }
      }
      return await group.reduce(0, +)
    }
    #expect(loads == 4 * saves)
    #expect(parent.names == ["shared.h5"])
    print("PROMISE A7 saves=\(4 * saves) loads=\(4 * saves) torn=\(4 * saves - loads)")
  }
}
