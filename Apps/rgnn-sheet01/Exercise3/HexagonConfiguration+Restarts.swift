import Experiments
import Visualization
import Wabe

extension HexagonConfiguration {
  /// Random starts of the net 2-3-1 until one has 95 % right.
  func restart(_ run: inout Run) throws {
    run.heading("With random starts: repeat until it is good enough")
    let tries = (0..<40).map { run.seed &* 1_000 &+ 500 &+ $0 }
    let family = FamilyTraining(.init(sizes: [2, 3, 1], epochs: 512), seeds: tries)
    let good = (0..<family.count).filter { family.accuracies[$0] >= 0.95 }
    let hexagons = good.count { family.isHexagon($0) }
    run.say(
      """
      With Glorot's random weights one of the three units often dies or folds the plane where no points are; then \
      the boundary has 4 corners or stays open. This can be seen from the accuracy alone: of \(family.count) starts \
      (2-3-1, 512 epochs) \(good.count) have at least 95 % right, and \(hexagons) of these are convex hexagons. So one \
      repeats the training until the accuracy says that it worked.
      """)
    run.expect("a start with at least 95 % within 40 tries", holds: !good.isEmpty, source: "NumPy, .22 per try")
    guard let first = good.first, let polygon = family.boundary(first).polygon else { return }
    let angles = polygon.interiorAngles
    run.table(
      "The first accepted start",
      columns: ["try", "accuracy", "corners", "convex", "angles", "area / 25π"],
      rows: [
        [
          String(first + 1), family.accuracies[first].fixed(4), String(polygon.points.count),
          polygon.isConvex ? "yes" : "no", angles.map { "\($0.fixed(0))°" }.joined(separator: " "),
          (polygon.area / (25 * .pi)).fixed(3),
        ]
      ])
    let source = "NumPy, 142 of 142 runs"
    run.expect("accuracy of the accepted run", family.accuracies[first], atLeast: 0.95, source: source)
    run.expect("the accepted run has six corners", holds: polygon.points.count == 6, source: source)
    run.expect("the accepted run is convex", holds: polygon.isConvex, source: source)
    run.expect("its smallest angle", angles.min() ?? .nan, atLeast: 90, source: "NumPy")
    run.expect("its largest angle", angles.max() ?? .nan, atMost: 150, source: "NumPy")
    run.expect("its area over 25π", polygon.area / (25 * .pi), between: 0.9, and: 1.1, source: "NumPy")
  }

  /// The sheet's net with three units in both hidden layers.
  func trainSheetNet(_ run: inout Run) throws -> FamilyTraining {
    run.heading("The sheet's own net with hidden_size = 3")
    let family = FamilyTraining(.init(sizes: [2, 3, 3, 1]), seeds: run.seeds(50))
    let kinds = family.kinds
    let share = Double(kinds.count { $0 == .corners(6) }) / Double(kinds.count)
    run.say(
      """
      Setting `hidden_size` to 3 in the sheet's net gives 2-3-3-1 with two ReLU layers. Of \(family.count) starts \
      with 256 epochs \((100 * share).fixed(0)) % end with exactly six corners; the others are open, or have a corner \
      more from a fold of the second layer. \(comparison(family, kinds)) So one takes the first start with six.
      """)
    run.expect("six corners, share of 50 starts", share, atLeast: 0.35, source: "NumPy, 300 starts: .52 to .58")
    try run.figure(
      "montage",
      caption: """
        The sheet's net with three units per hidden layer, trained from twelve random starts: the corners of the \
        boundary, and the share of training points that is right. Most are hexagons; where a unit dies the boundary \
        stays open.
        """
    ) { HexagonFigures.montage(family) }
    guard let first = kinds.firstIndex(of: .corners(6)), let plane = family.nets.plane(first) else { return family }
    try run.figure(
      "sheet-net",
      caption: """
        The first start of the sheet's net that ends with six corners. The dotted lines are the folds of the first \
        hidden layer; a corner beside them lies on a fold of the second.
        """
    ) {
      let layers = family.nets[first]
      return HexagonFigures.map(
        "The sheet's net with hidden_size = 3", (family.inputs[first], family.targets[first]), family.boundary(first),
        lines: plane.firstLines, circle: family.radius
      ) { layers[2](relu(layers[1](relu(layers[0]($0))))) }
    }
    return family
  }

  /// Whether the accuracy can pick out the hexagons here.
  private func comparison(_ family: FamilyTraining, _ kinds: [BoundaryKind]) -> String {
    func mean(where fits: (BoundaryKind) -> Bool) -> Double? {
      let chosen = kinds.indices.filter { fits(kinds[$0]) }.map { family.accuracies[$0] }
      return chosen.isEmpty ? nil : chosen.reduce(0, +) / Double(chosen.count)
    }
    guard let six = mean(where: { $0 == .corners(6) }), let more = mean(where: { $0 > .corners(6) }) else { return "" }
    return """
      The accuracy does not tell which are hexagons here: with six corners it is \((100 * six).fixed(1)) % on \
      average, with more corners \((100 * more).fixed(1)) %.
      """
  }

  /// Other numbers of units and other activations.
  func survey(_ run: inout Run, _ sheet: FamilyTraining) throws {
    run.heading("Other configurations")
    let recipes: [(FamilyTraining.Recipe, Int)] = [
      (.init(sizes: [2, 2, 1]), 50), (.init(sizes: [2, 3, 1]), 50), (.init(sizes: [2, 4, 1]), 50),
      (.init(sizes: [2, 5, 1]), 20), (.init(sizes: [2, 6, 1]), 20), (.init(sizes: [2, 3, 1], bend: .abs), 50),
      (.init(sizes: [2, 3, 1], bend: .leaky), 20),
      (.init(sizes: [2, 3, 1], bend: .tanh, epochs: 1024, learningRate: 0.03, isNormalized: true), 20),
    ]
    var families = [sheet]
    for (index, (recipe, count)) in recipes.enumerated() {
      families.append(FamilyTraining(recipe, seeds: run.seeds(count)))
      try run.report(index + 1, of: recipes.count, in: "survey", note: recipe.name)
    }
    let surveys = families.map { (name: $0.recipe.name, kinds: $0.kinds) }
    run.table(
      "How the boundaries look", columns: ["net", "starts", "hexagons", "open", "corners: starts", "median accuracy"],
      rows: zip(families, surveys).map { family, survey in
        let counts = Dictionary(grouping: survey.kinds) { $0 }.mapValues(\.count)
        let others = counts.sorted { $0.key < $1.key }.filter { $0.key != .open }
        return [
          survey.name, String(family.count), String(counts[.corners(6)] ?? 0), String(counts[.open] ?? 0),
          others.map { "\($0.key.text): \($0.value)" }.joined(separator: ", "),
          median(family.accuracies).fixed(3),
        ]
      })
    run.say(
      """
      Two ReLU units cannot close the boundary. Four to six units draw up to twice as many corners, so that some of \
      them are hexagons too. |x| folds both half-planes alike, and three such units can make a hexagon again. tanh \
      has no folds: a loop of three such units is smooth.
      """)
    let closed = surveys[1].kinds.count { $0 != .open && $0 != .missing }
    run.expect("2-2-1: closed boundaries", Double(closed), atMost: 0, source: "NumPy, 0 of 60")
    let smooth = surveys[surveys.count - 1].kinds.count { $0 == .corners(6) }
    run.expect("2-3-1 tanh: hexagons", Double(smooth), atMost: 0, source: "NumPy, 0 of 80")
    try run.figure(
      "corners",
      caption: """
        How often the boundary has how many corners, by configuration; hexagons in orange. "many" are several loops, \
        ○ is a loop without corners, and "none" a net that says the same everywhere.
        """
    ) { HexagonFigures.histogram(surveys) }
  }
}
