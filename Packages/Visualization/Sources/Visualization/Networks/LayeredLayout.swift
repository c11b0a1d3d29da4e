/// Places the boxes of a directed graph in layers so that every edge leads onwards: few crossings, short edges, no
/// overlap (after Sugiyama, Tagawa and Toda 1981). Coordinates run along the layers (`along`) and across (`across`).
struct LayeredLayout {
  /// A box to place.
  struct Box {
    var along: Double
    var across: Double
  }

  /// A box, or a bend of an edge that passes a layer.
  private struct Item {
    var node: Int?
    var along: Double
    var across: Double
    var position = 0.0
  }

  /// The middle of every box.
  private(set) var centers: [(along: Double, across: Double)] = []
  /// For every edge the places it passes between its two boxes.
  private(set) var bends: [[(along: Double, across: Double)]] = []
  /// The extents of everything.
  private(set) var extent = Box(along: 0, across: 0)

  private var items: [Item] = []
  private var layers: [[Int]] = []
  private var before: [[Int]] = []
  private var after: [[Int]] = []

  private static let gapAlong = 46.0
  private static let gapAcross = 22.0

  /// Places boxes joined by edges without a cycle. The gates, if any, stand in the first and in the last layer.
  init(_ boxes: [Box], edges: [(from: Int, to: Int)], gates: (first: Int?, last: Int?) = (nil, nil)) {
    var ranks = LayeredLayout.ranks(boxes.count, edges, first: gates.first)
    if let last = gates.last { ranks[last] = ranks.max() ?? 0 }
    items = boxes.enumerated().map { Item(node: $0.offset, along: $0.element.along, across: $0.element.across) }
    layers = Array(repeating: [], count: (ranks.max() ?? 0) + 1)
    for node in boxes.indices { layers[ranks[node]].append(node) }
    before = Array(repeating: [], count: items.count)
    after = before
    let chains = edges.map { chain($0, ranks) }
    order()
    placeAcross()
    let starts = placeAlong()
    centers = boxes.indices.map { (starts[ranks[$0]], items[$0].position) }
    bends = zip(chains, edges).map { chain, edge in
      chain.enumerated().map { step, item in (starts[ranks[edge.from] + 1 + step], items[item].position) }
    }
  }

  /// The layer of each box: one after its last input; boxes without inputs stand right before their first user.
  private static func ranks(_ count: Int, _ edges: [(from: Int, to: Int)], first: Int?) -> [Int] {
    var ranks = [Int](repeating: 0, count: count)
    for _ in 0..<count {
      var changed = false
      for edge in edges where ranks[edge.to] <= ranks[edge.from] {
        ranks[edge.to] = ranks[edge.from] + 1
        changed = true
      }
      if !changed { break }
    }
    for node in 0..<count where node != first && !edges.contains(where: { $0.to == node }) {
      if let first = edges.filter({ $0.from == node }).map({ ranks[$0.to] }).min() { ranks[node] = first - 1 }
    }
    return ranks
  }

  /// Splits an edge over several layers into steps of one.
  private mutating func chain(_ edge: (from: Int, to: Int), _ ranks: [Int]) -> [Int] {
    var result: [Int] = []
    var last = edge.from
    for rank in (ranks[edge.from] + 1)..<max(ranks[edge.to], ranks[edge.from] + 1) {
      items.append(Item(node: nil, along: 0, across: 6))
      before.append([])
      after.append([])
      let item = items.count - 1
      layers[rank].append(item)
      result.append(item)
      link(last, item)
      last = item
    }
    link(last, edge.to)
    return result
  }

  private mutating func link(_ from: Int, _ to: Int) {
    after[from].append(to)
    before[to].append(from)
  }

  // MARK: Order inside the layers

  /// Sorts every layer by the mean place of its neighbours, forwards and backwards in turn, and keeps the best order.
  private mutating func order() {
    var best = layers
    var fewest = crossings()
    for round in 0..<24 where fewest > 0 {
      let forwards = round % 2 == 0
      for index in forwards ? Array(layers.indices) : layers.indices.reversed() {
        let beside = forwards ? index - 1 : index + 1
        guard layers.indices.contains(beside) else { continue }
        let places = Dictionary(
          uniqueKeysWithValues: layers[beside].enumerated().map { ($0.element, Double($0.offset)) })
        let keys = layers[index].enumerated().map { place, item -> (item: Int, key: Double) in
          let near = (forwards ? before[item] : after[item]).compactMap { places[$0] }
          return (item, near.isEmpty ? Double(place) : near.reduce(0, +) / Double(near.count))
        }
        // The sort must be stable so that equal keys keep their order.
        layers[index] = keys.enumerated().sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
          .map(\.element.item)
      }
      swapNeighbours()
      let now = crossings()
      if now < fewest { (best, fewest) = (layers, now) }
    }
    layers = best
  }

  /// Swaps neighbours wherever that removes crossings.
  private mutating func swapNeighbours() {
    for index in layers.indices {
      guard layers[index].count > 1 else { continue }
      let placesBefore = places(index - 1)
      let placesAfter = places(index + 1)
      for place in 0..<(layers[index].count - 1) {
        let (a, b) = (layers[index][place], layers[index][place + 1])
        func count(_ first: [Int], _ second: [Int], _ places: [Int: Int]) -> Int {
          let right = second.compactMap { places[$0] }
          return first.compactMap { places[$0] }.reduce(0) { sum, x in sum + right.count { $0 < x } }
        }
        let now = count(before[a], before[b], placesBefore) + count(after[a], after[b], placesAfter)
        let swapped = count(before[b], before[a], placesBefore) + count(after[b], after[a], placesAfter)
        if swapped < now { layers[index].swapAt(place, place + 1) }
      }
    }
  }

  private func places(_ index: Int) -> [Int: Int] {
    guard layers.indices.contains(index) else { return [:] }
    return Dictionary(uniqueKeysWithValues: layers[index].enumerated().map { ($0.element, $0.offset) })
  }

  /// How many pairs of edges between neighbouring layers cross.
  private func crossings() -> Int {
    layers.indices.dropLast().reduce(0) { sum, index in
      let next = places(index + 1)
      let ends = layers[index].map { item in after[item].compactMap { next[$0] } }
      var seen: [Int] = []
      var total = 0
      for targets in ends {
        for target in targets { total += seen.count { $0 > target } }
        seen += targets
      }
      return sum + total
    }
  }

  // MARK: Places

  /// Moves every item towards the mean of its neighbours as far as the order and the gaps allow.
  private mutating func placeAcross() {
    for layer in layers { settle(layer, wishes: layer.map { _ in 0 }) }
    for round in 0..<24 {
      let forwards = round % 2 == 0
      for index in forwards ? Array(layers.indices) : layers.indices.reversed() {
        let wishes = layers[index].map { item -> Double in
          // In the last rounds both sides pull.
          let near = round >= 16 ? before[item] + after[item] : forwards ? before[item] : after[item]
          return near.isEmpty
            ? items[item].position : near.map { items[$0].position }.reduce(0, +) / Double(near.count)
        }
        settle(layers[index], wishes: wishes)
      }
    }
    let low = items.map { $0.position - $0.across / 2 }.min() ?? 0
    for index in items.indices { items[index].position -= low }
    extent.across = items.map { $0.position + $0.across / 2 }.max() ?? 0
  }

  /// The places closest to the wishes (least squares) that keep order and gaps: items that would come too close form a
  /// block that moves as one.
  private mutating func settle(_ layer: [Int], wishes: [Double]) {
    var offsets: [Double] = []
    var offset = 0.0
    for (place, item) in layer.enumerated() {
      if place > 0 {
        offset += (items[layer[place - 1]].across + items[item].across) / 2 + LayeredLayout.gapAcross
      }
      offsets.append(offset)
    }
    var blocks: [(sum: Double, weight: Double, count: Int)] = []
    for place in layer.indices {
      // Straight bends matter more than boxes: an edge that wriggles is hard to follow.
      let weight = items[layer[place]].node == nil ? 3.0 : 1.0
      blocks.append((weight * (wishes[place] - offsets[place]), weight, 1))
      while blocks.count > 1, let last = blocks.last, let previous = blocks.dropLast().last,
        previous.sum / previous.weight > last.sum / last.weight
      {
        blocks.removeLast(2)
        blocks.append((previous.sum + last.sum, previous.weight + last.weight, previous.count + last.count))
      }
    }
    var place = 0
    for block in blocks {
      for _ in 0..<block.count {
        items[layer[place]].position = block.sum / block.weight + offsets[place]
        place += 1
      }
    }
  }

  /// The middle of each layer.
  private mutating func placeAlong() -> [Double] {
    let widths = layers.map { layer in layer.map { items[$0].along }.max() ?? 0 }
    var at = 0.0
    var middles: [Double] = []
    for (index, width) in widths.enumerated() {
      // A gate alone in its layer needs room for a bend only.
      if index > 0 { at += min(width, widths[index - 1]) > 0 ? LayeredLayout.gapAlong : LayeredLayout.gapAlong / 2 }
      middles.append(at + width / 2)
      at += width
    }
    extent.along = at
    return middles
  }
}
