import FileFaults
import Files
import Testing

@Suite struct NonFiniteTests {
  @Test("numbers that are not finite are counted wherever they are, in blocks of any size, and the digest is the same")
  func counts() throws {
    // Around the sizes at which the sink works in blocks and on two threads.
    for count in [0, 1, 7, 8191, 8193, 300_001] {
      for places in [[], [0], [count - 1], [count / 2, count / 3]] where places.allSatisfy((0..<count).contains) {
        var (narrow, wide) = ([Float](repeating: .greatestFiniteMagnitude, count: count), [Double]())
        wide = narrow.map { Double($0) * 1e200 }
        for (index, place) in Set(places).enumerated() {
          narrow[place] = index == 0 ? .nan : -.infinity
          wide[place] = index == 0 ? .infinity : -.nan
        }
        let arrays = [
          NamedArray(name: "a", type: .float32, shape: [count], elements: narrow),
          NamedArray(name: "b", type: .float64, shape: [count], elements: wide),
          NamedArray(name: "c", type: .int32, shape: [count], elements: [Int32](repeating: -1, count: count)),
        ]
        let folder = try TemporaryFolder()
        for (array, expected) in zip(arrays, [Set(places).count, Set(places).count, 0]) {
          try AtomicWriter().write(to: folder.file("a")) { sink throws(SaveError) in
            sink.startDigest()
            let found = try sink.append(counting: array)
            #expect(found == expected, "\(array.name) \(count) \(places)")
            #expect(sink.digest == array.bytes.withBytes { SHA256.digest(of: $0) })
          }
          #expect(folder.bytes("a") == array.bytes.withBytes { Array($0) })
        }
      }
    }
  }
}
