import Drawing
import Testing

@Suite("PNG files")
struct PNGTests {
  @Test("pixels survive writing and reading, whatever the storage", arguments: [2, 17, 256, 300, 5000])
  func roundTrip(colors: Int) throws {
    let image = Image(width: 100, height: 60) { column, row in
      let n = (row * 100 + column) % colors
      return Color(UInt32(truncatingIfNeeded: n &* 2_654_435 & 0xffffff))
    }
    let decoded = try PNG.decode(PNG.encode(image))
    #expect(decoded.image == image)
  }

  @Test("half-transparent pixels survive as well as their 8 bits allow", arguments: [true, false])
  func transparency(fewColors: Bool) throws {
    let image = Image(width: 40, height: 40) { column, row in
      Color(
        red: Double(fewColors ? column % 4 : column) / 40, green: Double(fewColors ? 1 : row) / 40, blue: 0.5,
        alpha: Double(row % 8) / 7)
    }
    let decoded = try PNG.decode(PNG.encode(image)).image
    for (a, b) in zip(image.pixels, decoded.pixels) {
      #expect(a >> 24 == b >> 24)
      for shift in [0, 8, 16] { #expect(abs(Int(a >> shift & 255) - Int(b >> shift & 255)) <= 1) }
    }
  }

  @Test("up to 256 colours are stored as a palette, more as three channels, transparency as four")
  func storage() throws {
    func type(_ image: Image, _ storage: PNG.Storage = .automatic) throws -> UInt8 {
      try chunks(of: PNG.encode(image, storage: storage))[0].data[9]
    }
    let few = Image(width: 16, height: 16) { x, y in Color(UInt32(16 * y + x)) }
    let many = Image(width: 17, height: 16) { x, y in Color(UInt32(17 * y + x)) }
    #expect(try type(few) == 3)
    #expect(try type(many) == 2)
    #expect(try type(few, .rgb) == 2)
    var clear = many
    clear[3, 3] = 0
    #expect(try type(clear) == 6)
  }

  @Test("the file says its resolution, its colour space and where it comes from, before the pixels")
  func metadata() throws {
    var provenance = Provenance(
      software: "Wabe 1.2", title: "für ⬡", experiment: "hexagon", seed: 42, commandLine: "wabe run --seed 42")
    provenance.more = [.init("Loss", "σ = 0.25")]
    let bytes = try PNG.encode(Image(width: 3, height: 2, color: .white), dpi: 150, provenance: provenance)
    let names = try chunks(of: bytes).map(\.name)
    let pixels = try #require(names.firstIndex(of: "IDAT"))
    for name in ["sRGB", "pHYs", "tEXt", "iTXt"] {
      let place = try #require(names.firstIndex(of: name))
      #expect(place < pixels)
    }
    #expect(!names.contains("tIME"))
    let physical = try #require(try chunks(of: bytes).first { $0.name == "pHYs" })
    #expect(physical.data == [0, 0, 0x17, 0x12, 0, 0, 0x17, 0x12, 1])  // 5906 per metre
    let decoded = try PNG.decode(bytes)
    #expect(decoded["Software"] == "Wabe 1.2")
    #expect(decoded["Title"] == "für ⬡")
    #expect(decoded["Experiment"] == "hexagon")
    #expect(decoded["Seed"] == "42")
    #expect(decoded["Command"] == "wabe run --seed 42")
    #expect(decoded["Loss"] == "σ = 0.25")
    #expect(abs((decoded.dpi ?? 0) - 150) < 0.02)
  }

  @Test("a keyword that PNG does not allow is an error", arguments: ["", " x", String(repeating: "k", count: 80), "⬡"])
  func badKeyword(keyword: String) {
    var provenance = Provenance()
    provenance.more = [.init(keyword, "text")]
    #expect(throws: DrawingError.self) {
      try PNG.encode(Image(width: 1, height: 1), provenance: provenance)
    }
  }

  @Test("files of other programs are read: gray, packed bits, palette, 16 bits, transparency by colour")
  func foreign() throws {
    let gray = HandmadePNG(width: 2, height: 2, depth: 8, color: 0, rows: [[0, 100], [200, 255]])
    #expect(try PNG.decode(gray.bytes).image.gray == [0, 100, 200, 255])
    #expect(try !PNG.decode(gray.bytes).hasColor)

    let bits = HandmadePNG(width: 9, height: 1, depth: 1, color: 0, rows: [[0b1010_0000, 0b1000_0000]])
    #expect(try PNG.decode(bits.bytes).image.gray == [255, 0, 255, 0, 0, 0, 0, 0, 255])

    let deep = HandmadePNG(
      width: 2, height: 1, depth: 16, color: 2, rows: [[0xff, 0xff, 0x80, 0x80, 0, 0, 0, 0, 0x12, 0x34, 0xff, 0x00]])
    #expect(try PNG.decode(deep.bytes).image.pixels == [0xffff_8000, 0xff00_12fe])
    #expect(try PNG.decode(deep.bytes).hasColor)

    let palette = HandmadePNG(
      width: 4, height: 1, depth: 2, color: 3, rows: [[0b00_01_10_11]],
      extra: [("PLTE", [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 9, 9]), ("tRNS", [255, 255, 0])])
    #expect(try PNG.decode(palette.bytes).image.pixels == [0xffff_0000, 0xff00_ff00, 0, 0xff09_0909])

    let keyed = HandmadePNG(
      width: 2, height: 1, depth: 8, color: 2, rows: [[1, 2, 3, 4, 5, 6]], extra: [("tRNS", [0, 1, 0, 2, 0, 3])])
    #expect(try PNG.decode(keyed.bytes).image.pixels == [0, 0xff04_0506])
  }

  @Test("a picture larger than the limit is refused before its pixels are read")
  func limit() throws {
    let bomb = HandmadePNG(width: 30_000, height: 30_000, depth: 8, color: 2, rows: [[0]])
    #expect(throws: DrawingError.tooManyPixels(width: 30_000, height: 30_000, limit: 1_000_000)) {
      try PNG.decode(bomb.bytes, pixelLimit: 1_000_000)
    }
  }

  @Test("every cut and every damaged byte of a file is an error or harmless, never a crash")
  func damage() throws {
    let image = Image(width: 9, height: 7) { x, y in Color(UInt32(x * 5000 + y * 70)) }
    let bytes = try PNG.encode(image, dpi: 96, provenance: Provenance(title: "damage"))
    let end = bytes.count - 12  // without IEND the pixels may already be whole
    for length in 0..<end { #expect(throws: DrawingError.self) { try PNG.decode(Array(bytes[..<length])) } }
    for place in bytes.indices {
      var damaged = bytes
      damaged[place] ^= 0x55
      if let decoded = try? PNG.decode(damaged, pixelLimit: 10_000) { #expect(decoded.image.width > 0) }
    }
    #expect(throws: DrawingError.badPNG(reason: "not a PNG file: the signature is missing")) {
      try PNG.decode([1, 2, 3])
    }
  }

  @Test("an animation is a PNG whose frames are numbered without gaps")
  func animation() throws {
    var animation = Animation(frameDuration: 40, finalDuration: 1000)
    for step in 0..<3 {
      try animation.append(Sketch(64, 48) { $0.clear(Color(gray: Double(step) / 2)) })
    }
    let bytes = try animation.png()
    let parts = try chunks(of: bytes)
    #expect(parts.first { $0.name == "acTL" }?.data == [0, 0, 0, 3, 0, 0, 0, 0])
    let numbers = parts.filter { $0.name == "fcTL" || $0.name == "fdAT" }.map { part in
      part.data[..<4].reduce(0) { $0 << 8 | Int($1) }
    }
    #expect(numbers == Array(0..<numbers.count))
    let durations = parts.filter { $0.name == "fcTL" }.map { Int($0.data[20]) << 8 | Int($0.data[21]) }
    #expect(durations == [40, 40, 1000])
    #expect(parts.filter { $0.name == "IDAT" }.count >= 1)
    // A reader that knows no animations shows the first frame.
    #expect(try PNG.decode(bytes).image.pixels.allSatisfy { $0 == 0xff00_0000 })
  }
}
