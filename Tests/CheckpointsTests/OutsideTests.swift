import Checkpoints
import FileFaults
import Files
import Foundation
import Testing

/// Files of somebody who wants this program to write, or read, where it should not.
@Suite(.serialized) struct OutsideTests {
  private static let cases:
    [(name: String, attack: @Sendable (_ inside: TemporaryFolder, _ outside: String) throws -> Void)] = [
      (
        "link in place of the file",
        {
          try link($1 + "/victim", at: $0.file("a.h5")); save(to: $0.file("a.h5"))
        }
      ),
      (
        "link to nothing yet",
        {
          try link($1 + "/new", at: $0.file("a.h5")); save(to: $0.file("a.h5"))
        }
      ),
      (
        "link to the folder",
        {
          try link($1, at: $0.file("a.h5")); save(to: $0.file("a.h5"))
        }
      ),
      (
        "link in place of the unfinished file",
        { inside, outside in
          try link(outside + "/victim", at: inside.file(".a.h5.\(getpid())-0.tmp"))
          try Checkpoint.save(Pair(first: Affine(2, 3), second: Affine(3, 1)), to: inside.file("a.h5"))
        }
      ),
      (
        "links in place of many unfinished files",
        { inside, outside in
          for attempt in 0..<20 { try link(outside + "/victim", at: inside.file(".a.h5.\(getpid())-\(attempt).tmp")) }
          try Checkpoint.save(Pair(first: Affine(2, 3), second: Affine(3, 1)), to: inside.file("a.h5"))
        }
      ),
      (
        "a second name of the victim as the unfinished file",
        { inside, outside in
          try FileManager.default.linkItem(atPath: outside + "/victim", toPath: inside.file(".a.h5.\(getpid())-0.tmp"))
          try Checkpoint.save(Pair(first: Affine(2, 3), second: Affine(3, 1)), to: inside.file("a.h5"))
        }
      ),
      (
        "link among leftovers",
        { inside, outside in
          try link(outside + "/victim", at: inside.file(".a.h5.99999999-0.tmp"))
          #expect(try removeLeftovers(in: inside.path, minimumAge: 0) { _ in true } == 0)
        }
      ),
      (
        "link among checkpoints to be read",
        { inside, outside in
          try link(outside + "/victim", at: inside.file("ckpt-00000007.h5"))
          var model = Pair(first: Affine(2, 3), second: Affine(3, 1))
          #expect(throws: LoadError.self) { try CheckpointFolder(inside.path).loadNewest(into: &model) }
        }
      ),
      (
        "link among checkpoints to be removed",
        { inside, outside in
          try link(outside + "/victim", at: inside.file("ckpt-00000001.h5"))
          let folder = CheckpointFolder(inside.path, keep: 1)
          let model = Pair(first: Affine(2, 3), second: Affine(3, 1))
          for step in 2...4 { try folder.save(model, at: Progress(epoch: step)) }
        }
      ),
      (
        "link to be loaded",
        { inside, outside in
          try link(outside + "/victim", at: inside.file("a.h5"))
          var model = Pair(first: Affine(2, 3), second: Affine(3, 1))
          #expect(throws: LoadError.self) { try Checkpoint.load(inside.file("a.h5"), into: &model) }
        }
      ),
      (
        "tensors with names like paths",
        { inside, outside in
          let module = Pair(first: Affine(2, 3), second: Affine(3, 1), secondName: "../\(outside)/x")
          #expect(throws: SaveError.self) { try Checkpoint.save(module, to: inside.file("a.h5")) }
        }
      ),
      (
        "a path that ends above",
        { inside, _ in
          for ending in ["..", ".", "a\0b", ""] { save(to: inside.file(ending)) }
        }
      ),
    ]

  @Test("nothing outside the folder is opened, made or changed", arguments: cases.indices)
  func outside(index: Int) throws {
    let (name, attack) = Self.cases[index]
    let (inside, outside) = (try TemporaryFolder(), try TemporaryFolder())
    try outside.put([1, 2, 3], as: "victim")
    let (path, isHardLink) = (outside.path, name.hasPrefix("a second name"))
    let watch = try #require(FolderWatch(path), "inotify is not available")
    try attack(inside, path)
    // A second name counts as a change of the file that it is made for; nothing may follow.
    #expect(!watch.happened() || isHardLink, "\(name)")
    #expect(outside.names == ["victim"] && outside.bytes("victim") == [1, 2, 3], "\(name)")
    // Reading the victim just now shows that the watch would have noticed.
    #expect(watch.happened())
    if index == Self.cases.count - 1 { print("PROMISE A6 cases=\(Self.cases.count) outside=0") }
  }

  private static func link(_ target: String, at path: String) throws {
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
  }

  /// Tries to save, and must be refused.
  private static func save(to path: String) {
    let model = Pair(first: Affine(2, 3), second: Affine(3, 1))
    #expect(throws: SaveError.self) { try Checkpoint.save(model, to: path) }
  }
}
