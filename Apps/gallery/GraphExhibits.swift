import Autograd
import Drawing
import Plotting
import Tensors
import Visualization

/// A network of layers from their widths, as the graph of its mean squared output; each layer is a module.
private func network(_ names: [String], widths: [Int]) -> ComputationGraph {
  var random = RandomSource(seed: 3)
  let input = Tensor.uniform([8, widths[0]], from: -1, to: 1, using: &random)
  let layers = zip(widths, widths.dropFirst()).map { inputs, outputs in
    (
      Tensor.uniform([inputs, outputs], from: -0.5, to: 0.5, using: &random),
      Tensor.uniform([outputs], from: -0.5, to: 0.5, using: &random)
    )
  }
  return ComputationGraph { tape in
    var x = input
    for (name, layer) in zip(names, layers) {
      let weight = tape.watch(layer.0, as: "\(name).weight")
      let bias = tape.watch(layer.1, as: "\(name).bias")
      x = tanh(x.matmul(weight) + bias)
    }
    return (x * x).mean().named("loss")
  }
}

/// Computation graphs with values and gradients.
let graphExhibits: [Exhibit] = [
  Exhibit("graph") { theme in
    let graph = ComputationGraph { tape in
      let a = tape.watch(Tensor([2.0], shape: []), as: "a")
      let b = tape.watch(Tensor([1.0], shape: []), as: "b")
      let c = tape.watch(Tensor([1.0], shape: []), as: "c")
      let d = tape.watch(Tensor([2.0], shape: []), as: "d")
      let u = (a + b).named("u")
      let v = (c - d).named("v")
      let z = (u * v).named("z")
      return (z * z * 0.5).named("L")
    }
    return try GraphDrawing(of: graph, title: "L = ½ ((a + b)(c − d))²", theme: theme)
  },
  Exhibit("graph-layers") { theme in
    let nodes: [GraphDrawing.Node] = (0..<14).map { index in
      .init(
        "op \(index)", value: "[64, \(index + 2)]", gradient: index % 3 == 0 ? "∂ 0.01" : "",
        kind: index < 3 ? .input : index == 13 ? .result : .operation)
    }
    let edges = [
      (0, 3), (1, 3), (2, 4), (3, 4), (3, 5), (4, 6), (5, 6), (5, 7), (6, 8), (7, 8), (3, 8), (8, 9), (8, 10), (9, 11),
      (10, 11), (4, 11), (11, 12), (12, 13), (0, 12),
    ].map { (from: $0.0, to: $0.1) }
    return try GraphDrawing(nodes, edges: edges, direction: .down, title: "Skip connections", theme: theme)
  },
  Exhibit("graph-modules") { theme in
    let graph = network(["hidden", "output"], widths: [2, 3, 1])
    return try GraphDrawing(of: graph, title: "A network of two layers", theme: theme)
  },
  Exhibit("graph-nested") { theme in
    let graph = network(["encoder.first", "encoder.second"], widths: [4, 5, 4])
    return try GraphDrawing(of: graph, direction: .right, title: "Modules inside modules", theme: theme)
  },
  Exhibit("graph-collapsed") { theme in
    let names = (0..<14).map { "block\($0)" }
    let graph = network(names, widths: Array(repeating: 4, count: 15))
    return try GraphDrawing(of: graph, title: "\(graph.nodes.count) values, one box for each module", theme: theme)
  },
]
