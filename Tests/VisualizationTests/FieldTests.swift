import Drawing
import Plotting
import Testing

@Suite("Contours and heat maps")
struct FieldTests {
  private func length(_ line: ContourLine) -> Double {
    var points = Array(zip(line.x, line.y))
    if line.isClosed { points.append(points[0]) }
    return zip(points, points.dropFirst()).reduce(0) { sum, pair in
      let (dx, dy) = (pair.1.0 - pair.0.0, pair.1.1 - pair.0.1)
      return sum + (dx * dx + dy * dy).squareRoot()
    }
  }

  @Test("the contour of a cone is one closed circle")
  func circle() {
    let grid = Grid(x: -2...2, y: -2...2, columns: 201, rows: 201) { ($0 * $0 + $1 * $1).squareRoot() }
    let lines = grid.contour(at: 1)
    #expect(lines.count == 1 && lines[0].isClosed)
    for (x, y) in zip(lines[0].x, lines[0].y) { #expect(abs((x * x + y * y).squareRoot() - 1) < 1e-3) }
    #expect(abs(length(lines[0]) - 2 * .pi) < 1e-3)
  }

  @Test("the contour of a plane is one straight open line from edge to edge, exactly where it should be")
  func plane() {
    let grid = Grid(x: 0...1, y: 0...1, columns: 11, rows: 7) { x, y in x + 2 * y }
    let lines = grid.contour(at: 1.25)
    #expect(lines.count == 1 && !lines[0].isClosed)
    for (x, y) in zip(lines[0].x, lines[0].y) { #expect(abs(x + 2 * y - 1.25) < 1e-12) }
    #expect(abs(length(lines[0]) - 1.25.squareRoot()) < 1e-12)
  }

  @Test("at a saddle the mean decides which corners are joined", arguments: [(2.0, true), (0.5, false)])
  func saddle(high: Double, joinsHigh: Bool) {
    // One square with two opposite high corners, (0, 0) and (1, 1).
    let grid = Grid(x: 0...1, y: 0...1, columns: 2, rows: 2, values: [high, -1, -1, high])
    let lines = grid.contour(at: 0)
    #expect(lines.count == 2)
    for line in lines {
      // If the high corners are joined, each line cuts off a low one, (1, 0) or (0, 1), else a high one.
      let (x, y) = (line.x.reduce(0, +) / 2, line.y.reduce(0, +) / 2)
      #expect((x > 0.5) == (joinsHigh ? y < 0.5 : y > 0.5))
    }
  }

  @Test("squares with a corner that is not a number have no line")
  func gaps() {
    let grid = Grid(x: 0...3, y: 0...3, columns: 4, rows: 4) { x, y in x == 1 && y == 1 ? .nan : x - 1.5 }
    let lines = grid.contour(at: 0)
    #expect(lines.count == 1)
    #expect(lines[0].y.min() == 2 && lines[0].y.max() == 3)
  }

  @Test("a heat map has the colour of each number at its place, the lowest y at the bottom")
  func heatMap() throws {
    let grid = Grid(x: 0...1, y: 0...1, columns: 2, rows: 2, values: [0, 0, 1, 1])
    var figure = Figure(width: 300, height: 300)
    figure.axes.heatMap(grid, map: .gray, limits: 0...1, colorBar: false)
    let area = try figure.layout().areas[0]
    let image = try figure.image()
    let x = Int(area.center.x)
    #expect(image[x, Int(area.y) + 2] & 255 >= 252)
    #expect(image[x, Int(area.bottom) - 2] & 255 <= 3)
    #expect((124...131).contains(image[x, Int(area.center.y)] & 255))
  }

  @Test("the areas of filled contours take the colour of their middle, and a hole stays a hole")
  func filledContours() throws {
    // A ring of high values around a low middle.
    let grid = Grid(x: -2...2, y: -2...2, columns: 121, rows: 121) { x, y in
      let r = (x * x + y * y).squareRoot()
      return 1 - abs(r - 1)
    }
    var figure = Figure(width: 400, height: 400)
    figure.axes.filledContours(grid, levels: [-1, 0.5, 1], map: .gray, limits: -1...1, colorBar: false)
    let layout = try figure.layout()
    let image = try figure.image()
    func gray(_ x: Double, _ y: Double) -> UInt32 {
      let area = layout.areas[0]
      return image[Int(area.x + area.width * (x + 2) / 4), Int(area.bottom - area.height * (y + 2) / 4)] & 255
    }
    let (low, high) = (UInt32(96), UInt32(223))  // the middles −0.25 and 0.75 between −1 and 1, of 255
    #expect(abs(Int(gray(1, 0)) - Int(high)) <= 2)
    #expect(abs(Int(gray(0, 0)) - Int(low)) <= 2)
    #expect(abs(Int(gray(1.9, 1.9)) - Int(low)) <= 2)
  }

  @Test("a matrix has its first row on top")
  func matrix() throws {
    var figure = Figure(width: 300, height: 300)
    figure.axes.matrix([[0, 1], [1, 1]], map: .gray, limits: 0...1, colorBar: false)
    let area = try figure.layout().areas[0]
    let image = try figure.image()
    #expect(image[Int(area.x + area.width / 4), Int(area.y + area.height / 4)] == 0xff00_0000)
    #expect(image[Int(area.x + area.width / 4), Int(area.y + 3 * area.height / 4)] == 0xffff_ffff)
  }

  @Test("a line with a gap is drawn in two pieces, and a lone point is seen")
  func gapsInLines() throws {
    var figure = Figure(width: 300, height: 200)
    figure.axes.line([0, 1, 2, 3, 4], [1, .nan, 1, .nan, 1], color: Color(0xff0000), width: 4)
    figure.axes.x.limits = 0...4
    figure.axes.y.limits = 0...2
    let area = try figure.layout().areas[0]
    let image = try figure.image()
    let row = Int(area.center.y)
    #expect(image[Int(area.center.x), row] == 0xffff_0000)
    #expect(image[Int(area.x + area.width * 0.25), row] != 0xffff_0000)
  }
}
