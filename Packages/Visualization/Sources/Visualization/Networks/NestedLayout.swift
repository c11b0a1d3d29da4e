/// Places the boxes of a directed graph with a frame around those of each module, frames inside frames included.
///
/// Every module is laid out by itself and then stands in the layout around it as one large box, so frames never overlap
/// and hold nothing foreign. What leads into a module or out of it passes a gate in its frame. A module that is used
/// twice, with something else in between, cannot be one box; it gets no frame.
struct NestedLayout {
  /// A place, along the layers and across them.
  typealias Place = (along: Double, across: Double)

  /// The rectangle around a module.
  struct Frame {
    var name: String
    var start: Place
    var extent: LayeredLayout.Box
  }

  /// What a frame needs beside its content.
  struct Margins {
    var along: (before: Double, after: Double)
    var across: (before: Double, after: Double)
    /// The least extent of a frame with this name.
    var least: (String) -> LayeredLayout.Box
  }

  /// A laid out module: places count from its own corner.
  fileprivate struct Arrangement {
    var extent = LayeredLayout.Box(along: 0, across: 0)
    var centers: [Int: Place] = [:]
    var frames: [Frame] = []
    /// The bends on the way from the gate to a node.
    var entries: [Int: [Place]] = [:]
    /// The bends on the way from a node to the other gate.
    var exits: [Int: [Place]] = [:]
    /// The bends of edges that stay inside, by the number of the edge.
    var ways: [Int: [Place]] = [:]
  }

  /// The middle of every box.
  let centers: [Place]
  /// For every edge the places it passes between its two boxes.
  let bends: [[Place]]
  /// The frames, outer before inner.
  let frames: [Frame]
  /// The extents of everything.
  let extent: LayeredLayout.Box

  /// Places boxes joined by edges without a cycle; `modules` holds the names of the modules of each box, outer first.
  init(
    _ boxes: [LayeredLayout.Box], edges: [(from: Int, to: Int)], modules: [[String]], margins: Margins
  ) {
    let all = NestedLayout.arranged(Array(boxes.indices), modules, boxes, edges, margins)
    centers = boxes.indices.map { all.centers[$0] ?? (0, 0) }
    bends = edges.indices.map { all.ways[$0] ?? [] }
    frames = all.frames
    extent = all.extent
  }

  /// A node, or a module that stands as one box.
  private struct Part {
    var name: String?
    var nodes: [Int]
  }

  private static func arranged(
    _ nodes: [Int], _ modules: [[String]], _ boxes: [LayeredLayout.Box], _ edges: [(from: Int, to: Int)],
    _ margins: Margins
  ) -> Arrangement {
    let parts = NestedLayout.parts(nodes, modules, edges)
    var partOf: [Int: Int] = [:]
    for (index, part) in parts.enumerated() { for node in part.nodes { partOf[node] = index } }
    var inner: [Int: Arrangement] = [:]
    for (index, part) in parts.enumerated() where part.name != nil {
      var deeper = modules
      for node in part.nodes { deeper[node].removeFirst() }
      inner[index] = framed(arranged(part.nodes, deeper, boxes, edges, margins), part.name ?? "", margins)
    }

    // One box for each part, and a gate on each side if something comes from outside or leads there.
    let isEntered = edges.contains { partOf[$0.from] == nil && partOf[$0.to] != nil }
    let isLeft = edges.contains { partOf[$0.from] != nil && partOf[$0.to] == nil }
    let entrance = parts.count
    let exit = parts.count + (isEntered ? 1 : 0)
    let gates = Array(repeating: LayeredLayout.Box(along: 0, across: 6), count: (isEntered ? 1 : 0) + (isLeft ? 1 : 0))
    let sizes = parts.indices.map { inner[$0]?.extent ?? boxes[parts[$0].nodes[0]] } + gates
    var lifted: [(from: Int, to: Int)] = []
    let numbers = edges.map { edge -> Int? in
      guard partOf[edge.from] != nil || partOf[edge.to] != nil else { return nil }
      let pair = (from: partOf[edge.from] ?? entrance, to: partOf[edge.to] ?? exit)
      guard pair.from != pair.to else { return nil }
      if let known = lifted.firstIndex(where: { $0 == pair }) { return known }
      lifted.append(pair)
      return lifted.count - 1
    }
    let layout = LayeredLayout(
      sizes, edges: lifted, gates: (isEntered ? entrance : nil, isLeft ? exit : nil))

    var result = Arrangement()
    result.extent = layout.extent
    for (index, part) in parts.enumerated() {
      let center = layout.centers[index]
      guard let content = inner[index] else {
        result.centers[part.nodes[0]] = center
        continue
      }
      let corner = (along: center.along - sizes[index].along / 2, across: center.across - sizes[index].across / 2)
      let moved = content.moved(by: corner)
      result.frames += moved.frames
      result.centers.merge(moved.centers) { first, _ in first }
      result.ways.merge(moved.ways) { first, _ in first }
      inner[index] = moved
    }
    for (index, edge) in edges.enumerated() {
      guard let number = numbers[index] else { continue }
      let (from, to) = lifted[number]
      let leaving = inner[from]?.exits[edge.from] ?? []
      let arriving = inner[to]?.entries[edge.to] ?? []
      let way = leaving + layout.bends[number] + arriving
      if isEntered && from == entrance {
        result.entries[edge.to] = [layout.centers[entrance]] + way
      } else if isLeft && to == exit {
        result.exits[edge.from] = way + [layout.centers[exit]]
      } else {
        result.ways[index] = way
      }
    }
    return result
  }

  /// The modules among the nodes, each as one part, and the other nodes as parts of their own.
  private static func parts(_ nodes: [Int], _ modules: [[String]], _ edges: [(from: Int, to: Int)]) -> [Part] {
    var parts: [Part] = []
    for node in nodes {
      if let name = modules[node].first, let known = parts.firstIndex(where: { $0.name == name }) {
        parts[known].nodes.append(node)
      } else {
        parts.append(Part(name: modules[node].first, nodes: [node]))
      }
    }
    var partOf: [Int: Int] = [:]
    for (index, part) in parts.enumerated() { for node in part.nodes { partOf[node] = index } }
    let lifted = edges.compactMap { edge -> (from: Int, to: Int)? in
      guard let from = partOf[edge.from], let to = partOf[edge.to], from != to else { return nil }
      return (from, to)
    }
    let cyclic = GraphCycles.core(of: parts.count, lifted)
    return parts.enumerated().flatMap { index, part in
      cyclic.contains(index) ? part.nodes.map { Part(name: nil, nodes: [$0]) } : [part]
    }
  }

  /// The content with room around it and its own frame.
  private static func framed(_ content: Arrangement, _ name: String, _ margins: Margins) -> Arrangement {
    let least = margins.least(name)
    let along = content.extent.along + margins.along.before + margins.along.after
    let across = content.extent.across + margins.across.before + margins.across.after
    let extent = LayeredLayout.Box(along: max(along, least.along), across: max(across, least.across))
    var result = content.moved(
      by: (
        margins.along.before + (extent.along - along) / 2, margins.across.before + (extent.across - across) / 2
      ))
    // What enters or leaves does so through the line of the frame.
    result.entries = result.entries.mapValues { way in way.first.map { [(0, $0.across)] + way } ?? way }
    result.exits = result.exits.mapValues { way in way.last.map { way + [(extent.along, $0.across)] } ?? way }
    result.frames.insert(Frame(name: name, start: (0, 0), extent: extent), at: 0)
    result.extent = extent
    return result
  }
}

extension NestedLayout.Arrangement {
  /// The same with every place moved.
  fileprivate func moved(by corner: NestedLayout.Place) -> Self {
    func moved(_ place: NestedLayout.Place) -> NestedLayout.Place {
      (place.along + corner.along, place.across + corner.across)
    }
    var result = self
    result.centers = centers.mapValues(moved)
    result.entries = entries.mapValues { $0.map(moved) }
    result.exits = exits.mapValues { $0.map(moved) }
    result.ways = ways.mapValues { $0.map(moved) }
    result.frames = frames.map { NestedLayout.Frame(name: $0.name, start: moved($0.start), extent: $0.extent) }
    return result
  }
}
