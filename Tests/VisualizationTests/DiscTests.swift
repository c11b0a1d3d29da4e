import Drawing
import Foundation
import Testing

@Suite("Discs on pixels")
struct DiscTests {
  @Test("a disc covers its area and is centred, wherever it lies", arguments: [0.4, 1, 3.65, 7, 31], [0.0, 0.13, 0.5])
  func area(radius: Double, shift: Double) throws {
    let center = Point(40 + shift, 40 - shift / 2)
    let image = try Sketch(80, 80) { canvas in
      canvas.clear(.black)
      canvas.disc(at: center, radius: radius, .white)
    }.image()
    var (sum, x, y) = (0.0, 0.0, 0.0)
    for row in 0..<80 {
      for column in 0..<80 {
        let light = Double(image[column, row] & 255) / 255
        sum += light
        x += light * (Double(column) + 0.5)
        y += light * (Double(row) + 0.5)
      }
    }
    let area = Double.pi * radius * radius
    #expect(abs(sum - area) < 0.01 * area + 0.02)
    // What lies within one pixel is seen in its middle.
    let blur = radius < 1 ? 0.15 : 0.03
    #expect(abs(x / sum - center.x) < blur && abs(y / sum - center.y) < blur)
  }

  @Test("a disc with a line looks like two filled circles, also turned, enlarged, see-through and cut off")
  func likeCircles() throws {
    func picture(_ draw: @escaping @Sendable (Canvas, Point) -> Void) throws -> Image {
      try Sketch(120, 60) { canvas in
        canvas.clear(Color(0xd07040))
        canvas.clipped(to: Path(Rectangle(x: 10, y: 10, width: 60, height: 40))) {
          for step in 0..<9 { draw(canvas, Point(5.3 * Double(step) + 7, 12 + 4.1 * Double(step))) }
        }
        canvas.moved(to: Point(80, 20), rotation: 0.7, scale: 2) { draw(canvas, Point(4, 4)) }
        draw(canvas, Point(-1, 58))
      }.image(scale: 1.5)
    }
    let fill = Color(0x203080, alpha: 0.8)
    let discs = try picture { $0.disc(at: $1, radius: 4, fill, outline: Stroke(.white, width: 1)) }
    let circles = try picture { canvas, point in
      canvas.fill(Path(circle: point, radius: 4.5), .white)
      canvas.fill(Path(circle: point, radius: 3.5), fill)
    }
    #expect(PictureDifference(discs, circles).isInvisible)
    // Cairo fills a polygon inside the circle, so edges differ by a few hundredths.
    for (a, b) in zip(discs.pixels, circles.pixels) {
      for shift in [0, 8, 16, 24] { #expect(abs(Int(a >> shift & 255) - Int(b >> shift & 255)) <= 26) }
    }
    #expect(discs != (try picture { _, _ in }))
  }
}
