import FileFaults
import Files
import Foundation
import Testing

@Suite struct LeftoversTests {
  // No process has this number: the largest that Linux gives is 2^22.
  let dead = "99999999"

  @Test("only unfinished files of gone processes are removed")
  func sweep() throws {
    let folder = try TemporaryFolder()
    let own = [".ckpt-1.h5.\(dead)-0.tmp", ".ckpt-1.h5.\(dead)-12.tmp", ".ckpt-2.h5.\(dead)-0.tmp"]
    let foreign = [
      "ckpt-1.h5", ".ckpt-1.h5.\(getpid())-0.tmp", ".ckpt-1.h5.1-0.tmp", ".ckpt-1.h5.\(dead)-.tmp",
      ".ckpt-1.h5.-0.tmp", ".ckpt-1.h5.\(dead)-0.tmp.bak", "ckpt-1.h5.\(dead)-0.tmp", ".ckpt-1.h5.\(dead)-+1.tmp",
      ".ckpt-1.h5.0\(dead)-0.tmp", ".other.\(dead)-0.tmp", ".\(dead)-0.tmp", ".tmp", ".ckpt-1.h5.\(dead)-0x1.tmp",
      ".ckpt-1.h5.\(dead)-1-1.tmp", ".ckpt-1.h5. \(dead)-1.tmp", ".ckpt-1.h5.\(dead)-0.TMP", ".ckpt-1.h5.0-0.tmp",
      ".ckpt-1.h5.\(dead).tmp", ".ckpt-1.h5.99999999999999-0.tmp", ".ckpt-1.h5.\(dead)-99999999999999999999.tmp",
    ]
    for name in own + foreign { try folder.put([1], as: name) }
    try FileManager.default.createDirectory(
      atPath: folder.file(".ckpt-3.h5.\(dead)-0.tmp"), withIntermediateDirectories: false)
    let removed = try removeLeftovers(in: folder.path, minimumAge: 0) { $0.hasPrefix("ckpt-") }
    #expect(removed == own.count)
    #expect(Set(folder.names) == Set(foreign + [".ckpt-3.h5.\(dead)-0.tmp"]))
    print("PROMISE A9 lookalikes=\(foreign.count + 1) touched=0")
  }

  @Test("a young unfinished file stays, whoever made it")
  func young() throws {
    let folder = try TemporaryFolder()
    try folder.put([1], as: ".ckpt-1.h5.\(dead)-0.tmp")
    #expect(try removeLeftovers(in: folder.path, minimumAge: 3600) { _ in true } == 0)
    #expect(folder.names.count == 1)
  }
}
