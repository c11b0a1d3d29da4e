import FileFaults
import Files
import Testing

/// What is on a disk after the power failed: POSIX promises nothing about what was not synchronized, so every state in
/// which some unsynchronized effects arrived and others did not is possible.
private struct Disk {
  /// What a power failure after the first `count` calls can leave at the target's name.
  static func outcomes(of calls: [FileOperation], after count: Int) -> Set<String> {
    var (written, fileSafe, renamed, folderSafe) = (false, false, false, false)
    for call in calls.prefix(count) {
      switch call {
      case .write: (written, fileSafe) = (true, false)
      case .synchronize where renamed: folderSafe = true
      case .synchronize: fileSafe = written
      case .rename: renamed = true
      default: break
      }
    }
    if !renamed { return ["old"] }
    let named = fileSafe ? "new" : "torn"
    // Unsynchronized bytes may have arrived all the same.
    let arrived: Set<String> = fileSafe ? ["new"] : ["new", named]
    return folderSafe ? arrived : arrived.union(["old"])
  }

  static func badStates(of calls: [FileOperation]) -> Int {
    var bad = 0
    for count in 0...calls.count {
      let outcomes = outcomes(of: calls, after: count)
      if outcomes.contains("torn") { bad += 1 }
      if count == calls.count, outcomes != ["new"] { bad += 1 }
    }
    return bad
  }
}

@Suite struct CrashModelTests {
  private func trace() throws -> [FileOperation] {
    let folder = try TemporaryFolder()
    let files = FaultyFiles()
    try AtomicWriter(operations: files).write(to: folder.file("a")) { sink throws(SaveError) in
      try sink.append(ByteArray([1, 2, 3]))
      try sink.overwrite([4], at: 0)
    }
    return files.calls.map(\.operation)
  }

  @Test("after a power failure at any moment there is the old or the new file; when the save has returned, the new one")
  func powerFailure() throws {
    let calls = try trace()
    #expect(Disk.badStates(of: calls) == 0)
    print("PROMISE A2 cuts=\(calls.count + 1) bad=\(Disk.badStates(of: calls))")
  }

  @Test("the model sees what is lost without one of the two synchronizations, or with the rename too early")
  func modelCanFail() throws {
    let calls = try trace()
    let syncs = calls.indices.filter { calls[$0] == .synchronize }
    try #require(syncs.count == 2)
    for index in syncs {
      var without = calls
      without.remove(at: index)
      #expect(Disk.badStates(of: without) > 0)
    }
    var early = calls
    early.removeAll { $0 == .rename }
    early.insert(.rename, at: syncs[0])
    #expect(Disk.badStates(of: early) > 0)
  }
}
