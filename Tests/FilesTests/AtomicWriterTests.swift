import FileFaults
import Files
import Foundation
import Testing

@Suite struct AtomicWriterTests {
  let old: [UInt8] = Array("the old content".utf8)
  let new: [UInt8] = (0..<10_000).map { UInt8(truncatingIfNeeded: $0) }

  private func write(_ files: FaultyFiles, to path: String) throws(SaveError) {
    try AtomicWriter(operations: files).write(to: path) { sink throws(SaveError) in
      try sink.append(ByteArray(new))
      try sink.overwrite([new[0]], at: 0)
    }
  }

  @Test("a write replaces the file, leaves no other name behind and closes what it opened")
  func replaces() throws {
    let folder = try TemporaryFolder()
    try folder.put(old, as: "a.bin")
    let files = FaultyFiles()
    try write(files, to: folder.file("a.bin"))
    #expect(folder.bytes("a.bin") == new)
    #expect(folder.names == ["a.bin"])
    let steps = files.calls.map(\.operation).filter { $0 != .inspect && $0 != .close }
    #expect(steps == [.openDirectory, .create, .write, .write, .synchronize, .rename, .synchronize])
  }

  @Test("whatever step fails, for whatever reason, the file is the old or the new one and the folder is clean")
  func everyFault() throws {
    let codes: [(name: String, code: Int32)] = [
      ("EIO", EIO), ("ENOSPC", ENOSPC), ("EDQUOT", EDQUOT), ("EROFS", EROFS), ("EACCES", EACCES), ("EMFILE", EMFILE),
    ]
    let clean = FaultyFiles()
    let first = try TemporaryFolder()
    try write(clean, to: first.file("a.bin"))
    var (cases, refused) = (0, 0)
    for (name, code) in codes {
      for index in clean.calls.indices {
        let folder = try TemporaryFolder()
        try folder.put(old, as: "a.bin")
        let files = FaultyFiles { at, _ in at == index ? .error(code) : nil }
        var thrown: SaveError?
        do throws(SaveError) { try write(files, to: folder.file("a.bin")) } catch { thrown = error }
        let operation = clean.calls[index].operation
        let renamed = files.calls.map(\.operation).contains(.rename) && operation != .rename
        #expect(files.injected == 1)
        #expect(folder.bytes("a.bin") == (renamed ? new : old), "\(name) at call \(index), \(operation)")
        #expect(folder.names == ["a.bin"], "\(name) at call \(index), \(operation)")
        if operation == .close, index == clean.calls.indices.last {
          #expect(thrown == nil, "closing the folder cannot lose anything")
        } else if case .noSpace = thrown {
          #expect([ENOSPC, EDQUOT].contains(code))
          refused += 1
        } else {
          #expect(thrown != nil, "\(name) at call \(index), \(operation)")
          refused += 1
        }
        cases += 1
      }
    }
    print("PROMISE A4 faults=\(cases) refused=\(refused) lost=0")
  }

  @Test("interrupted and one-byte writes are continued until everything is written")
  func interruptions() throws {
    let folder = try TemporaryFolder()
    let files = FaultyFiles { index, operation in
      guard operation == .write || operation == .create else { return nil }
      return index % 3 == 0 ? .error(EINTR) : index % 3 == 1 && operation == .write ? .short : nil
    }
    try write(files, to: folder.file("a.bin"))
    #expect(files.injected > 2)
    #expect(folder.bytes("a.bin") == new)
  }

  @Test(
    "what is no file is not replaced, and nothing waits",
    .timeLimit(.minutes(1)), arguments: ["folder", "pipe", "link", "dangling", "missing/a.bin", "", "..", "a/", "x\0y"])
  func targets(name: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(atPath: folder.file("folder"), withIntermediateDirectories: false)
    #expect(mkfifo(folder.file("pipe"), 0o600) == 0)
    try folder.put(old, as: "real")
    try FileManager.default.createSymbolicLink(atPath: folder.file("link"), withDestinationPath: "real")
    try FileManager.default.createSymbolicLink(atPath: folder.file("dangling"), withDestinationPath: "nowhere")
    let before = folder.names
    #expect(throws: SaveError.self) { try AtomicWriter().write(new, to: folder.file(name)) }
    #expect(throws: LoadError.self) { try FileReader().read(folder.file(name)) }
    #expect(folder.names == before)
    #expect(folder.bytes("real") == old)
    print("PROMISE A5 target=\(printable(name)) hung=0 replaced=0")
  }

  @Test("a file beyond the limit is refused before it is read")
  func limit() throws {
    let folder = try TemporaryFolder()
    try folder.put(new, as: "a.bin")
    let files = FaultyFiles()
    let path = folder.file("a.bin")
    #expect(throws: LoadError.tooLarge(path: path, bytes: new.count, limit: 9_999)) {
      try FileReader(limit: 9_999, operations: files).read(path)
    }
    #expect(!files.calls.map(\.operation).contains(.read))
    let read = try FileReader(limit: 10_000, operations: files).read(path)
    #expect(read.withBytes { Array($0) } == new)
  }

  @Test("reading continues after interruptions and reports every other failure")
  func readingFaults() throws {
    let folder = try TemporaryFolder()
    let large = (0..<9_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try folder.put(large, as: "a.bin")
    let files = FaultyFiles { index, operation in
      operation != .read ? nil : index % 4 == 2 ? .error(EINTR) : index % 4 == 3 ? .short : nil
    }
    let (bytes, digest) = try FileReader(operations: files).read(folder.file("a.bin"), digestAfter: 512)
    #expect(bytes.withBytes { Array($0) } == large)
    #expect(digest == large.dropFirst(512).withUnsafeBytes { SHA256.digest(of: $0) })
    for index in 0..<3 {
      let broken = FaultyFiles { at, _ in at == index ? .error(EIO) : nil }
      #expect(throws: LoadError.self) { try FileReader(operations: broken).read(folder.file("a.bin")) }
    }
  }
}
