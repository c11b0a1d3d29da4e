public import Tensors

/// How a value was computed: every operation with its inputs, its value and the gradient of the result.
///
/// ```swift
/// let graph = ComputationGraph { tape in
///   let a = tape.watch(Tensor(1.0), as: "a")
///   let u = (a * a).named("u")
///   return u * 0.5
/// }
/// print(graph)        // a table for the terminal
/// print(graph.dot)    // for Graphviz
/// ```
/// It is plain data, for whoever wants to draw or explain it. Gradients are there if the result is a single number.
public struct ComputationGraph: Sendable {
  /// One value: something watched, something constant, or the result of an operation.
  public struct Node: Sendable, Identifiable {
    /// Where a value comes from.
    public enum Kind: Sendable, Equatable {
      /// It was watched, like a parameter.
      case input
      /// It took part without being watched, like data.
      case constant
      /// It was computed.
      case operation
    }

    /// The position in `nodes`, counted in the order of computation.
    public let id: Int
    /// Where the value comes from.
    public let kind: Kind
    /// The name of the operation, or `input` or `constant`.
    public let operation: String
    /// The name that was given to the value, if any.
    public let label: String?
    /// The names of the modules that the value belongs to, outermost first.
    public internal(set) var module: [String]
    /// The values this one was computed from, in the order of the operation.
    public let inputs: [Int]
    /// The value.
    public let value: Tensor
    /// The gradient of the graph's result with respect to this value.
    public internal(set) var gradient: Tensor?

    /// What to call the value: its label, or its operation and number.
    public var name: String { label ?? "\(operation)\(id)" }
  }

  /// All values in the order of computation.
  public internal(set) var nodes: [Node] = []
  /// The number of the node that is the result.
  public internal(set) var output = 0

  /// How each node's gradient becomes its inputs' gradients.
  var rules: [Rule?] = []

  /// Runs a function and keeps how its result was computed from what it watched.
  public init<Failure: Error>(of function: (Tape) throws(Failure) -> Tensor) throws(Failure) {
    let tape = Tape(keepingDetails: true)
    var value: Tensor?
    var failure: Failure?
    Tape.$current.withValue(tape) {
      do throws(Failure) { value = try function(tape) } catch { failure = error }
    }
    let contents = tape.end()
    if let failure { throw failure }
    guard let value, let trace = value.trace, trace.recorder === tape else {
      fatalError("ComputationGraph: the result was not computed from anything watched: use tape.watch(_:as:)")
    }
    let numbers = build(from: contents, result: trace.index)
    if value.count == 1 { addGradients(contents, result: trace.index, value, nodes: numbers) }
  }

  /// The number of the node with the given label.
  public func node(_ label: String) -> Node {
    guard let node = nodes.last(where: { $0.label == label }) else {
      let labels = nodes.compactMap(\.label).joined(separator: ", ")
      fatalError("ComputationGraph: no value is called \(label): the names are \(labels)")
    }
    return node
  }

  /// Every pair of a value and one computed from it, in the order of the nodes.
  public var edges: [(from: Int, to: Int)] { nodes.flatMap { node in node.inputs.map { (from: $0, to: node.id) } } }
}

extension Tensor {
  /// The same tensor, with a name for it in a `ComputationGraph`; elsewhere this does nothing.
  public func named(_ name: String) -> Tensor {
    if let trace, let tape = trace.recorder as? Tape { tape.label(trace.index, name) }
    return self
  }
}
