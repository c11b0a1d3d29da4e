/// Cycles that appear when several nodes of a graph are taken as one.
enum GraphCycles {
  /// The nodes that lie on a cycle or on a way from one cycle to another; empty if the edges have no cycle.
  static func core(of count: Int, _ edges: [(from: Int, to: Int)]) -> Set<Int> {
    // Ends that nothing leads to, or that lead nowhere, lie on no cycle; without them others become ends.
    let after = stripped(Set(0..<count), edges)
    return stripped(after, edges.map { (from: $0.to, to: $0.from) })
  }

  /// The nodes that remain when those that nothing leads to are taken away again and again.
  private static func stripped(_ nodes: Set<Int>, _ edges: [(from: Int, to: Int)]) -> Set<Int> {
    var left = nodes
    var arriving: [Int: Int] = [:]
    var leaving: [Int: [Int]] = [:]
    for edge in edges where left.contains(edge.from) && left.contains(edge.to) {
      arriving[edge.to, default: 0] += 1
      leaving[edge.from, default: []].append(edge.to)
    }
    var ends = left.filter { arriving[$0] == nil }
    while let end = ends.popFirst() {
      left.remove(end)
      for next in leaving[end] ?? [] {
        arriving[next, default: 0] -= 1
        if arriving[next] == 0 { ends.insert(next) }
      }
    }
    return left
  }
}
