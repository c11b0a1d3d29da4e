extension ComputationGraph {
  /// Says for every operation which module it belongs to.
  ///
  /// Only parameters know their module, by their dotted path. An operation on a parameter belongs to the parameter's
  /// module, and one without parameters to the innermost module that it lies within: computed from values of that
  /// module, and leading to others of it.
  mutating func assignModules() {
    let known = modules()
    guard !known.isEmpty else { return }
    let above = reach(nodes.map(\.id), known) { $0.inputs }
    let consumers = consumers()
    let below = reach(nodes.reversed().map(\.id), known) { consumers[$0.id] }
    let all = nodes
    for node in all where node.kind == .operation {
      let own = node.inputs.map { all[$0] }.filter { $0.kind == .input && !$0.module.isEmpty }.map(\.module)
      let within = above[node.id].intersection(below[node.id]).map { known[$0] }
      nodes[node.id].module = own.max { $0.count < $1.count } ?? within.max { shorter($0, $1) } ?? []
    }
  }

  /// All modules of the watched values and everything they are in.
  private func modules() -> [[String]] {
    var known: [[String]] = []
    for node in nodes where node.kind == .input {
      for length in 0..<node.module.count {
        let path = Array(node.module[...length])
        if !known.contains(path) { known.append(path) }
      }
    }
    return known
  }

  /// The modules of the values that each node reaches in one direction.
  private func reach(_ order: [Int], _ known: [[String]], _ next: (Node) -> [Int]) -> [Set<Int>] {
    var reached = [Set<Int>](repeating: [], count: nodes.count)
    for id in order {
      var all = Set<Int>()
      for neighbour in next(nodes[id]) { all.formUnion(reached[neighbour]) }
      let node = nodes[id]
      // A parameter leads nowhere but to its operation, so operations stand for the modules of their parameters.
      for owner in [node.module] + node.inputs.filter({ nodes[$0].kind == .input }).map({ nodes[$0].module }) {
        for (index, path) in known.enumerated() where owner.starts(with: path) { all.insert(index) }
      }
      reached[id] = all
    }
    return reached
  }

  /// The nodes that each node is used by.
  func consumers() -> [[Int]] {
    var consumers = [[Int]](repeating: [], count: nodes.count)
    for node in nodes {
      for input in node.inputs { consumers[input].append(node.id) }
    }
    return consumers
  }

  /// A total order, so that the choice does not depend on the order of a set.
  private func shorter(_ a: [String], _ b: [String]) -> Bool {
    a.count == b.count ? a.joined(separator: ".") > b.joined(separator: ".") : a.count < b.count
  }
}
