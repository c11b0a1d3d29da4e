extension ComputationGraph {
  /// How many multiplications of local derivatives the gradients of all watched values take.
  public struct MultiplicationCount: Sendable, Equatable {
    /// With every intermediate gradient kept, as backpropagation does: one per use of a value, save those next to the
    /// result, whose factor is 1.
    public let cached: Double
    /// With the product along every way from the result to every watched value computed anew.
    public let naive: Double
    /// The number of those ways.
    public let ways: Double
  }

  /// Counts the multiplications that backpropagation saves by keeping intermediate gradients.
  ///
  /// Every use of a value in an operation counts as one local derivative, so the numbers are those of the scalar chain
  /// rule if the graph's values are single numbers. Counts are exact up to 2⁵³.
  public var multiplicationCount: MultiplicationCount {
    var ways = [Double](repeating: 0, count: nodes.count)
    var steps = [Double](repeating: 0, count: nodes.count)
    var leadsToInput = nodes.map { $0.kind == .input }
    for node in nodes where node.inputs.contains(where: { leadsToInput[$0] }) { leadsToInput[node.id] = true }
    ways[output] = 1
    var cached = 0.0
    for node in nodes.reversed() where ways[node.id] > 0 {
      for input in node.inputs where leadsToInput[input] {
        ways[input] += ways[node.id]
        steps[input] += steps[node.id] + ways[node.id]
        if node.id != output { cached += 1 }
      }
    }
    var naive = 0.0
    var all = 0.0
    for node in nodes where node.kind == .input && ways[node.id] > 0 && node.id != output {
      naive += steps[node.id] - ways[node.id]
      all += ways[node.id]
    }
    return MultiplicationCount(cached: cached, naive: naive, ways: all)
  }
}
