import Visualization

extension BoundaryReport {
  /// The largest loop with all its corners, before short edges and small turns are tidied up.
  var outline: PlaneCurve? { loops.first?.withoutTurns(below: 1e-4) }

  /// The largest distance of a corner of the outline from the nearest of some lines; infinite without a loop.
  func farthestCorner(from lines: [Affine]) -> Double {
    let distances = (outline?.points ?? []).map { corner in
      lines.map { $0.distance(to: corner) }.min() ?? .infinity
    }
    return distances.max() ?? .infinity
  }
}

/// A walk along a closed boundary of a net with one hidden layer.
struct BoundaryWalk {
  /// One edge: the numbers of the units that are active there, from 1 on, and the logit around it.
  struct Edge {
    let units: [Int]
    let logit: Affine
  }

  let edges: [Edge]
  /// The number of different sets of active units.
  let patterns: Int
  /// The number of folds on which exactly two corners lie.
  let linesCrossedTwice: Int

  init(along polygon: PlaneCurve, of network: PlaneNetwork) {
    let lines = network.firstLines
    let output = network.layers[1]
    edges = polygon.edges.map { start, end in
      let middle = PlanePoint((start.x + end.x) / 2, (start.y + end.y) / 2)
      let active = lines.indices.filter { lines[$0](middle) > 0 }
      var logit = Affine(0, 0, output.biases[0])
      for unit in active {
        let (v, line) = (output.weights[0][unit], lines[unit])
        logit = Affine(logit.a + v * line.a, logit.b + v * line.b, logit.c + v * line.c)
      }
      return Edge(units: active.map { $0 + 1 }, logit: logit)
    }
    patterns = Set(edges.map(\.units)).count
    linesCrossedTwice = lines.count { line in polygon.points.count { line.distance(to: $0) < 1e-9 } == 2 }
  }
}
