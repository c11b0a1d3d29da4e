import Dispatch
import Drawing
import Synchronization
import Testing

@Suite("PNG files compressed in parts")
struct PNGPartsTests {
  /// A picture of many colours that repeat over large distances, or of few.
  private func picture(_ width: Int, _ height: Int, colors: Int) -> Image {
    var numbers = Numbers(seed: 5)
    let row = (0..<width).map { _ in UInt32(numbers.uniform() * Double(colors)) &* 0x010203 & 0xffffff | 0xff000000 }
    let pixels = (0..<height).flatMap { y in (0..<width).map { row[($0 + y / 7) % width] } }
    return Image(width: width, height: height, pixels: pixels)
  }

  @Test(
    "pixels survive and the file is sound, whatever the size and the level",
    arguments: [(1, 1), (1, 300_000), (32_767, 1), (32_767, 9), (800, 800), (700, 375)], [0, 1, 2, 9])
  func survive(size: (width: Int, height: Int), level: Int) throws {
    for colors in [200, 60_000] {
      let image = picture(size.width, size.height, colors: colors)
      let bytes = try PNG.encode(image, level: level)
      #expect(try PNG.decode(bytes).image == image)
      let data = try chunks(of: bytes).filter { $0.name == "IDAT" }.flatMap(\.data)
      #expect((Int(data[0]) << 8 | Int(data[1])) % 31 == 0, "the head of the stream")
    }
  }

  @Test("the bytes are the same however many threads are free for the parts")
  func sameBytes() throws {
    let image = picture(900, 800, colors: 60_000)
    let first = try PNG.encode(image)
    #expect(try chunks(of: first).count { $0.name == "IDAT" } > 4)
    // Encoding from many threads at once leaves each from one to all processors, and parts end in any order.
    let same = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      if (try? PNG.encode(image)) == first { same.withLock { $0 += 1 } }
    }
    #expect(same.withLock { $0 } == 12)
  }

  @Test("parts refer to what stands before them, so dividing costs few bytes")
  func size() throws {
    // Rows that repeat nothing within themselves and are all the same: without the rows before it, each part would
    // store one anew.
    let row = (0..<800).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) | 0xff00_0000 }
    func bytes(rows: Int) throws -> Int {
      let pixels = (0..<rows).flatMap { _ in row }
      return try PNG.encode(Image(width: 800, height: rows, pixels: pixels)).count
    }
    let parts = 7
    #expect(try 8 * bytes(rows: 100) - bytes(rows: 800) > (parts - 2) * 3 * row.count)
  }
}
