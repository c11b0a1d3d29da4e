#if canImport(Glibc)
internal import Glibc
#else
internal import Darwin
#endif
import Drawing
import Plotting

private func rosenbrock(_ x: Double, _ y: Double) -> Double {
  (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x)
}

private func hills(_ x: Double, _ y: Double) -> Double {
  3 * (1 - x) * (1 - x) * exp(-x * x - (y + 1) * (y + 1)) - 10 * (x / 5 - x * x * x - pow(y, 5)) * exp(-x * x - y * y)
    - exp(-(x + 1) * (x + 1) - y * y) / 3
}

/// Heat maps, contours, matrices and pictures.
let fieldExhibits: [Exhibit] = [
  Exhibit("heat-map") { theme in
    Figure(theme: theme) { axes in
      axes.title = "A heat map"
      axes.x.label = "x"
      axes.y.label = "y"
      axes.heatMap(Grid(x: -3...3, y: -3...3, hills), label: "height")
    }
  },
  Exhibit("contours") { theme in
    Figure(theme: theme) { axes in
      axes.title = "Contour lines"
      axes.x.label = "x"
      axes.y.label = "y"
      axes.contours(Grid(x: -3...3, y: -3...3, hills), showsValues: true)
    }
  },
  Exhibit("filled-contours") { theme in
    Figure(theme: theme) { axes in
      let grid = Grid(x: -2...2, y: -1...3, rosenbrock)
      let levels = stride(from: -1.0, through: 3.5, by: 0.5).map { pow(10, $0) }
      axes.title = "Rosenbrock's valley"
      axes.x.label = "x"
      axes.y.label = "y"
      axes.filledContours(grid, levels: levels, map: .honey, limits: 0.1...2500, isLogarithmic: true, label: "loss")
      axes.contours(grid, levels: levels, color: theme.ink.opacity(0.35), width: 0.8)
      axes.line(
        [-1.2, -1, -0.5, 0, 0.5, 0.9, 1], [1, 1.05, 0.3, 0.05, 0.22, 0.8, 1], label: "path", color: Color(0x1ca1e0),
        marker: .circle)
      axes.scatter([1], [1], label: "minimum", color: .white, shape: .star, size: 14, edge: .black)
    }
  },
  Exhibit("probability") { theme in
    var numbers = Numbers(seed: 1)
    let points = (0..<512).map { _ in (numbers.uniform() * 12.53 - 6.266, numbers.uniform() * 12.53 - 6.266) }
    let inside = points.filter { $0.0 * $0.0 + $0.1 * $0.1 <= 25 }
    let outside = points.filter { $0.0 * $0.0 + $0.1 * $0.1 > 25 }
    let grid = Grid(x: -7.2...7.2, y: -7.2...7.2, columns: 512, rows: 512) { x, y in
      1 / (1 + exp(-2.5 * ((x * x + y * y).squareRoot() - 5 + 0.25 * sin(3 * atan2(y, x)))))
    }
    return Figure(width: 800, height: 800, theme: theme) { axes in
      axes.title = "2D points and probability map after epoch 1024"
      axes.x.label = "x₁"
      axes.y.label = "x₂"
      axes.aspect = .equal
      axes.heatMap(grid, map: ColorMap.blueRed.faded(0.6, over: .white), limits: 0...1, label: "P(outside)")
      axes.contours(grid, levels: [0.5], color: .black, width: 1.6)
      axes.scatter(inside.map(\.0), inside.map(\.1), label: "inside", color: Color(0x384698), size: 6.5, edge: .white)
      axes.scatter(
        outside.map(\.0), outside.map(\.1), label: "outside", color: Color(0xac2724), size: 6.5, edge: .white)
    }
  },
  Exhibit("matrix") { theme in
    let counts: [[Double]] = [[50, 2, 0, 1], [3, 44, 5, 0], [0, 6, 40, 7], [1, 0, 4, 47]]
    let names = ["cat", "dog", "fox", "owl"]
    return Figure(width: 560, height: 480, theme: theme) { axes in
      axes.title = "Confusion matrix"
      axes.x = .categories(names, label: "predicted")
      axes.y = .categories(names, label: "true")
      axes.aspect = .equal
      axes.matrix(counts, map: theme.shade, label: "count", texts: counts.map { $0.map { String(Int($0)) } })
    }
  },
  Exhibit("color-maps") { theme in
    let maps: [(String, ColorMap)] = [
      ("lagoon", .lagoon), ("honey", .honey), ("ember", .ember), ("ink", .ink), ("glow", .glow), ("gray", .gray),
      ("blueRed", .blueRed), ("purpleGreen", .purpleGreen),
    ]
    var figure = Figure(rows: maps.count, columns: 1, width: 640, height: 520, title: "Colour maps", theme: theme)
    let ramp = Grid(x: 0...1, y: 0...1, columns: 256, rows: 2) { x, _ in x }
    for (index, entry) in maps.enumerated() {
      figure[index, 0].heatMap(ramp, map: entry.1, colorBar: false)
      figure[index, 0].x.ticks = .none
      figure[index, 0].y.ticks = .at([Tick(0.5, entry.0)])
    }
    return figure
  },
  Exhibit("images") { theme in
    var figure = Figure(rows: 2, columns: 5, width: 800, height: 360, title: "A grid of images", theme: theme)
    for index in 0..<10 {
      let values = (0..<196).map { place -> Double in
        let x = Double(place % 14) - 6.5
        let y = Double(place / 14) - 6.5
        let r = (x * x + y * y).squareRoot()
        return max(0, cos(r * (0.3 + 0.06 * Double(index)) + Double(index)))
      }
      figure[index / 5, index % 5].image(Image(gray: values, width: 14))
      figure[index / 5, index % 5].title = "filter \(index)"
    }
    return figure
  },
  Exhibit("mosaic") { theme in
    var figure = Figure(rows: 2, columns: 3, width: 900, height: 520, title: "Plots over several cells", theme: theme)
    figure.columnWeights = [1.4, 0.7, 0.7]
    let grid = Grid(x: -3...3, y: -3...3, columns: 120, rows: 120, hills)
    figure[rows: 0..<2, columns: 0..<1].heatMap(grid, map: theme.diverging, limits: -8...8, label: "output")
    figure[rows: 0..<2, columns: 0..<1].contours(grid, levels: [0])
    figure[rows: 0..<2, columns: 0..<1].title = "the network"
    for index in 0..<4 {
      let turn = Double(index) * 0.8
      let unit = Grid(x: -3...3, y: -3...3, columns: 60, rows: 60) { x, y in tanh(x * cos(turn) + y * sin(turn)) }
      let cell = (index / 2, 1 + index % 2)
      figure[cell.0, cell.1].heatMap(unit, map: theme.diverging, limits: -1...1, colorBar: false)
      figure[cell.0, cell.1].title = "unit \(index + 1)"
      figure[cell.0, cell.1].aspect = .equal
    }
    return figure
  },
]
