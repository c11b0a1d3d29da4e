internal import Tensors

extension ComputationGraph {
  /// The graph in the language of Graphviz, with one frame per module.
  ///
  /// Watched values are blue, constants grey, the result green. The same computation gives the same text.
  public var dot: String {
    var lines = ["digraph {", "  rankdir=TB;", "  node [shape=box, style=filled, fontname=\"Helvetica\"];"]
    lines += frame([], indent: "  ")
    for edge in edges { lines.append("  n\(edge.from) -> n\(edge.to);") }
    lines.append("}")
    return lines.joined(separator: "\n") + "\n"
  }

  /// The nodes of one module and the frames of the modules inside it.
  private func frame(_ module: [String], indent: String) -> [String] {
    var lines: [String] = []
    for node in nodes where node.module == module { lines.append(indent + declaration(of: node)) }
    var inner: [String] = []
    for node in nodes where node.module.count > module.count && node.module.starts(with: module) {
      let name = node.module[module.count]
      if !inner.contains(name) { inner.append(name) }
    }
    for name in inner {
      let path = module + [name]
      lines.append(indent + "subgraph \(quoted("cluster_" + path.joined(separator: "."))) {")
      lines.append(indent + "  label=\(quoted(name));")
      lines += frame(path, indent: indent + "  ")
      lines.append(indent + "}")
    }
    return lines
  }

  private func declaration(of node: Node) -> String {
    var label = node.label ?? node.operation
    if node.label != nil && node.kind == .operation { label += " = \(node.operation)" }
    label += "\n" + (node.value.count == 1 ? node.value.scalar.shortText : "\(node.value.shape)")
    if let gradient = node.gradient, gradient.count == 1 { label += "\n∂ " + gradient.scalar.shortText }
    return "n\(node.id) [label=\(quoted(label)), fillcolor=\"\(colour(of: node))\"];"
  }

  private func colour(of node: Node) -> String {
    if node.id == output { return "darkolivegreen1" }
    switch node.kind {
    case .input: return "lightblue"
    case .constant: return "lightgrey"
    case .operation: return "white"
    }
  }

  /// The text in quotation marks, as Graphviz reads it.
  private func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default: result.append(character)
      }
    }
    return result + "\""
  }
}
