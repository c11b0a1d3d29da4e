internal import Tensors

extension ComputationGraph: CustomStringConvertible {
  /// The graph as a table of at most 80 columns: one line per value, in the order of computation.
  public var description: String {
    let rows = nodes.map { [name(of: $0), origin(of: $0), "\($0.value.shape)", $0.value.shortText, gradient(of: $0)] }
    let titles = ["value", "computed by", "shape", "number", "gradient"]
    var widths = titles.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    for column in titles.indices { widths[column] = max(widths[column], titles[column].count) }
    // The wide columns give way until the line fits.
    while widths.reduce(0, +) + 2 * (widths.count - 1) > 80 {
      let widest = widths.indices.max { widths[$0] < widths[$1] } ?? 0
      widths[widest] -= 1
    }
    var lines = [line(titles, widths), line(widths.map { String(repeating: "─", count: $0) }, widths)]
    lines += rows.map { line($0, widths) }
    return lines.joined(separator: "\n")
  }

  private func name(of node: Node) -> String {
    if let label = node.label { return label }
    return node.kind == .operation ? "#\(node.id)" : "\(node.operation) #\(node.id)"
  }

  private func origin(of node: Node) -> String {
    guard node.kind == .operation else { return node.kind == .input ? "watched" : "constant" }
    return node.operation + "(" + node.inputs.map { nodes[$0].label ?? "#\($0)" }.joined(separator: ", ") + ")"
  }

  private func gradient(of node: Node) -> String { node.gradient?.shortText ?? "" }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    var result = ""
    for (cell, width) in zip(cells, widths) {
      let text = cell.count > width ? cell.prefix(max(width - 1, 0)) + "…" : cell[...]
      result += text + String(repeating: " ", count: width - text.count + 2)
    }
    while result.last == " " { result.removeLast() }
    return result
  }
}
