import Exporters
import FileFaults
import Files
import Foundation
import Testing

@Suite struct SafetensorsTests {
  func bytes(_ header: String, data: Int, length: Int? = nil) -> [UInt8] {
    let count = UInt64(length ?? header.utf8.count)
    return withUnsafeBytes(of: count.littleEndian) { Array($0) } + Array(header.utf8)
      + (0..<data).map { UInt8(truncatingIfNeeded: $0) }
  }

  func read(_ bytes: [UInt8]) throws(LoadError) -> SafetensorsFile {
    try SafetensorsFile(reading: FileBytes(bytes), path: "a.safetensors")
  }

  @Test("what is written is read back: names, types, shapes, numbers and metadata")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    let arrays = [
      NamedArray(name: "0.weight", type: .float32, shape: [2, 3], elements: (0..<6).map { Float($0) / 3 }),
      NamedArray(name: "flags", type: .bool, shape: [3], elements: [UInt8(1), 0, 1]),
      NamedArray(name: "steps", type: .int64, shape: [], elements: [Int64.min]),
      NamedArray(name: "none", type: .float64, shape: [0, 5], elements: [Double]()),
      NamedArray(name: "ü⬡", type: .uint8, shape: [1], elements: [UInt8(9)]),
    ]
    let file = SafetensorsFile(arrays: arrays, metadata: ["framework": "wabe", "note": "a \"b\"\n⬡"])
    try file.write(to: folder.file("a.safetensors"))
    let loaded = try SafetensorsFile(readingFrom: folder.file("a.safetensors"))
    #expect(loaded.metadata == file.metadata)
    #expect(Set(loaded.arrays.map(\.name)) == Set(arrays.map(\.name)))
    for array in arrays {
      let other = try #require(loaded.arrays.first { $0.name == array.name })
      #expect(other.type == array.type && other.shape == array.shape)
      #expect(other.bytes.withBytes { Array($0) } == array.bytes.withBytes { Array($0) })
    }
    let raw = try #require(folder.bytes("a.safetensors"))
    #expect(raw[0] % 8 == 0, "the header is padded so that the numbers are aligned")
  }

  @Test(
    "what the format's reference reader accepts and means one thing only is accepted",
    arguments: [
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}    "#, 2),
      (#"{"a":{"shape":[2],"data_offsets":[0,2],"dtype":"U8","extra":1}}"# + "\n", 2),
      (#"{"b":{"dtype":"U8","shape":[1],"data_offsets":[1,2]},"a":{"dtype":"U8","shape":[],"data_offsets":[0,1]}}"#, 2),
      (#"{"__metadata__":null,"a":{"dtype":"F32","shape":[0],"data_offsets":[0,0]}}"#, 0), ("{}", 0),
    ])
  func accepted(header: String, data: Int) throws {
    _ = try read(bytes(header, data: data))
  }

  @Test(
    "headers that lie, leave gaps, repeat names or are no strict JSON are refused",
    arguments: [
      (#" {"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2
      ),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}"#, 2),
      (
        #"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[1,3]}}"#, 3
      ),
      (#"{"a":{"dtype":"U8","shape":[1],"data_offsets":[2,1]}}"#, 2),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 3),
      (#"{"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 1),
      (#"{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"U9","shape":[2],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}}"#, 0),
      (#"{"a":{"dtype":"F32","shape":[0,4611686018427387904,4],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}}"#, 2),
      (#"{"a":{"dtype":"U8","shape":[1e0],"data_offsets":[0,1]}}"#, 1),
      (#"{"a":{"dtype":"BOOL","shape":[3],"data_offsets":[0,3]}}"#, 3),
      (#"{"a\u0000":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}"#, 2),
      (#"{"__metadata__":{"a":1}}"#, 0), (#"[]"#, 0), (#"{"a":1}"#, 0), (#"{"a":{}}"#, 0),
      (#"{"a":{"dtype":"U8","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,1]}}"#, 1),
    ])
  func refused(header: String, data: Int) {
    #expect(throws: LoadError.self) { try read(bytes(header, data: data)) }
  }

  @Test(
    "lengths of the header that do not fit are refused before anything is allocated", arguments: [0, 1, 3, 1 << 40])
  func lengths(length: Int) {
    #expect(throws: LoadError.self) { try read(bytes("{}", data: 0, length: length)) }
    #expect(throws: LoadError.self) { try read([1, 2, 3]) }
  }

  @Test("damaged headers never end the process and never give an array that does not fit its bytes")
  func damage() throws {
    let header =
      #"{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"U8","shape":[2],"data_offsets":[8,10]}}"#
    let original = bytes(header, data: 10)
    var random = SplitMix(seed: faultSeed())
    var refused = 0
    let count = faultCount(usual: 10_000)
    for _ in 0..<count {
      do throws(LoadError) {
        for array in try read(mutated(original, using: &random)).arrays {
          #expect(array.type.byteCount(of: array.shape) == array.bytes.byteCount)
        }
      } catch { refused += 1 }
    }
    print("PROMISE B6 mutations=\(count) refused=\(refused) crashes=0 seed=\(faultSeed())")
  }
}
