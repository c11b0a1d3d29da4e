import Drawing
import Testing

// Advances and kerning from fontTools 4 on DejaVuSans.ttf 2.37 (2048 units per em).
private let widths: [(String, Double)] = [
  ("W", 2025), ("σ", 1298), ("∂", 1059), ("₁", 821), ("⬡", 1788), ("²", 821), ("−", 1716), ("AV", 2671), ("To", 2156),
]

@Suite("The canvas")
struct CanvasTests {
  @Test("fills, blends and clips exactly where told")
  func fills() throws {
    let image = try Sketch(20, 20) { canvas in
      canvas.clear(.white)
      canvas.fill(Path(Rectangle(x: 2, y: 3, width: 5, height: 4)), Color(0xff0000))
      canvas.fill(Path(Rectangle(x: 10, y: 10, width: 4, height: 4)), Color(red: 0, green: 0, blue: 0, alpha: 0.5))
      canvas.clipped(to: Path(Rectangle(x: 0, y: 15, width: 3, height: 5))) { canvas.clear(Color(0x0000ff)) }
    }.image()
    #expect(image[2, 3] == 0xffff_0000 && image[6, 6] == 0xffff_0000)
    #expect(image[1, 3] == 0xffff_ffff && image[7, 6] == 0xffff_ffff && image[2, 7] == 0xffff_ffff)
    #expect([0x7f, 0x80].contains(image[11, 11] & 255))
    #expect(image[2, 15] == 0xff00_00ff && image[3, 15] == 0xffff_ffff && image[2, 14] == 0xffff_ffff)
  }

  @Test(
    "a picture is computed row by row, and what a row leaves out is clear",
    arguments: [(3, 5), (70, 1000), (0, 4), (4, 0)])
  func rows(width: Int, height: Int) {
    let image = Image(width: width, height: height) { row, pixels in
      for column in pixels.indices where column != 1 { pixels[column] = UInt32(1000 * row + column) }
    }
    let expected = (0..<height).flatMap { row in (0..<width).map { $0 == 1 ? 0 : UInt32(1000 * row + $0) } }
    #expect(image.pixels == expected)
  }

  @Test("a snapped line of one unit fills whole pixels at every scale", arguments: [1.0, 2.0, 3.125])
  func snapping(scale: Double) throws {
    let image = try Sketch(20, 20) { canvas in
      canvas.clear(.white)
      let y = canvas.snapped(7.3, width: 1)
      canvas.stroke(Path(through: [Point(0, y), Point(20, y)]), Stroke(.black))
    }.image(scale: scale)
    let column = (0..<image.height).map { image[5, $0] }
    let dark = column.filter { $0 == 0xff00_0000 }.count
    #expect(dark >= Int(scale))
    // Where the width is no whole number of pixels, the rows at its edges are gray.
    #expect(column.filter { $0 != 0xff00_0000 && $0 != 0xffff_ffff }.count <= (scale == scale.rounded() ? 0 : 3))
  }

  @Test("the even-odd rule leaves the inside of a ring empty, the winding rule fills it")
  func rules() throws {
    func center(_ rule: Canvas.FillRule) throws -> UInt32 {
      try Sketch(30, 30) { canvas in
        canvas.clear(.white)
        var ring = Path(circle: Point(15, 15), radius: 12)
        ring.append(Path(circle: Point(15, 15), radius: 6))
        canvas.fill(ring, .black, rule: rule)
      }.image()[15, 15]
    }
    #expect(try center(.evenOdd) == 0xffff_ffff)
    #expect(try center(.winding) == 0xff00_0000)
  }

  @Test("pictures are enlarged in blocks or evenly")
  func images() throws {
    let source = Image(width: 2, height: 1, pixels: [0xff00_0000, 0xffff_ffff])
    func middle(_ interpolation: Interpolation) throws -> Image {
      try Sketch(40, 20) { $0.image(source, in: Rectangle(x: 0, y: 0, width: 40, height: 20), interpolation) }.image()
    }
    let blocks = try middle(.nearest)
    #expect(blocks[19, 10] == 0xff00_0000 && blocks[20, 10] == 0xffff_ffff)
    let even = try middle(.bilinear)
    #expect(even[0, 0] == 0xff00_0000 && even[39, 19] == 0xffff_ffff)
    #expect((100...156).contains(Int(even[20, 10] & 255)))
  }

  @Test("text stays inside the box it reports, upright and turned", arguments: [0.0, -.pi / 2, 0.6])
  func textBox(rotation: Double) throws {
    let fonts = try Fonts()
    let style = TextStyle(size: 16)
    let text = "Ag σ²∂η₁ ⬡"
    let box = fonts.box(of: text, at: Point(100, 100), style, .center, rotation: rotation)
    let image = try Sketch(200, 200) { canvas in
      canvas.clear(.white)
      canvas.text(text, at: Point(100, 100), style, .center, rotation: rotation)
    }.image()
    var ink = 0
    for row in 0..<200 {
      for column in 0..<200 where image[column, row] != 0xffff_ffff {
        ink += 1
        #expect(box.inset(by: -1.5).contains(Point(Double(column) + 0.5, Double(row) + 0.5)))
      }
    }
    #expect(ink > 300)
  }

  @Test("advances and kerning are the font's", arguments: widths)
  func advances(text: String, width: Double) throws {
    #expect(try Fonts().regular.width(of: text, size: 2048) == width)
  }

  @Test("the font has every sign the figures need")
  func signs() throws {
    let fonts = try Fonts()
    let text = "σ∂ηαβγλμθ‖∇²³⁰⁻₀₁₉·×−±≤≥≈∞½¼√ΣÄöüß⬡…°′"
    #expect(fonts.regular.covers(text))
    #expect(fonts.bold.covers(text))
    #expect(!fonts.regular.covers("漢"))
  }

  @Test("a missing font names the package to install")
  func missingFont() throws {
    let error = #expect(throws: DrawingError.self) { try Fonts(folders: ["/nowhere"]) }
    #expect(error == .missingFont(file: "DejaVuSans.ttf", searched: ["/nowhere"]))
    #expect("\(try #require(error))".contains("apt-get install fonts-dejavu-core"))
  }

  @Test("sizes that cannot be drawn are errors", arguments: [0.0, -3, .nan, .infinity, 40_000])
  func sizes(side: Double) {
    #expect(throws: DrawingError.self) { try Sketch(side, 10) { _ in }.image() }
    #expect(throws: DrawingError.self) { try Sketch(side, 10) { _ in }.svg() }
  }

  @Test("the same drawing gives the same bytes, as PNG, PDF and SVG")
  func identity() throws {
    let sketch = Sketch(120, 80) { canvas in
      canvas.clear(.white)
      canvas.image(Image(width: 2, height: 2, color: .black), in: Rectangle(x: 90, y: 5, width: 20, height: 10))
      canvas.text("Wabe ⬡", at: Point(10, 40), TextStyle(size: 14, weight: .bold))
      canvas.stroke(Path(circle: Point(80, 40), radius: 20), Stroke(.black, width: 2, dash: [4, 2]))
    }
    #expect(try sketch.png(provenance: Provenance(title: "a")) == sketch.png(provenance: Provenance(title: "a")))
    #expect(try sketch.pdf() == sketch.pdf())
    #expect(try sketch.svg() == sketch.svg())
    #expect(try String(decoding: sketch.svg(), as: UTF8.self).contains("<svg"))
    #expect(try String(decoding: sketch.pdf().prefix(5), as: UTF8.self) == "%PDF-")
  }

  @Test("files that cannot be written are errors with the path; an unknown ending is one too")
  func writing() throws {
    let sketch = Sketch(10, 10) { $0.clear(.white) }
    let error = #expect(throws: DrawingError.self) { try sketch.write(to: "/nowhere/at/all/picture.png") }
    #expect("\(try #require(error))".contains("/nowhere/at/all/picture.png"))
    #expect(throws: DrawingError.unknownFormat(path: "picture.gif")) { try sketch.write(to: "picture.gif") }
  }
}
