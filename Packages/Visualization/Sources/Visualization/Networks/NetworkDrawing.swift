public import Drawing
public import Plotting

/// A small network as circles and lines: a line is the thicker the larger its weight, and its colour is the sign.
public struct NetworkDrawing: Picture, Sendable {
  /// The number of neurons in each layer, inputs first.
  public let sizes: [Int]
  /// The weights from each layer to the next [outputs][inputs].
  public let weights: [[[Double]]]
  /// The biases of each layer after the inputs; may be empty.
  public var biases: [[Double]] = []
  /// What each neuron says for one input, layer by layer; written into the circles unless empty.
  public var values: [[Double]] = []
  /// A name for each neuron, layer by layer; written beside the circles.
  public var names: [[String]] = []
  /// A title for each layer, written above it.
  public var titles: [String] = []
  /// Whether the weights are written on the lines; by default if there are at most 24.
  public var showsWeights: Bool
  /// The title of the picture.
  public var title = ""
  /// The colours and sizes.
  public var theme: Theme
  /// The extents of the picture.
  public var size: Size

  /// A drawing of the weights [outputs][inputs] of each layer.
  public init(_ weights: [[[Double]]], theme: Theme = .light) {
    let sizes = [weights.first?.first?.count ?? 0] + weights.map(\.count)
    for (index, layer) in weights.enumerated() where !layer.allSatisfy({ $0.count == sizes[index] }) {
      fatalError(
        "NetworkDrawing: layer \(index + 1) has rows of \(layer.map(\.count)) weights, but \(sizes[index]) neurons before "
          + "it: give one weight for each")
    }
    self.sizes = sizes
    self.weights = weights
    self.theme = theme
    showsWeights = weights.joined().joined().count <= 24
    let highest = Double(min(sizes.max() ?? 1, NetworkDrawing.mostShown))
    size = Size(max(360, 190 * Double(weights.count) + 170), max(240, (highest > 4 ? 66 : 116) * highest + 80))
  }

  static let mostShown = 10

  public func draw(on canvas: Canvas) throws(DrawingError) {
    canvas.clear(theme.background)
    let style = TextStyle(size: theme.figureTitleText, weight: .bold, color: theme.ink)
    if !title.isEmpty { canvas.text(title, at: Point(size.width / 2, 14), style, Anchor(.center, .top)) }
    let plan = NetworkPlan(self)
    drawEdges(plan, canvas)
    drawNeurons(plan, canvas)
    if showsWeights { drawWeights(plan, canvas) }
    drawTitles(plan, canvas)
  }

  /// The colour of a sign: blue for positive, orange for negative.
  func color(_ weight: Double) -> Color { theme.color(weight < 0 ? 1 : 0) }

  private func drawEdges(_ plan: NetworkPlan, _ canvas: Canvas) {
    let largest = weights.joined().joined().map { abs($0) }.filter(\.isFinite).max() ?? 1
    for edge in plan.edges {
      let weight = weights[edge.layer][edge.output][edge.input]
      let share = largest > 0 ? abs(weight) / largest : 0
      let stroke = Stroke(color(weight).opacity(0.35 + 0.55 * share), width: 0.6 + 5 * share)
      canvas.stroke(Path(through: [edge.from, edge.to]), stroke)
    }
  }

  private func drawNeurons(_ plan: NetworkPlan, _ canvas: Canvas) {
    for (layer, neurons) in plan.neurons.enumerated() {
      for neuron in neurons {
        canvas.draw(
          Path(circle: neuron.place, radius: plan.radius), fill: theme.background, Stroke(theme.ink, width: 1.4))
        let inside = text(values, layer, neuron.index).map { NumberText.short($0) } ?? name(layer, neuron.index)
        let fits = min(1, plan.radius * 1.7 / max(canvas.fonts.size(of: inside, TextStyle(size: theme.text)).width, 1))
        canvas.text(inside, at: neuron.place, TextStyle(size: theme.text * fits, color: theme.ink), .center)
        drawLabels(layer, neuron, plan.radius, canvas)
      }
      if let dots = plan.dots[layer] {
        for step in -1...1 { canvas.fill(Path(circle: dots.moved(0, 9 * Double(step)), radius: 2), theme.softInk) }
      }
    }
  }

  /// The name above a circle that holds a value, and the bias below it.
  private func drawLabels(_ layer: Int, _ neuron: NetworkPlan.Neuron, _ radius: Double, _ canvas: Canvas) {
    let style = TextStyle(size: theme.smallText, color: theme.softInk)
    if text(values, layer, neuron.index) != nil {
      let label = name(layer, neuron.index)
      canvas.text(label, at: neuron.place.moved(0, -radius - 4), style, Anchor(.center, .bottom))
    }
    if layer > 0, let bias = text(biases, layer - 1, neuron.index) {
      let label = "b = \(NumberText.short(bias))"
      canvas.text(label, at: neuron.place.moved(0, radius + 4), style, Anchor(.center, .top))
    }
  }

  /// Writes each weight on its line, where nothing is written yet.
  private func drawWeights(_ plan: NetworkPlan, _ canvas: Canvas) {
    let style = TextStyle(size: theme.smallText)
    var taken = plan.neurons.joined().map { neuron in
      Rectangle(x: neuron.place.x, y: neuron.place.y, width: 0, height: 0).inset(by: -plan.radius - 16)
    }
    for edge in plan.edges {
      let weight = weights[edge.layer][edge.output][edge.input]
      let label = NumberText.short(weight)
      let extent = canvas.fonts.size(of: label, style)
      var chosen: Rectangle?
      for share in [0.3, 0.36, 0.24, 0.42, 0.7, 0.64, 0.58, 0.5] {
        let middle = edge.from.moved((edge.to.x - edge.from.x) * share, (edge.to.y - edge.from.y) * share)
        let box = Rectangle(
          x: middle.x - extent.width / 2 - 3, y: middle.y - extent.height / 2 - 2, width: extent.width + 6,
          height: extent.height + 4)
        if chosen == nil { chosen = box }
        if !taken.contains(where: { $0.overlaps(box) }) {
          chosen = box
          break
        }
      }
      guard let box = chosen else { continue }
      taken.append(box)
      canvas.fill(Path(box, radius: 3), theme.background.opacity(0.9))
      let ink = color(weight).readable(on: theme.background)
      canvas.text(label, at: box.center, TextStyle(size: theme.smallText, color: ink), .center)
    }
  }

  private func drawTitles(_ plan: NetworkPlan, _ canvas: Canvas) {
    let style = TextStyle(size: theme.text, weight: .bold, color: theme.ink)
    for (layer, title) in titles.prefix(sizes.count).enumerated() {
      canvas.text(title, at: Point(plan.columns[layer], size.height - 14), style, Anchor(.center, .bottom))
    }
  }

  private func text(_ table: [[Double]], _ layer: Int, _ index: Int) -> Double? {
    table.indices.contains(layer) && table[layer].indices.contains(index) ? table[layer][index] : nil
  }

  private func name(_ layer: Int, _ index: Int) -> String {
    if names.indices.contains(layer), names[layer].indices.contains(index) { return names[layer][index] }
    let letter = layer == 0 ? "x" : layer == sizes.count - 1 ? "y" : "h"
    return letter + (sizes[layer] > 1 ? NumberText.subscripted(index + 1) : "")
  }
}

/// Where the parts of a network drawing stand.
struct NetworkPlan {
  struct Neuron {
    var index: Int
    var place: Point
  }

  struct Edge {
    var layer: Int
    var input: Int
    var output: Int
    var from: Point
    var to: Point
  }

  let radius: Double
  let columns: [Double]
  var neurons: [[Neuron]] = []
  var edges: [Edge] = []
  /// Where dots stand for the neurons left out of a large layer.
  var dots: [Int: Point] = [:]

  init(_ drawing: NetworkDrawing) {
    let top = drawing.title.isEmpty ? 30.0 : 60.0
    let bottom = drawing.titles.isEmpty ? 30.0 : 58.0
    let height = drawing.size.height - top - bottom
    let highest = Double(min(drawing.sizes.max() ?? 1, NetworkDrawing.mostShown))
    let spacing = height / max(highest, 1)
    radius = min(22, spacing * 0.3)
    let side = 70.0
    let last = max(drawing.sizes.count - 1, 1)
    columns = drawing.sizes.indices.map { side + (drawing.size.width - 2 * side) * Double($0) / Double(last) }
    let middle = top + height / 2
    for (layer, count) in drawing.sizes.enumerated() {
      let all = count <= NetworkDrawing.mostShown
      let half = (NetworkDrawing.mostShown - 1) / 2
      let shown = all ? Array(0..<count) : Array(0..<half) + Array(count - half..<count)
      let slots = all ? count : NetworkDrawing.mostShown
      neurons.append(
        shown.enumerated().map { position, index in
          // In a shortened layer the two slots in the middle belong to the dots.
          let slot = !all && position >= half ? position + slots - 2 * half : position
          let y = middle + (Double(slot) - Double(slots - 1) / 2) * spacing
          return Neuron(index: index, place: Point(columns[layer], y))
        })
      if !all { dots[layer] = Point(columns[layer], middle) }
    }
    for layer in 0..<drawing.weights.count {
      for from in neurons[layer] {
        for to in neurons[layer + 1] {
          edges.append(Edge(layer: layer, input: from.index, output: to.index, from: from.place, to: to.place))
        }
      }
    }
  }
}
