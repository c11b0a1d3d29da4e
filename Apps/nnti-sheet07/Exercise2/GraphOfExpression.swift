import Drawing
import Experiments
import Visualization
import Wabe

struct GraphOfExpression: Experiment {
  let id = "nnti07.7.2.a"
  let title = "The computation graph of (a + b)(c − d)"
  let question = "Draw the computation graph of z = (a + b) · (c − d) and give every intermediate result a name."

  func run(in run: inout Run) throws {
    let graph = expression(1, 2, 3, 4)
    run.say(
      "A graph has a node for every result and an arrow from each operand to what is made of it. Here two independent "
        + "branches, u and v, meet in z; the loss of part b) stands behind it.")
    run.formula("u = a + b    v = c − d    z = u · v    L = ½ z²")
    run.say("The program records the graph while it computes, with a = 1, b = 2, c = 3, d = 4:")
    run.listing("\(graph)")
    run.say("For drawing programs the same graph can be written in Graphviz's language:")
    run.listing(graph.dot)

    for (name, reference) in [("u", 3.0), ("v", -1), ("z", -3), ("L", 4.5)] {
      run.check(name, graph.value(name), equals: reference)
    }
    func inputs(_ name: String) -> [String] { graph.node(name).inputs.map { graph.nodes[$0].name } }
    run.check("u is made of a and b", holds: inputs("u") == ["a", "b"])
    run.check("v is made of c and d", holds: inputs("v") == ["c", "d"])
    run.check("z is made of u and v", holds: inputs("z") == ["u", "v"])
    run.check("arrows to u, v and z", Double(["u", "v", "z"].reduce(0) { $0 + inputs($1).count }), equals: 6)
    run.check("watched values", Double(graph.nodes.count { $0.kind == .input }), equals: 4)

    try run.figure("graph", caption: "The computation graph of z with its named intermediate results.") {
      let names = ["a", "b", "c", "d", "u", "v", "z"]
      let formulas = ["u": "a + b", "v": "c − d", "z": "u · v"]
      let nodes = names.map { name in
        GraphDrawing.Node(
          name, subtitle: formulas[name] ?? "", value: graph.value(name).text(),
          kind: name == "z" ? .result : formulas[name] == nil ? .input : .operation)
      }
      return try GraphDrawing(
        nodes, edges: [(0, 4), (1, 4), (2, 5), (3, 5), (4, 6), (5, 6)], title: "z = (a + b)(c − d)")
    }
  }
}
