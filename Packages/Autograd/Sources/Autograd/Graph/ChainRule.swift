public import Tensors

/// The chain rule written out for one value: every way from the result to it, with the derivative of each step.
public struct ChainRule: Sendable {
  /// One step: the derivative of a value with respect to one it was computed from directly.
  public struct Factor: Sendable {
    /// The value that is differentiated.
    public let of: String
    /// The value with respect to which.
    public let by: String
    /// All partial derivatives: a single number where both values are, else the Jacobian.
    public let derivative: Tensor
    /// The gradient of the result with respect to `by` along this way alone.
    public let gradient: Tensor
  }

  /// The result.
  public let result: String
  /// The value whose gradient is explained.
  public let value: String
  /// Every way from the result to the value, as the factors of its product in the order of the way back.
  public let ways: [[Factor]]
  /// How many ways there are; `ways` has at most `ChainRule.maximumWays` of them.
  public let wayCount: Double
  /// The gradient: the sum over all ways.
  public let gradient: Tensor

  /// The largest number of ways that are written out.
  public static let maximumWays = 64
}

extension ComputationGraph {
  /// How the gradient of the value with the given label comes about, step by step.
  public func chainRule(to label: String) -> ChainRule {
    let target = node(label)
    guard let gradient = target.gradient else {
      fatalError("ComputationGraph: \(label) has no gradient: the result is no single number, or \(label) is constant")
    }
    let counts = wayCounts(to: target.id)
    var ways: [[Edge]] = []
    collect(from: output, to: target.id, [], counts, &ways)
    return ChainRule(
      result: nodes[output].name, value: target.name, ways: ways.map(factors), wayCount: counts[output],
      gradient: gradient)
  }

  /// One use of a value in an operation.
  private struct Edge {
    let of: Int
    let position: Int
  }

  /// The number of ways from each node down to the given one.
  private func wayCounts(to target: Int) -> [Double] {
    var counts = [Double](repeating: 0, count: nodes.count)
    counts[target] = 1
    for node in nodes where node.id > target {
      counts[node.id] = node.inputs.reduce(0) { $0 + counts[$1] }
    }
    return counts
  }

  private func collect(
    from id: Int, to target: Int, _ way: [Edge], _ counts: [Double], _ ways: inout [[Edge]]
  ) {
    if ways.count == ChainRule.maximumWays { return }
    if id == target {
      ways.append(way)
      return
    }
    for (position, input) in nodes[id].inputs.enumerated() where counts[input] > 0 {
      collect(from: input, to: target, way + [Edge(of: id, position: position)], counts, &ways)
    }
  }

  private func factors(of way: [Edge]) -> [ChainRule.Factor] {
    var gradient = Tensor.ones(like: nodes[output].value)
    return way.map { edge in
      let by = nodes[edge.of].inputs[edge.position]
      let derivative = localDerivative(of: edge.of, position: edge.position)
      gradient = pulledBack(gradient, through: edge.of, position: edge.position)
      return ChainRule.Factor(
        of: nodes[edge.of].name, by: nodes[by].name, derivative: derivative, gradient: gradient)
    }
  }

  /// The Jacobian of one operation with respect to one of its inputs, of both shapes joined.
  private func localDerivative(of id: Int, position: Int) -> Tensor {
    let input = nodes[nodes[id].inputs[position]].value
    let value = nodes[id].value
    let rows = (0..<value.count).map { pulledBack(value.unit(at: $0), through: id, position: position) }
    let joined = Array(value.shape) + Array(input.shape)
    let flat = [value.count, input.count]
    return Tensor.stacking(rows, as: Shape(joined.count <= Shape.maximumRank ? joined : flat), input)
  }

  /// The gradient of one input, given that of the operation's result.
  private func pulledBack(_ gradient: Tensor, through id: Int, position: Int) -> Tensor {
    let input = nodes[nodes[id].inputs[position]].value
    switch rules[id] {
    case nil: return Tensor.zeros(like: input)
    case .each(let rule): return rule(gradient, position)
    case .all(let rule): return rule(gradient)[position] ?? Tensor.zeros(like: input)
    }
  }
}

extension ChainRule: CustomStringConvertible {
  /// The product in Leibniz's notation with its numbers, one way after the other, at most 80 columns wide.
  public var description: String {
    var lines: [String] = []
    for way in ways {
      let symbols = way.isEmpty ? ["1"] : way.map { "∂\($0.of)/∂\($0.by)" }
      lines += product(symbols, after: lines.isEmpty ? "∂\(result)/∂\(value) = " : "  + ")
      let numbers = way.isEmpty ? ["1"] : way.map { $0.derivative.shortText }
      lines += product(numbers, after: "  = ")
      lines.append("  = " + (way.last?.gradient ?? gradient).shortText)
    }
    let further = wayCount - Double(ways.count)
    if further > 0 { lines.append("  + \(further.shortText) further ways") }
    if wayCount > 1 { lines.append("∂\(result)/∂\(value) = \(gradient.shortText)") }
    return lines.joined(separator: "\n")
  }

  /// Factors with dots between them, broken where a line would be too long.
  private func product(_ factors: [String], after start: String) -> [String] {
    var lines = [start]
    for (index, factor) in factors.enumerated() {
      let text = (index == 0 ? "" : " · ") + factor
      if index > 0 && lines[lines.count - 1].count + text.count > 80 {
        lines.append("   " + text)
      } else {
        lines[lines.count - 1] += text
      }
    }
    return lines
  }
}
