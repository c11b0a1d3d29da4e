import Testing

/// What the PNG specification demands of a file's chunks, checked without the library that wrote it.
struct StrictPNG {
  let names: [String]

  /// Records an issue for everything that is not as it should be.
  init(_ bytes: [UInt8]) throws {
    #expect(bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), "the signature")
    let all = try chunks(of: bytes)
    names = all.map(\.name)
    #expect(names.first == "IHDR" && names.last == "IEND", "first and last chunk")
    for single in ["IHDR", "PLTE", "tRNS", "sRGB", "pHYs", "acTL", "IEND"] {
      #expect(names.count { $0 == single } <= 1, "\(single) stands once")
    }
    let header = try #require(all.first).data
    try #require(header.count == 13)
    let width = StrictPNG.word(header[0..<4])
    let height = StrictPNG.word(header[4..<8])
    #expect(width > 0 && height > 0, "the size")
    let depths: [UInt8: [UInt8]] = [0: [1, 2, 4, 8, 16], 2: [8, 16], 3: [1, 2, 4, 8], 4: [8, 16], 6: [8, 16]]
    #expect(depths[header[9]]?.contains(header[8]) == true, "depth \(header[8]) of colour type \(header[9])")
    #expect(Array(header[10...12]) == [0, 0, 0], "compression, filter and no interlacing")
    try checkOrder()
    for chunk in all { checkContent(chunk) }
    if header[9] == 3 { #expect(names.contains("PLTE"), "a palette") }
    let lines = all.filter { $0.name == "IDAT" }.flatMap(\.data)
    #expect(lines.count >= 2 && lines[0] & 15 == 8 && (Int(lines[0]) << 8 | Int(lines[1])) % 31 == 0, "a zlib stream")
  }

  /// Colours before the palette, everything about the picture before its data, and the data in one run.
  private func checkOrder() throws {
    let data = names.indices.filter { names[$0] == "IDAT" }
    let first = try #require(data.first)
    let last = try #require(data.last)
    #expect(last - first == data.count - 1, "IDAT chunks follow each other")
    for name in ["sRGB", "PLTE", "tRNS", "pHYs", "acTL"] {
      if let place = names.firstIndex(of: name) { #expect(place < first, "\(name) stands before the data") }
    }
    if let colors = names.firstIndex(of: "sRGB"), let palette = names.firstIndex(of: "PLTE") {
      #expect(colors < palette, "sRGB stands before PLTE")
    }
  }

  private func checkContent(_ chunk: (name: String, data: [UInt8])) {
    let name = Array(chunk.name.utf8)
    #expect(name.count == 4 && name.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }, "a chunk's name")
    // The third letter is reserved and must be a capital.
    #expect(name.count == 4 && (65...90).contains(name[2]), "\(chunk.name)")
    switch chunk.name {
    case "PLTE": #expect(chunk.data.count % 3 == 0 && (3...768).contains(chunk.data.count), "the palette")
    case "sRGB": #expect(chunk.data.count == 1 && chunk.data[0] <= 3, "sRGB")
    case "pHYs": #expect(chunk.data.count == 9 && chunk.data[8] == 1, "pixels per metre")
    case "IEND": #expect(chunk.data.isEmpty, "IEND is empty")
    case "tEXt", "iTXt":
      let keyword = chunk.data.prefix { $0 != 0 }
      #expect((1...79).contains(keyword.count) && keyword.count < chunk.data.count, "the keyword of a text")
      let printable = keyword.allSatisfy { (32...126).contains($0) || $0 >= 161 }
      #expect(printable && keyword.first != 32 && keyword.last != 32, "the letters of a keyword")
    default: break
    }
  }

  private static func word(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reduce(0) { $0 << 8 | Int($1) } }
}
