public import Autograd
public import Drawing
public import Plotting
internal import Tensors

extension GraphDrawing {
  /// A computation graph with forward values in black and gradients in red, and a frame around each module. With more
  /// than `limit` values, all values of one module become one box.
  public init(
    of graph: ComputationGraph, direction: Direction? = nil, title: String = "", collapsingAbove limit: Int = 60,
    theme: Theme = .light
  ) throws(DrawingError) {
    var members = GraphDrawing.members(graph, collapses: graph.nodes.count > limit)
    // A module that is used again after something else would lead back to itself: its values stay single boxes.
    let cyclic = GraphCycles.core(of: members.count, GraphDrawing.edges(between: members, graph))
    members = members.enumerated().flatMap { index, group in cyclic.contains(index) ? group.map { [$0] } : [group] }
    let edges = GraphDrawing.edges(between: members, graph)
    let nodes = members.map { members in
      members.count == 1
        ? GraphDrawing.node(members[0], isResult: members[0].id == graph.output) : GraphDrawing.group(members)
    }
    let depth = GraphDrawing.depth(nodes.count, edges)
    try self.init(
      nodes, edges: edges, direction: direction ?? (depth > 8 ? .down : .right), title: title, theme: theme)
  }

  /// The values of each box, in the order of computation.
  private static func members(_ graph: ComputationGraph, collapses: Bool) -> [[ComputationGraph.Node]] {
    var positions: [String: Int] = [:]
    var members: [[ComputationGraph.Node]] = []
    for (node, group) in zip(graph.nodes, groups(graph, collapses: collapses)) {
      if let position = positions[group] {
        members[position].append(node)
      } else {
        positions[group] = members.count
        members.append([node])
      }
    }
    return members
  }

  /// The edges between boxes, each once.
  private static func edges(
    between members: [[ComputationGraph.Node]], _ graph: ComputationGraph
  ) -> [(from: Int, to: Int)] {
    var boxes = [Int](repeating: 0, count: graph.nodes.count)
    for (box, nodes) in members.enumerated() { for node in nodes { boxes[node.id] = box } }
    var edges: [(from: Int, to: Int)] = []
    for edge in graph.edges {
      let pair = (from: boxes[edge.from], to: boxes[edge.to])
      if pair.from != pair.to && !edges.contains(where: { $0 == pair }) { edges.append(pair) }
    }
    return edges
  }

  /// One name per value: values with the same name share a box.
  private static func groups(_ graph: ComputationGraph, collapses: Bool) -> [String] {
    graph.nodes.map { node in
      guard collapses, let module = node.module.first, node.id != graph.output else { return "#\(node.id)" }
      return module
    }
  }

  private static func node(_ node: ComputationGraph.Node, isResult: Bool) -> Node {
    let kind: Node.Kind =
      switch node.kind {
      case .input: .input
      case .constant: .constant
      case .operation: isResult ? .result : .operation
      }
    let isNamed = node.label != nil
    let subtitle = node.kind == .operation && isNamed ? node.operation : ""
    var title = node.label ?? node.operation
    // The frame says already which module a parameter belongs to.
    let path = node.module.joined(separator: ".") + "."
    if title.hasPrefix(path) { title.removeFirst(path.count) }
    return Node(
      title, subtitle: subtitle, value: text(node.value), gradient: node.gradient.map { "∂ " + text($0) } ?? "",
      kind: kind, modules: node.module)
  }

  private static func group(_ members: [ComputationGraph.Node]) -> Node {
    let operations = members.count { $0.kind == .operation }
    let inputs = members.count { $0.kind == .input }
    return Node(
      members[0].module.first ?? "", subtitle: "\(operations) operations, \(inputs) parameters", kind: .group)
  }

  /// A number, the few numbers of a short vector, or the shape.
  private static func text(_ tensor: Tensor) -> String {
    if tensor.count == 1 { return NumberText.short(tensor.scalar, digits: 4) }
    if tensor.rank <= 1 && tensor.count <= 3 {
      return "[" + tensor.scalars.map { NumberText.short($0) }.joined(separator: ", ") + "]"
    }
    return "\(tensor.shape)"
  }

  private static func depth(_ count: Int, _ edges: [(from: Int, to: Int)]) -> Int {
    var depths = [Int](repeating: 1, count: count)
    for _ in 0..<count {
      for edge in edges { depths[edge.to] = max(depths[edge.to], depths[edge.from] + 1) }
    }
    return depths.max() ?? 0
  }
}
