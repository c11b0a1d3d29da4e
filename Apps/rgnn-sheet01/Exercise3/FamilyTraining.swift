import Plotting
import Visualization
import Wabe

/// A number of nets of one kind, each trained as the sheet trains: 512 points, batches of 64, Adam.
struct FamilyTraining: Sendable {
  /// What kind of nets, and how they are trained.
  struct Recipe: Sendable {
    /// The number of units from the inputs to the logit.
    var sizes: [Int]
    var bend = Bend.relu
    var start = NetworkFamily.Start.glorot
    var epochs = 256
    var learningRate = 0.01
    /// Whether the inputs lie between −1 and 1.
    var isNormalized = false

    /// The kind in a few letters, such as "2-3-1 ReLU".
    var name: String { sizes.map(String.init).joined(separator: "-") + " " + bend.name }
  }

  let recipe: Recipe
  /// The trained nets.
  let nets: NetworkFamily
  /// The points of all nets: [nets, 512, 2] and [nets, 512, 1].
  let inputs: Tensor, targets: Tensor
  /// The radius of the circle.
  let radius: Double
  /// The share of its own points that each net has right.
  let accuracies: [Double]

  /// Trains one net for each seed.
  init(_ recipe: Recipe, seeds: [UInt64]) {
    self.recipe = recipe
    var members: [[Linear]] = []
    var points: [DiscInSquare] = []
    for seed in seeds {
      var random = RandomSource(seed: seed).stream("hexagon")
      points.append(
        DiscInSquare(count: 512, normalized: recipe.isNormalized, dtype: .float64, using: &random))
      members.append(NetworkFamily.layers(recipe.sizes, recipe.bend, recipe.start, using: &random))
    }
    let inputs = Tensor.stack(points.map(\.inputs))
    let targets = Tensor.stack(points.map(\.targets))
    var nets = NetworkFamily(members, recipe.bend)
    var adam = Adam(learningRate: recipe.learningRate)
    // The points of the nets are independent of each other, so that one order can serve all.
    var random = RandomSource(seed: seeds[0]).stream("order")
    for _ in 0..<recipe.epochs {
      let order = Tensor.permutation(512, using: &random)
      let x = inputs.taking(order, axis: 1).split(into: 8, axis: 1)
      let y = targets.taking(order, axis: 1).split(into: 8, axis: 1)
      for (x, y) in zip(x, y) {
        let (_, gradients) = valueWithGradient(at: &nets) {
          binaryCrossEntropy(logits: $0(x), targets: y, reduction: .sum) / 64
        }
        adam.update(&nets, with: gradients)
      }
    }
    self.nets = nets
    self.inputs = inputs
    self.targets = targets
    radius = points[0].radius
    let right = ((nets(inputs) .> 0) .== (targets .> 0.5)).cast(to: .float64)
    accuracies = right.mean(axes: [1, 2]).scalars
  }

  /// The number of nets.
  var count: Int { accuracies.count }

  /// The boundary of a net: exact where its units bend along lines, else from a grid of values.
  func boundary(_ net: Int) -> BoundaryReport {
    let area = Double.pi * radius * radius
    if let plane = nets.plane(net) {
      // Three times as wide as the data, so that open boundaries are seen.
      let exact = PolygonBoundary(of: plane, halfSide: 7.52 * radius)
      return BoundaryReport(exact, referenceArea: area, lines: plane.firstLines)
    }
    return BoundaryReport(grid(net, halfSide: 4 * radius, resolution: 400), referenceArea: area)
  }

  /// The logit of a net on a square grid.
  func grid(_ net: Int, halfSide: Double, resolution: Int) -> Grid {
    let range = -halfSide...halfSide
    var x = Grid.tensor((range, range), resolution, .float64)
    let layers = nets[net]
    for (place, layer) in layers.enumerated() {
      x = layer(x)
      if place < layers.count - 1 { x = recipe.bend(x) }
    }
    return Grid(x: range, y: range, columns: resolution, rows: resolution, values: x.scalars)
  }
}
