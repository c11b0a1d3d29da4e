import CHDF5
import FileFaults
import Files
import Foundation
import HDF5
import Testing

/// Makes files that a stranger could send, with libhdf5 itself.
private struct HostileFile {
  let file: hid_t
  let path: String

  init(_ folder: TemporaryFolder) {
    path = folder.file("hostile.h5")
    file = H5Fcreate(path, wabe_h5f_create(), wabe_h5p_default(), wabe_h5p_default())
  }

  func space(_ sizes: [hsize_t], largest: [hsize_t]? = nil) -> hid_t {
    H5Screate_simple(Int32(sizes.count), sizes, largest)
  }

  func array(_ name: String, type: hid_t, _ sizes: [hsize_t], prepare: (hid_t) -> Void = { _ in }) {
    let list = H5Pcreate(wabe_h5p_dataset_create())
    prepare(list)
    let (plain, space) = (wabe_h5p_default(), space(sizes))
    let array = H5Dcreate2(file, name, type, space, plain, list, plain)
    #expect(array >= 0)
    H5Dclose(array)
    H5Sclose(space)
    H5Pclose(list)
  }

  func attribute(_ name: String, type: hid_t, _ sizes: [hsize_t] = []) {
    let space = sizes.isEmpty ? H5Screate(H5S_SCALAR) : space(sizes)
    let attribute = H5Acreate2(file, name, type, space, wabe_h5p_default(), wabe_h5p_default())
    #expect(attribute >= 0)
    H5Aclose(attribute)
    H5Sclose(space)
  }

  func group(_ name: String) {
    H5Gclose(H5Gcreate2(file, name, wabe_h5p_default(), wabe_h5p_default(), wabe_h5p_default()))
  }

  /// Groups, each in the one before.
  func groups(inside depth: Int) {
    var outer = file
    for _ in 0..<depth {
      let inner = H5Gcreate2(outer, "g", wabe_h5p_default(), wabe_h5p_default(), wabe_h5p_default())
      if outer != file { H5Gclose(outer) }
      outer = inner
    }
    H5Gclose(outer)
  }

  consuming func finished() throws -> [UInt8] {
    H5Fclose(file)
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

@Suite(.serialized) struct HostileFileTests {
  private static let float = wabe_h5t_float32()

  private static let cases: [(name: String, make: @Sendable (borrowing HostileFile) -> Void)] = [
    ("soft link", { H5Lcreate_soft("/x", $0.file, "a", wabe_h5p_default(), wabe_h5p_default()) }),
    ("soft link to itself", { H5Lcreate_soft("/a", $0.file, "a", wabe_h5p_default(), wabe_h5p_default()) }),
    ("external link", { H5Lcreate_external("/etc/passwd", "/", $0.file, "a", wabe_h5p_default(), wabe_h5p_default()) }),
    (
      "external storage",
      { $0.array("a", type: float, [4]) { _ = H5Pset_external($0, "/etc/passwd", 0, 16) } }
    ),
    ("huge shape", { $0.array("a", type: float, [1 << 50]) }),
    (
      "overflowing shape",
      { $0.array("a", type: float, [1 << 31, 1 << 31, 4]) { _ = H5Pset_fill_time($0, H5D_FILL_TIME_NEVER) } }
    ),
    (
      "deflate",
      {
        $0.array("a", type: float, [1 << 20]) { list in
          var chunk: hsize_t = 1 << 20
          H5Pset_chunk(list, 1, &chunk)
          H5Pset_deflate(list, 9)
        }
      }
    ),
    (
      "chunks",
      {
        $0.array("a", type: float, [16]) { list in
          var chunk: hsize_t = 4
          H5Pset_chunk(list, 1, &chunk)
        }
      }
    ),
    (
      "compact", { $0.array("a", type: float, [4]) { _ = H5Pset_layout($0, H5D_COMPACT) } }
    ),
    (
      "virtual",
      { file in
        file.array("a", type: float, [4]) { list in
          let space = H5Screate_simple(1, [4], nil)
          H5Pset_virtual(list, space, "/etc/passwd", "x", space)
          H5Sclose(space)
        }
      }
    ),
    (
      "compound",
      { file in
        let type = H5Tcreate(H5T_COMPOUND, 8)
        H5Tinsert(type, "x", 0, float)
        file.array("a", type: type, [2])
        H5Tclose(type)
      }
    ),
    (
      "cycle", { H5Lcreate_hard($0.file, "/", $0.file, "a", wabe_h5p_default(), wabe_h5p_default()) }
    ),
    (
      "twins",
      { file in
        file.array("a", type: float, [2])
        H5Lcreate_hard(file.file, "a", file.file, "b", wabe_h5p_default(), wabe_h5p_default())
      }
    ),
    ("deep", { $0.groups(inside: 3000) }),
    ("control characters", { $0.group("a\u{1b}[31m") }),
    ("long name", { $0.group(String(repeating: "a", count: 400)) }),
    ("many notes", { file in for index in 0..<2000 { file.attribute("n\(index)", type: float) } }),
    ("note as an array", { $0.attribute("n", type: float, [5]) }),
    (
      "text of variable length",
      { file in
        let type = H5Tcopy(wabe_h5t_string())
        // H5T_VARIABLE, the largest size_t.
        H5Tset_size(type, -1)
        file.attribute("n", type: type)
        H5Tclose(type)
      }
    ),
    (
      "committed type",
      { file in
        let type = H5Tcopy(float)
        H5Tcommit2(file.file, "t", type, wabe_h5p_default(), wabe_h5p_default(), wabe_h5p_default())
        H5Tclose(type)
      }
    ),
  ]

  @Test("files with anything but plain arrays are refused with a reason", arguments: cases.indices)
  func refused(index: Int) throws {
    let (name, make) = Self.cases[index]
    H5Eset_auto2(wabe_h5e_default(), nil, nil)
    let folder = try TemporaryFolder()
    let hostile = HostileFile(folder)
    make(hostile)
    let bytes = try hostile.finished()
    #expect(throws: HDF5Error.self, "\(name)") { try HDF5Content(strictly: FileBytes(bytes)) }
    if index == Self.cases.count - 1 { print("PROMISE B4 hostile=\(Self.cases.count) accepted=0") }
  }

  @Test("refusing such a file takes little memory, whatever sizes it claims", arguments: cases.indices)
  func memory(index: Int) throws {
    let (name, make) = Self.cases[index]
    H5Eset_auto2(wabe_h5e_default(), nil, nil)
    let folder = try TemporaryFolder()
    let hostile = HostileFile(folder)
    make(hostile)
    _ = try hostile.finished()
    let process = try start(try program("save-loop"), [folder.file("hostile.h5"), "0"])
    #expect(wait(for: process) == 65, "\(name)")
    let line = String(decoding: try #require(folder.bytes("hostile.h5.peak")), as: UTF8.self)
    let kilobytes = try #require(line.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }.first)
    #expect(kilobytes < 64 << 10, "\(name)")
    let megabytes = kilobytes >> 10
    if index == Self.cases.count - 1 { print("PROMISE B5 files=\(Self.cases.count) rss=\(megabytes)MB") }
  }

  @Test("the same files without the hostile part are accepted, so the refusals above are for the right reason")
  func plain() throws {
    let folder = try TemporaryFolder()
    let file = HostileFile(folder)
    file.group("g")
    file.attribute("n", type: Self.float)
    file.array("g/a", type: Self.float, [2]) { _ = H5Pset_alloc_time($0, H5D_ALLOC_TIME_EARLY) }
    let content = try HDF5Content(strictly: FileBytes(try file.finished()))
    #expect(content.arrays.map(\.name) == ["g/a"] && content.attributes.map(\.name) == ["n"])
  }

  @Test("whatever bytes come, the error is ours and nothing is printed, from any thread", .timeLimit(.minutes(1)))
  func silence() async throws {
    let folder = try TemporaryFolder()
    let copy = dup(2)
    let capture = open(folder.file("stderr"), O_RDWR | O_CREAT, 0o600)
    dup2(capture, 2)
    await withTaskGroup(of: Bool.self) { group in
      for thread in 0..<4 {
        group.addTask {
          for index in 0..<50 {
            let bytes = [UInt8](repeating: UInt8(thread * 50 + index), count: 100 + index)
            if (try? HDF5Content(strictly: FileBytes(bytes))) != nil { return false }
          }
          return true
        }
      }
      for await refused in group { #expect(refused) }
    }
    fsync(2)
    dup2(copy, 2)
    close(copy)
    close(capture)
    let printed = String(decoding: folder.bytes("stderr") ?? [], as: UTF8.self)
    #expect(!printed.contains("HDF5-DIAG"))
  }
}
