public import Autograd
public import Drawing
public import Plotting
internal import Tensors

extension GraphDrawing {
  /// A computation graph with forward values in black and gradients in red. With more than `limit` values, all values
  /// of one module become one box.
  public init(
    of graph: ComputationGraph, direction: Direction? = nil, title: String = "", collapsingAbove limit: Int = 60,
    theme: Theme = .light
  ) throws(DrawingError) {
    let groups = GraphDrawing.groups(graph, collapses: graph.nodes.count > limit)
    var positions: [String: Int] = [:]
    var members: [[ComputationGraph.Node]] = []
    for (node, group) in zip(graph.nodes, groups) {
      if let position = positions[group] {
        members[position].append(node)
      } else {
        positions[group] = members.count
        members.append([node])
      }
    }
    let numbers = groups.map { positions[$0] ?? 0 }
    var edges: [(from: Int, to: Int)] = []
    for edge in graph.edges {
      let (from, to) = (numbers[edge.from], numbers[edge.to])
      if from != to && !edges.contains(where: { $0 == (from, to) }) { edges.append((from, to)) }
    }
    let nodes = members.map { members in
      members.count == 1
        ? GraphDrawing.node(members[0], isResult: members[0].id == graph.output) : GraphDrawing.group(members)
    }
    // A module that is used twice may lead back to itself through others: such edges are turned for the layout.
    let forward = edges.map { $0.from < $0.to ? $0 : (from: $0.to, to: $0.from) }
    let depth = GraphDrawing.depth(nodes.count, forward)
    try self.init(
      nodes, edges: forward, direction: direction ?? (depth > 8 ? .down : .right), title: title, theme: theme)
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
    let title = node.label ?? (node.kind == .operation ? node.operation : "\(node.operation)")
    return Node(
      title, subtitle: subtitle, value: text(node.value), gradient: node.gradient.map { "∂ " + text($0) } ?? "",
      kind: kind)
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
    for edge in edges.sorted(by: { $0.from < $1.from }) {
      depths[edge.to] = max(depths[edge.to], depths[edge.from] + 1)
    }
    return depths.max() ?? 0
  }
}
