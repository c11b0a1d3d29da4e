import Drawing
import Plotting
import Testing

/// Figures that strain the layout, each at any size.
private let figures: [(name: String, make: @Sendable (Double, Double) -> Figure)] = [
  (
    "log with legend",
    { width, height in
      Figure(width: width, height: height) { axes in
        axes.title = "Training on the circle data, seed 7"
        axes.x.label = "epoch"
        axes.y = Axis(label: "binary cross-entropy", scale: .logarithmic)
        axes.line((1...50).map { 1 / Double($0) }, label: "training")
        axes.line((1...50).map { 1.2 / Double($0) + 0.03 }, label: "validation")
      }
    }
  ),
  (
    "wide numbers",
    { width, height in
      Figure(width: width, height: height) { axes in
        axes.x.label = "value"
        axes.line([-2e9, 1.5e9], [1.23456e-7, 1.23457e-7], label: "tiny")
      }
    }
  ),
  (
    "long names",
    { width, height in
      Figure(width: width, height: height) { axes in
        axes.x = .categories(["hidden.weight", "hidden.bias", "middle.weight", "output.weight"])
        axes.bars([1, 2, 3, 4], label: "norm")
        axes.y.label = "norm of the gradient"
      }
    }
  ),
  (
    "colour bar and legend",
    { width, height in
      Figure(width: width, height: height) { axes in
        axes.title = "A surface"
        axes.heatMap(Grid(x: -1...1, y: -1...1, columns: 30, rows: 30) { $0 * $1 }, label: "product")
        axes.scatter([0, 0.5], [0, 0.5], label: "points")
      }
    }
  ),
  (
    "four plots",
    { width, height in
      var figure = Figure(rows: 2, columns: 2, width: width, height: height, title: "All of them")
      for index in 0..<4 {
        figure[index / 2, index % 2].title = "plot \(index)"
        figure[index / 2, index % 2].x.label = "x"
        figure[index / 2, index % 2].y.label = "y"
        figure[index / 2, index % 2].function(over: 0...10, label: "f") { $0 * Double(index) }
      }
      return figure
    }
  ),
  (
    "equal units",
    { width, height in
      Figure(width: width, height: height) { axes in
        axes.aspect = .equal
        axes.title = "Equal"
        axes.y.label = "y"
        axes.scatter([0, 1, 2], [0, 5, 1], label: "p")
      }
    }
  ),
]

private let sizes = [(360.0, 270.0), (640, 480), (1200, 900)]

@Suite("The layout of figures")
struct LayoutTests {
  @Test("no text is cut off or touches another", arguments: figures.indices, sizes.indices)
  func texts(figure: Int, size: Int) throws {
    let layout = try figures[figure].make(sizes[size].0, sizes[size].1).layout()
    let page = Rectangle(x: 0, y: 0, width: layout.size.width, height: layout.size.height)
    #expect(layout.texts.count > 3)
    for text in layout.texts {
      #expect(page.contains(text.box), "\(figures[figure].name): \"\(text.text)\" at \(text.box)")
    }
    for (index, a) in layout.texts.enumerated() {
      for b in layout.texts[..<index] {
        // Turned names may have overlapping upright boxes without touching.
        if a.text.contains(".") && b.text.contains(".") && figures[figure].name == "long names" { continue }
        #expect(!a.box.inset(by: 1).overlaps(b.box.inset(by: 1)), "\"\(a.text)\" and \"\(b.text)\"")
      }
    }
  }

  @Test("plots do not overlap each other, their legends lie on the page", arguments: figures.indices, sizes.indices)
  func areas(figure: Int, size: Int) throws {
    let layout = try figures[figure].make(sizes[size].0, sizes[size].1).layout()
    let page = Rectangle(x: 0, y: 0, width: layout.size.width, height: layout.size.height)
    for legend in layout.legends { #expect(page.contains(legend)) }
    for bar in layout.colorBars { #expect(layout.areas.allSatisfy { !$0.overlaps(bar) }) }
    for (index, a) in layout.areas.enumerated() {
      #expect(max(a.width / page.width, a.height / page.height) > (layout.areas.count == 1 ? 0.4 : 0.12))
      for b in layout.areas[..<index] { #expect(!a.overlaps(b)) }
    }
  }

  @Test(
    "the legend goes where no data is",
    arguments: [
      (0.0, 1.0, 0.0, 1.0), (1, 0, 0, 1), (0, 1, 1, 0), (1, 0, 1, 0),
    ])
  func legend(x0: Double, x1: Double, y0: Double, y1: Double) throws {
    // A line along one diagonal and a cluster in one of the free corners leave three, two or one corner.
    let figure = Figure { axes in
      axes.line([x0, x1], [y0, y1], label: "diagonal")
      axes.scatter((0..<40).map { x1 - 0.004 * Double($0) * (x1 - x0) }, (0..<40).map { _ in y0 }, label: "cluster")
    }
    let layout = try figure.layout()
    let legend = try #require(layout.legends.first)
    let area = layout.areas[0]
    #expect(area.contains(legend))
    // The free corner lies opposite the cluster: at x0, y1.
    let isLeft = legend.center.x < area.center.x
    let isTop = legend.center.y < area.center.y
    #expect(isLeft == (x0 < x1) && isTop == (y1 > y0))
  }

  @Test("a legend that would cover data stands beside the plot")
  func crowdedLegend() throws {
    var numbers = Numbers(seed: 1)
    let figure = Figure { axes in
      axes.scatter(
        (0..<3000).map { _ in numbers.uniform() }, (0..<3000).map { _ in numbers.uniform() }, label: "everywhere")
    }
    let layout = try figure.layout()
    #expect(layout.legends[0].x > layout.areas[0].right)
  }

  @Test("equal units are equal on the picture")
  func aspect() throws {
    let figure = Figure(width: 700, height: 400) { axes in
      axes.aspect = .equal
      axes.x.limits = 0...4
      axes.y.limits = 0...3
    }
    let area = try figure.layout().areas[0]
    #expect(abs(area.width / 4 - area.height / 3) < 1e-9)
  }

  @Test("shared axes have the same limits, so the same number lies at the same place of each plot")
  func shared() throws {
    var figure = Figure(rows: 1, columns: 2, width: 600, height: 300)
    figure.sharesY = true
    figure[0, 0].line([0, 10])
    figure[0, 1].line([5, 100])
    let layout = try figure.layout()
    #expect(layout.areas[0].y == layout.areas[1].y && layout.areas[0].height == layout.areas[1].height)
    // Numbers stand only left of the first plot.
    let right = layout.texts.filter { $0.box.x > layout.areas[0].right && $0.box.bottom < layout.areas[0].bottom }
    #expect(right.isEmpty)
  }

  @Test("two renders of one figure are the same bytes; another seed is another file")
  func identity() throws {
    for entry in figures {
      let figure = entry.make(400, 300)
      #expect(try figure.png(provenance: Provenance(seed: 1)) == figure.png(provenance: Provenance(seed: 1)))
      #expect(try figure.png(provenance: Provenance(seed: 1)) != figure.png(provenance: Provenance(seed: 2)))
    }
  }

  @Test("a figure of 640 × 480 has 2000 × 1500 pixels at 300 dots per inch, and says so")
  func resolution() throws {
    let decoded = try PNG.decode(figures[0].make(640, 480).png(dpi: 300))
    #expect(decoded.image.width == 2000 && decoded.image.height == 1500)
    #expect(abs((decoded.dpi ?? 0) - 300) < 0.01)
  }
}
